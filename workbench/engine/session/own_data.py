"""Whether the data in memory is what a run was trained on: other data may have the same name."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from workbench.engine.data.datasets import shapes_only
from workbench.engine.errors import UserError
from workbench.engine.models.trusted_code import NotTrustedError, is_trusted

if TYPE_CHECKING:
    from workbench.engine.data.dataset import Dataset
    from workbench.engine.history.history import History
    from workbench.engine.recipe import Recipe


def own_data(recipe: Recipe, history: History, data: Dataset, *, sample: int = 0, path: str | None = None) -> Dataset:
    """`data`, if the run was trained on it; else its shapes without images, with the sentence that says why.

    A run of a version that kept no digest of the data was trained on any data with as many training images.

    Args:
        recipe: of the run.
        history: of the run.
        data: the data set of the name that `recipe` has.
        sample: trained samples of the run's current epoch, as far as that is known.
        path: from which `data` was loaded, where that is not the path in `recipe`; for sentences.
    """
    if data.missing is not None:
        return data
    if recipe.network is not None and not is_trusted(recipe.network):
        counts = len(data.train_inputs), len(data.test_inputs)
        return shapes_only(data.name, recipe.spec, *counts, NotTrustedError(recipe.network))
    if recipe.data is not None and data.digest is not None and recipe.data.sha256 != data.digest.sha256:
        counts = recipe.data.train_count, recipe.data.test_count
        other = _other_data(recipe, str(recipe.data), str(data.digest), path)
        return shapes_only(data.name, recipe.spec, *counts, other)
    count = len(data.train_inputs)
    if sample > count or (recipe.data is None and not _has_epochs_of(count, recipe, history)):
        other = _other_data(recipe, "another number of training images", f"{count:,} training images", path)
        return shapes_only(data.name, data.spec, count, len(data.test_inputs), other)
    return data


def without_files(recipe: Recipe) -> Dataset | None:
    """The shapes of a run's data whose files, the user's own, cannot be read any more; None for other data."""
    if recipe.source is None or recipe.data is None:
        return None
    gone = UserError(
        "The files of this run ({path}) cannot be read, so it cannot be trained or repeated: put them back there, or "
        "train a new run.",
        path=recipe.source.path,
    )
    return shapes_only(recipe.dataset, recipe.spec, recipe.data.train_count, recipe.data.test_count, gone)


def known_data(recipe: Recipe, data: Dataset) -> Recipe:
    """`recipe` with the digest of `data`, which `own_data` returned; a recipe of an older version has none."""
    return recipe if data.digest is None else recipe.with_data(data)


def _other_data(recipe: Recipe, theirs: str, ours: str, path: str | None) -> UserError:
    if recipe.source is not None and path not in (None, recipe.source.path):
        return UserError(
            "This run was trained on other samples ({theirs}) than {path} holds ({ours}), so it cannot go on with "
            "them: give the path of its own files, or train a new run.",
            theirs=theirs,
            path=path,
            ours=ours,
        )
    if recipe.source is not None:
        return UserError(
            "This run was trained on other samples ({theirs}) than {path} holds now ({ours}), so it cannot be trained "
            "or repeated: put the old files back, or train a new run.",
            theirs=theirs,
            path=recipe.source.path,
            ours=ours,
        )
    return UserError(
        "This run was trained on other images ({theirs}) than {dataset} has here ({ours}), so it cannot be trained or "
        "repeated: start the program with the data root of its own images, or train a new run.",
        theirs=theirs,
        dataset=recipe.dataset,
        ours=ours,
    )


def _has_epochs_of(count: int, recipe: Recipe, history: History) -> bool:
    """Whether each recorded epoch has the number of steps in which `count` images are trained once."""
    steps = len(history)
    sizes = np.full(steps, int(recipe["batch_size"]), dtype=np.int64)
    for change in history.changes:
        if change.name == "batch_size":
            sizes[change.step :] = int(change.new)
    samples = np.concatenate(([0], np.cumsum(sizes)))
    starts = [start.step for start in history.epoch_starts if start.step < steps]
    for first, stop in pairwise([*starts, steps]):
        trained = samples[stop] - samples[first]
        # The last batch of an epoch may be smaller than the others; the last epoch may not be over.
        if trained - sizes[stop - 1] >= count or (stop < steps and trained < count):
            return False
    return True
