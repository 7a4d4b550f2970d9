"""Exports in a process of its own: what it is told, what it writes, and what it reports."""

import json
import os
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import workbench
from workbench.engine.checkpoints.checkpoint import save_checkpoint
from workbench.engine.errors import UserError
from workbench.engine.exporters.run_file import load_run_file
from workbench.engine.exporters.run_record import record_of_checkpoint
from workbench.engine.recipe import Recipe
from workbench.engine.session import export_process
from workbench.engine.session.export_process import MODULE, Exporting, Report, Request, Source, Target
from workbench.engine.session.run_logger import RunLogger
from workbench.engine.store.run_store import RunStore
from workbench.engine.training.trainer import Trainer

TEXT = st.text(max_size=20)


@pytest.fixture
def trainer(tiny_data):
    trainer = Trainer(Recipe(values={"epochs": 1}), tiny_data)
    list(trainer.run())
    return trainer


@pytest.fixture
def checkpoint(trainer, tmp_path):
    save_checkpoint(trainer.checkpoint(), tmp_path / "run.ckpt")
    return tmp_path / "run.ckpt"


@pytest.fixture
def stored(tiny_data, tmp_path):
    """The folder of a store with a run, and the id of the run."""
    folder, trainer = tmp_path / "store", Trainer(Recipe(values={"epochs": 1}), tiny_data)
    logger = RunLogger(folder, lambda _: None)
    for event in trainer.run():
        logger.on_event(event, trainer)
    logger.close()
    with closing(RunStore(folder)) as store:
        (summary,) = store.summaries()
    return folder, summary.identity.id


def request(tiny_root, *targets, sources, store=""):
    return Request(str(tiny_root), str(store), tuple(sources), tuple(targets))


def reports_of(wanted, is_cancelled=lambda: False):
    """The last report on each target."""
    reports = []
    Exporting(wanted, reports.append, is_cancelled).run()
    return {each.target: each for each in reports if each.checked is not None or each.problem is not None}


@given(st.lists(st.builds(Target, st.integers(0, 9), TEXT, TEXT)), st.lists(st.builds(Source, TEXT, TEXT, TEXT)))
def test_that_a_request_survives_its_line(targets, sources):
    wanted = Request("root", "store", tuple(sources), tuple(targets), language="ko")
    assert Request.from_line(wanted.to_line()) == wanted
    assert wanted.to_line().count("\n") == 1


def test_that_a_request_names_the_language_of_the_window(korean):
    assert Request("root", "store", (), ()).language == "ko"


@given(st.dictionaries(st.sampled_from("abc"), st.one_of(st.integers(), TEXT, st.none(), st.booleans())))
def test_that_a_sentence_survives_its_line(fields):
    problem = UserError("It is {a} and {b}.", **fields, inside=UserError("deep {x}", x=1), path=Path("x"))
    again = Report.from_line(Report(3, problem=problem).to_line()).problem
    assert again is not None
    assert again.template == problem.template
    assert {**again.fields, "inside": None} == {**fields, "inside": None, "path": "x"}
    assert str(again.fields["inside"]) == "deep 1"


@given(st.one_of(TEXT, st.from_type(type).flatmap(lambda _: st.just("[]")), st.just('{"target": "a"}')))
def test_that_another_line_is_no_report(line):
    with pytest.raises((ValueError, LookupError, TypeError)):
        Report.from_line(line)


def test_that_sentences_in_sentences_have_a_bound():
    plain = {"template": "x", "fields": {}}
    for _ in range(10):
        plain = {"template": "x", "fields": {"inner": plain}}
    line = json.dumps({"target": 0, "phase": "", "done": 0, "total": 0, "checked": plain, "problem": None})
    with pytest.raises(ValueError, match="template"):
        Report.from_line(line)


def test_that_a_run_as_it_stands_is_written_in_several_forms(tiny_root, tmp_path, checkpoint, trainer):
    targets = [Target(0, "run", str(tmp_path / "a.run")), Target(0, "csv", str(tmp_path / "a.csv"))]
    found = reports_of(request(tiny_root, *targets, sources=[Source("mine", str(checkpoint))]))
    record = load_run_file(tmp_path / "a.run")
    assert (record.name, record.steps, record.run) == ("mine", 10, trainer.identity)
    assert f"10 steps, weights sha256 {record.weights_sha256}" == str(found[0].checked)
    assert str(found[1].checked) == "10 steps and 1 evaluation"


def test_that_runs_of_the_store_are_written(tiny_root, tmp_path, stored):
    folder, run = stored
    target = Target(0, "run", str(tmp_path / "a.run"))
    found = reports_of(request(tiny_root, target, sources=[Source(run=run)], store=folder))
    assert found[0].problem is None
    assert load_run_file(tmp_path / "a.run").run.id == run


def test_that_one_that_fails_does_not_stop_the_others(tiny_root, tmp_path, checkpoint):
    targets = [Target(0, "csv", str(tmp_path / "nowhere" / "a.csv")), Target(0, "run", str(tmp_path / "a.run"))]
    found = reports_of(request(tiny_root, *targets, sources=[Source("mine", str(checkpoint))]))
    assert "does not exist: choose an existing folder" in str(found[0].problem)
    assert found[1].checked is not None


def test_that_a_run_that_is_not_there_fails_all_its_files(tiny_root, tmp_path):
    targets = [Target(0, name, str(tmp_path / f"a.{name}")) for name in ("run", "csv")]
    found = reports_of(request(tiny_root, *targets, sources=[Source("mine", str(tmp_path / "none.ckpt"))]))
    assert all("There is no file" in str(found[index].problem) for index in (0, 1))
    assert list(tmp_path.glob("a.*")) == []


def test_that_nothing_is_written_after_it_was_cancelled(tiny_root, tmp_path, checkpoint):
    target = Target(0, "run", str(tmp_path / "a.run"))
    wanted = request(tiny_root, target, sources=[Source("mine", str(checkpoint))])
    assert reports_of(wanted, lambda: True) == {}
    assert not (tmp_path / "a.run").exists()


def test_that_the_data_of_the_run_are_loaded_and_other_data_are_refused(tiny_root, tiny_data, trainer):
    record = record_of_checkpoint(trainer.checkpoint(), "it")
    recipe = record.recipe.with_data(tiny_data)
    data = export_process.data_of(replace(record, recipe=recipe), str(tiny_root), lambda *_: None)
    assert data.digest.sha256 == recipe.data.sha256
    other = replace(recipe, data=replace(recipe.data, sha256="0" * 64))
    with pytest.raises(UserError, match="trained on other images"):
        export_process.data_of(replace(record, recipe=other), str(tiny_root), lambda *_: None)


@pytest.mark.parametrize("is_cancelled", [False, True])
def test_that_the_process_reports_by_lines_and_ends_where_its_input_ends(tiny_root, tmp_path, checkpoint, is_cancelled):
    targets = [Target(0, "run", str(tmp_path / "a.run")), Target(0, "report", str(tmp_path / "a.html"))]
    wanted = replace(request(tiny_root, *targets, sources=[Source("mine", str(checkpoint))]), language="ko")
    environment = {**os.environ, "PYTHONPATH": str(Path(workbench.__file__).parents[1])}
    with subprocess.Popen(
        [sys.executable, "-P", "-m", MODULE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
        cwd=tmp_path,
        text=True,
    ) as process:
        process.stdin.write(wanted.to_line())
        process.stdin.flush()
        if is_cancelled:
            process.stdin.close()
        lines = process.stdout.readlines()
        if not is_cancelled:
            process.stdin.close()
        assert process.wait() == 0
    reports = [Report.from_line(line) for line in lines]
    ends = [each for each in reports if each.checked is not None]
    assert len(ends) == (0 if is_cancelled else 2)
    assert (tmp_path / "a.run").exists() is not is_cancelled
    if not is_cancelled:
        page = (tmp_path / "a.html").read_text(encoding="utf-8")
        assert '<html lang="ko">' in page
        assert "<h2>변경 기록</h2>" in page
