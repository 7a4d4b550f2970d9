"""StartingWeights: finds and reads the weights that runs start from, in the files that the user named or in the store.

Nothing here imports torch before weights are read.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.engine.errors import UserError, problem_of
from workbench.engine.models.initial_weights import FIRST_DIGITS, InitialWeights, are_missing
from workbench.engine.protocol.commands import DescribeNetwork
from workbench.engine.protocol.events import InitialWeightsChecked
from workbench.engine.store.initial_weights_files import kept_file

if TYPE_CHECKING:
    from torch import nn

    from workbench.engine.data.data_spec import DataSpec
    from workbench.engine.models.weights import StateDict
    from workbench.engine.models.weights_reading import Conversion
    from workbench.engine.protocol.commands import CheckInitialWeights
    from workbench.engine.recipe import Recipe


class StartingWeights:
    """Finds the weights that a recipe names: where they were, in the store, or where the user says that they are.

    Args:
        store: the folder of the store of runs; None where no runs are kept.
        given: a file that may hold the weights of a run, as the user says.

    Attributes:
        conversion: how the numbers of the weights found last were converted; None where they are as in their file.
    """

    def __init__(self, store: Path | None = None, given: Path | None = None) -> None:
        self._store = store
        self._given = [] if given is None else [given]
        self.conversion: Conversion | None = None
        # Files that the user chose in this session, for whatever network.
        self._chosen: dict[Path, None] = {}

    def of_new_run(self, recipe: Recipe, spec: DataSpec) -> tuple[Recipe, StateDict | None]:
        """`recipe` with the digest of the weights that it starts from, and these; None where its seed draws them.

        Raises:
            UserError: they cannot be had.
        """
        if recipe.initial_weights is None:
            return recipe, None
        network = DescribeNetwork(recipe.model, recipe.values, spec, recipe.network)
        known, weights, self.conversion = self._read(recipe.initial_weights, network)
        return replace(recipe, initial_weights=known), weights

    def of_run(self, recipe: Recipe, spec: DataSpec) -> StateDict | None:
        """The weights that a run started from which is to be trained again; None where its seed drew them.

        Raises:
            UserError: they cannot be had.
        """
        return self.of_new_run(recipe, spec)[1]

    def if_there(self, recipe: Recipe, spec: DataSpec) -> StateDict | None:
        """The weights that a run started from which is opened; None also where they cannot be had."""
        with suppress(UserError):
            return self.of_run(recipe, spec)
        return None

    def checked(self, command: CheckInitialWeights) -> InitialWeightsChecked:
        """Whether a network can start from the weights of a file, which is looked into for runs that need them, too."""
        from workbench.engine.models.own_failures import explained

        self._chosen[Path(command.weights.path)] = None
        try:
            known, _, conversion = self._read(command.weights, command.network)
        except Exception as error:  # noqa: BLE001  # a network of the user's own can raise anything
            return InitialWeightsChecked(command, None, problem=problem_of(explained(error)))
        converted = None if conversion is None else (conversion.found, conversion.made)
        return InitialWeightsChecked(command, known.sha256, converted)

    def _read(
        self, wanted: InitialWeights, network: DescribeNetwork
    ) -> tuple[InitialWeights, StateDict, Conversion | None]:
        """The weights with their digest, in the form of the network; and how they were converted.

        Where the digest is known, these very weights are found, or none.

        Raises:
            UserError: they are not there, cannot be read, or do not fit the network; or its code may not run.
        """
        from workbench.engine.models.weights import weights_sha256
        from workbench.engine.models.weights_reading import load_and_convert

        model = _built(network)
        if wanted.sha256 is None:
            weights, conversion = load_and_convert(Path(wanted.path), model)
            return wanted.with_sha256(weights_sha256(weights)), weights, conversion
        problems: list[UserError] = []
        for path in self._places(wanted):
            try:
                weights, conversion = load_and_convert(path, model)
            except UserError as problem:
                problems.append(problem if path in self._given else _about(wanted.path, problem))
                continue
            if (found := weights_sha256(weights)) == wanted.sha256:
                return wanted, weights, conversion
            problems.append(_are_others(path, found, wanted))
        for path in self._chosen:
            # What is in a file that was chosen for another run is no problem of this one.
            with suppress(UserError):
                weights, conversion = load_and_convert(path, model)
                if weights_sha256(weights) == wanted.sha256:
                    return wanted, weights, conversion
        raise problems[0] if problems else are_missing(wanted)

    def _places(self, wanted: InitialWeights) -> list[Path]:
        """The files that may hold the weights, as far as they exist; the first problem that is met is said."""
        assert wanted.sha256 is not None
        in_store = [] if self._store is None else [kept_file(self._store, wanted.sha256)]
        places = dict.fromkeys([Path(wanted.path), *in_store, *self._given])
        return [path for path in places if os.path.isfile(path)]  # noqa: PTH113  (`Path.is_file` raises for some paths)


def _built(network: DescribeNetwork) -> nn.Module:
    """A network that says how weights for it must look; the random state stays as it is."""
    import torch

    from workbench.engine.models.building import build_model

    with torch.random.fork_rng(devices=[]):
        if network.network is not None:  # the code of the user may need real numbers
            return build_model(network.model, network.spec, network.values, network.network)
        with torch.device("meta"):
            return build_model(network.model, network.spec, network.values, None)


def _about(path: str, problem: UserError) -> UserError:
    """The problem of a file, said of the one at `path`: the user does not know the copy in the store."""
    return UserError(problem.template, **{**problem.fields, "path": path})


def _are_others(path: Path, found: str, wanted: InitialWeights) -> UserError:
    return UserError(
        "{path} holds other weights (SHA-256 {found}…) than those that this run starts from ({weights}): put the old "
        "file back, or choose the file anew to start from what it holds now.",
        path=path,
        found=found[:FIRST_DIGITS],
        weights=str(wanted),
    )
