"""`train`: a whole run without the window; standard output is the tutorial's, character for character."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.cli.options import add_recipe_options, positive, recipe_from, scheduled_change
from workbench.cli.terminal import Status, progress_line, say, signals_stop
from workbench.engine.events import ChangeRefused, Outcome, RunEnded, RunStarted
from workbench.engine.inbox import Inbox
from workbench.engine.problems import BadUsage, DataUnavailable, Problem
from workbench.engine.transcript import tutorial_text

if TYPE_CHECKING:
    import argparse

    from workbench.engine.datasets import ImageData
    from workbench.engine.recipe import Recipe
    from workbench.engine.trainer import Trainer


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `train` and its options to the command line."""
    train = commands.add_parser(
        "train",
        allow_abbrev=False,
        help="train and print what the tutorial prints",
        description="Train and print what PyTorch's tutorial prints; all else goes to standard error.",
    )
    add_recipe_options(train)
    train.add_argument(
        "--change",
        type=scheduled_change,
        action="append",
        default=[],
        metavar="STEP:NAME=VALUE",
        help="change a hyperparameter before the update of that step (counted from 0), as a slider would; repeatable",
    )
    train.add_argument("--stop-after", type=positive, metavar="STEPS", help="press Stop after so many steps in total")
    train.add_argument(
        "--save-weights", type=Path, metavar="FILE", help="write the weights reached: .pt or .safetensors"
    )


def run(options: argparse.Namespace) -> int:
    """Train as the options say and return the exit status."""
    recipe = recipe_from(options)
    inbox = Inbox()
    with signals_stop(inbox) as interrupted:
        from workbench.engine.weights import check_target

        try:
            if options.save_weights is not None:
                check_target(options.save_weights)
            data = _data(options, recipe, inbox)
        except DataUnavailable:
            raise
        except Problem as problem:
            # Files that are there but damaged, a folder that is not: bad input, like a bad option.
            raise BadUsage(problem.template, **problem.fields) from problem
        from workbench.engine.trainer import Trainer

        trainer = Trainer(
            recipe.with_dataset(data.name),
            data,
            inbox,
            scheduled=options.change,
            stop_after=options.stop_after,
        )
        ended = _follow(trainer)
        if options.save_weights is not None:
            from workbench.engine.weights import save_weights

            save_weights(trainer.weights, options.save_weights)
            say(f"weights saved to {options.save_weights}")
        from workbench.engine.weights import weights_sha256

        say(f"weights sha256 {weights_sha256(trainer.weights)}")
    if ended.outcome is Outcome.DIVERGED:
        return Status.FAILED
    return Status.INTERRUPTED if interrupted else Status.DONE


def _data(options: argparse.Namespace, recipe: Recipe, inbox: Inbox) -> ImageData:
    from workbench.engine.datasets import data_root, load_dataset, load_default

    root = data_root(options.data_root)
    progress = progress_line(inbox)
    if options.dataset is not None:
        return load_dataset(recipe.dataset, root, progress)
    data, instead_of = load_default(root, progress)
    if instead_of is not None:
        say(instead_of)
        say(f"Training on the built-in set {data.name} instead.")
    return data


def _follow(trainer: Trainer) -> RunEnded:
    for event in trainer.run():
        text = tutorial_text(event)
        if text:
            sys.stdout.write(text)
            sys.stdout.flush()
        match event:
            case RunStarted(recipe=recipe, train_count=count, threads=threads):
                say(f"{recipe.model} on {recipe.dataset} ({count:,} images), {recipe.device}, threads: {threads}")
            case ChangeRefused(problem=problem):
                say(problem)
            case RunEnded(problem=problem):
                if problem is not None:
                    say(problem)
                return event
    raise AssertionError("a run ends with RunEnded")
