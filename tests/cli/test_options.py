"""Any text of an option is a value or one sentence with status 2, never another exception."""

import functools
import os
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench import app, cli
from workbench.cli.options import scheduled_change
from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.errors import CONTROL, LONGEST
from workbench.engine.recipe import REGISTRIES

EXAMPLES = settings(max_examples=int(os.environ.get("WORKBENCH_EXAMPLES", "150")))

rows = st.sampled_from(list(TABLE.values()))
values = (
    st.text()
    | st.text(st.sampled_from("0123456789.,eE+-_ \x00\x1b\u202e²٣naif~/"), max_size=12)
    | st.integers().map(str)
    | st.floats().map(str)
    | st.sampled_from(["9" * 5000, "x" * 100_000, "1e999999999", "-" * 300, "\ud800", "~nouser/x", "/" * 5000])
)


def option(name):
    return f"--{name.replace('_', '-')}"


parser_of = functools.cache(lambda make: make())


def parsed(words, parser=cli._parser):
    """The options that `words` mean; the exit status where they are refused."""
    try:
        return parser_of(parser).parse_args(words)
    except SystemExit as ended:
        return ended.code


def refused(capsys, *words):
    capsys.readouterr()
    assert parsed(["train", *words]) == 2
    err = capsys.readouterr().err
    assert err.endswith("\n")
    assert err.count("\n") == 1
    assert not CONTROL.search(err[:-1])
    return err


@EXAMPLES
@given(rows, values)
def test_that_a_text_is_a_value_of_the_option_or_bad_usage(row, text):
    result = parsed(["train", f"{option(row.name)}={text}"])
    if result != 2:
        value = getattr(result, row.name)
        assert type(value) is row.kind
        assert row.checked(value) == value


@EXAMPLES
@given(st.data())
def test_that_a_value_that_is_written_is_read_back(data):
    row = data.draw(rows)
    texts = st.sampled_from(row.choices or ["", "512,3"])
    kinds = {bool: st.booleans(), int: st.integers(0, 2**63 - 1), float: st.floats(0, 1000), str: texts}
    value = data.draw(kinds[row.kind])
    if row.kind in (bool, str) or (row.allows(value) and value <= row.offered_maximum):
        assert row.parse(str(value)) == value
        assert scheduled_change(f"7:{row.name}={value}").value == value


@EXAMPLES
@given(
    st.sampled_from(
        ["change", "stop-after", "resume", "save-weights", "checkpoint", "store", "data-root", "device", *REGISTRIES]
    ),
    values,
)
def test_that_every_other_option_of_training_takes_a_text_or_says_bad_usage(name, text):
    parsed(["train", f"--{name}={text}"])


@EXAMPLES
@given(st.sampled_from(["theme", "language", "store", "snapshot-memory"]), values)
def test_that_every_option_of_the_window_takes_a_text_or_says_bad_usage(name, text):
    parsed([f"--{name}={text}"], app._parser)


@EXAMPLES
@given(st.integers(0, 10**6), st.text(), values)
def test_that_a_change_is_read_or_is_bad_usage(step, name, text):
    parsed(["train", f"--change={step}:{name}={text}"])


@pytest.mark.parametrize("name", ["epochs", "batch_size", "seed", "threads"])
@pytest.mark.parametrize("text", ["1.000", "1,000", "1.0"])
def test_that_a_point_in_a_whole_number_is_refused_as_a_comma_is(capsys, name, text):
    err = refused(capsys, option(name), text)
    assert option(name) in err
    assert text in err
    assert "whole number" in err or "give a number" in err
    assert text in refused(capsys, "--change", f"3:{name}={text}")


def test_that_an_option_is_named_as_it_was_typed(capsys):
    err = refused(capsys, "--learning-rate", "nan")
    assert err.startswith("--learning-rate is nan: give a finite number")
    assert "learning_rate" not in err
    assert "batch-size is '1.0'" in refused(capsys, "--change", "3:batch-size=1.0")


@pytest.mark.parametrize(
    "words",
    [
        ["--optimizer", "x" * 100_000],
        ["--nonsense", "\x1b[31m\u202e" + "x" * 5000],
        ["--stop-after", "9" * 5000],
        ["--change", "9" * 5000 + ":learning_rate=1"],
        ["--device"],
    ],
)
def test_that_a_refusal_is_one_short_line_without_control_characters(capsys, words):
    assert len(refused(capsys, *words)) <= LONGEST + 1


def test_that_a_refusal_says_where_the_options_are_listed(capsys):
    assert re.search(r"workbench train --help lists the options", refused(capsys, "--epochs", "x"))
