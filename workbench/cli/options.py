"""The options that describe a recipe: one for each registry, one for each row of the table."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.cli.data_options import add_data_options, chosen_data
from workbench.cli.model_options import add_model_options, chosen_network
from workbench.cli.parser import refused
from workbench.cli.weights_options import chosen_weights
from workbench.engine.config.hyperparameters import TABLE, Hyperparameter, hyperparameter
from workbench.engine.config.number_text import LARGEST_WHOLE, read_whole
from workbench.engine.data.datasets import DATASETS
from workbench.engine.errors import UsageError
from workbench.engine.history.records import ScheduledChange
from workbench.engine.models.registry import MODELS
from workbench.engine.optim.losses import losses_for
from workbench.engine.optim.optimizers import OPTIMIZERS
from workbench.engine.paths import expanded
from workbench.engine.recipe import REGISTRIES, Recipe
from workbench.engine.translation import translated

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.data.dataset import Dataset


def add_recipe_options(parser: argparse.ArgumentParser) -> None:
    """Add one option for each registry and each row of the table; an option that is not given is None."""
    choices = parser.add_argument_group("recipe")
    add_data_options(choices)
    for name, registry in REGISTRIES.items():
        if name == "dataset":
            continue
        if name == "model":
            add_model_options(choices)
            continue
        names = ", ".join(registry.names)
        choices.add_argument(f"--{name}", choices=registry.names, help=_with_default(names, registry.default))
    choices.add_argument(
        "--initial-weights",
        type=path,
        metavar="FILE",
        help="start from the weights in this file (.pt, .safetensors or a checkpoint), not from those of the seed",
    )
    choices.add_argument("--device", help="cpu, cuda, cuda:1, mps (default: cpu)")
    choices.add_argument(
        "--data-root",
        type=path,
        metavar="FOLDER",
        help="the folder of the data sets (default: $WORKBENCH_DATA, ./data, or the user's data folder)",
    )
    values = parser.add_argument_group("hyperparameters")
    for row in TABLE.values():
        option = f"--{row.name.replace('_', '-')}"
        values.add_argument(
            option,
            type=_reader(row, option),
            metavar=_metavar(row),
            help=_row_help(row),
        )


def recipe_from(options: argparse.Namespace) -> Recipe:
    """The recipe that the options of `add_recipe_options` describe.

    Raises:
        UsageError: there is no such data set, or one of the choices does not take one of the values.
    """
    name, source = chosen_data(options)
    given = {row: getattr(options, row) for row in TABLE if getattr(options, row) is not None}
    chosen = {choice: getattr(options, choice) or registry.default for choice, registry in REGISTRIES.items()}
    chosen["dataset"] = name
    if options.model is None:
        chosen["model"] = _model_for(given)
    chosen["model"], network = chosen_network(chosen["model"], options)
    if options.loss is None and (spec := DATASETS[name].spec) is not None:
        chosen["loss"] = losses_for(spec.task)[0]
    return Recipe.of(chosen, given, options.device or "cpu", source, network, chosen_weights(options))


def completed(recipe: Recipe, data: Dataset, options: argparse.Namespace) -> Recipe:
    """`recipe` with what only the loaded data tell: their digest, shapes and, if the user chose none, the loss.

    Raises:
        UsageError: the network or the loss does not fit the data.
    """
    if options.loss is None and recipe.known_spec is None:
        recipe = replace(recipe, loss=losses_for(data.spec.task)[0])
    return recipe.with_data(data)


def positive(text: str) -> int:
    """A whole number from 1, for argparse."""
    number = _whole(text)
    if number is None or number < 1:
        raise refused("{text} is not a whole number from 1", text=repr(text))
    return number


def file_or_run(text: str) -> str:
    """A path or the name of a run, for argparse."""
    path(text)
    return text


def path(text: str) -> Path:
    """A path whose `~` is replaced by the home folder, for argparse."""
    if not text:
        raise refused("the path is empty")
    try:
        return expanded(Path(text))
    except UsageError as problem:
        raise refused(problem) from None


def scheduled_change(text: str) -> ScheduledChange:
    """The change that `STEP:NAME=VALUE` describes, for argparse."""
    step, colon, assignment = text.partition(":")
    name, equals, value = assignment.partition("=")
    number = _whole(step)
    if not (colon and equals) or number is None or number < 0:
        raise refused("{text} is not STEP:NAME=VALUE, as in 300:learning_rate=0.01", text=repr(text))
    try:
        row = hyperparameter(name.replace("-", "_"))
    except UsageError as problem:
        raise refused(problem) from None
    return ScheduledChange(number, row.name, _parsed(row, value, name))


def _whole(text: str) -> int | None:
    """The whole number that `text` means; None if it is not one that the store of runs can hold."""
    try:
        number = read_whole(text)
    except ValueError:
        return None
    return int(number) if abs(number) <= LARGEST_WHOLE else None


def _parsed(row: Hyperparameter, text: str, name: str) -> Value:
    """The value of `row` that `text` means; a sentence that refuses it calls the row `name`, as the user did."""
    try:
        return row.parse(text)
    except UsageError as problem:
        fields = {**problem.fields, "name": name}
        raise refused(problem.template, **fields) from None


def _model_for(given: Mapping[str, Value]) -> str:
    """The first network that takes all values of networks among `given`; the default where there is none."""
    wanted = {name for name in given if TABLE[name].of_choice == "model"}
    return next((row.name for row in MODELS if wanted <= set(row.accepts)), MODELS.default)


def _with_default(words: str, value: str) -> str:
    return translated("{sentence} (default: {value})").format(sentence=words, value=value)


def _metavar(row: Hyperparameter) -> str:
    if row.choices:
        return "|".join(row.choices)
    return "TEXT" if row.kind is str else row.kind.__name__.upper()


def _row_help(row: Hyperparameter) -> str:
    first_sentence = translated(row.help, "Hyperparameters").split(". ")[0].rstrip(".").replace("%", "%%")
    own = [
        translated("{value} for {name}").format(value=optimizer.defaults[row.name], name=optimizer.name)
        for optimizer in OPTIMIZERS
        if row.name in optimizer.defaults
    ]
    defaults = ", ".join([str(row.default).lower(), *own])
    return translated("{sentence} (default: {value})").format(sentence=first_sentence, value=defaults)


def _reader(row: Hyperparameter, option: str) -> Callable[[str], Value]:
    return lambda text: _parsed(row, text, option)
