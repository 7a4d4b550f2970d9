"""The registry of data sets, and how one is loaded.

Only rows at import: the window lists them before torch is loaded. The module that reads the files is imported when a
data set is loaded.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from workbench.engine.config.registry import Registry
from workbench.engine.config.tasks import Task
from workbench.engine.data.cifar_classes import CIFAR10_CLASSES, CIFAR100_CLASSES
from workbench.engine.data.data_digest import digest_of
from workbench.engine.data.data_source import DataRequest
from workbench.engine.data.data_spec import DataSpec
from workbench.engine.data.dataset import FASHION_MNIST_SPEC, Dataset
from workbench.engine.data.generated import ACCEPTS, GENERATED
from workbench.engine.errors import DatasetUnavailableError, UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.data.cifar import CifarSet
    from workbench.engine.data.data_digest import DataDigest
    from workbench.engine.data.dataset import Progress
    from workbench.engine.data.idx_files import RawTensors
    from workbench.engine.data.published_idx import PublishedSet

BUILT_IN: Final = "fashion-mnist-mini"
"""The data set that needs no network."""
OWN_FILES: Final = "own-files"
"""The row for files of the user's own; a `DataSource` says which."""
PUBLISHED_SHA256: Final = "8c5fcb1c611e0a983f278c92c69ae5f276cc3aedf349c5c857296572aa982be4"
"""The digest of Fashion-MNIST as it is published."""


@dataclass(frozen=True, slots=True)
class DatasetRow:
    """A data set to train on.

    Attributes:
        name: the key.
        label: its name in the window, in English.
        help: what it is and when to choose it.
        load: loads it into memory, from below a data root.
        spec: its task and shapes, where they are known before it is loaded.
        accepts: its own hyperparameters, in the order of the controls.
        defaults: of its hyperparameters, where they differ from the table's.
        licence: of its images; empty where the program makes the data.
        download: bytes that are fetched where it is missing; 0 where nothing is.
        is_here: whether nothing has to be fetched, for a data root.
    """

    name: str
    label: str
    help: str
    load: Callable[[DataRequest, Path, Progress], Dataset]
    spec: DataSpec | None = None
    accepts: tuple[str, ...] = ()
    defaults: Mapping[str, Value] = field(default_factory=dict)
    licence: str = ""
    download: int = 0
    is_here: Callable[[Path], bool] = lambda _root: True


def load_dataset(wanted: DataRequest | str, root: Path, progress: Progress) -> Dataset:
    """Load a data set into memory; a missing one is fetched into `root` first.

    Args:
        wanted: what to load, or the name of a row that needs nothing else.
        root: the folder of the data sets.
        progress: called while loading; it may raise CancelledError.

    Raises:
        UsageError: there is no data set of that name.
        DatasetUnavailableError: it is missing and cannot be fetched.
        UserError: it is damaged or unreadable, or its images are no longer part of the program.
        CancelledError: `progress` raised it; only whole files are left behind.
    """
    request = DataRequest(wanted) if isinstance(wanted, str) else wanted
    return DATASETS[request.dataset].load(request, root, progress)


def load_default(root: Path, progress: Progress) -> tuple[Dataset, UserError | None]:
    """Load the default data set, or the built-in one if the default is not there and cannot be fetched.

    A default that is there but damaged is not replaced: the user may want to repair it.

    Returns:
        The data set; and the sentence that says what was loaded instead of the default and why, or None.

    Raises:
        UserError: the default is there but damaged or unreadable.
        CancelledError: `progress` raised it.
    """
    try:
        return load_dataset(DATASETS.default, root, progress), None
    except DatasetUnavailableError as reason:
        replaced = UserError(
            "{reason} The built-in part of Fashion-MNIST (12,000 of the 60,000 training images, 2,000 of the 10,000 "
            "test images) is used instead.",
            reason=reason,
        )
        return load_dataset(BUILT_IN, root, progress), replaced


def is_users_own(name: str, digest: DataDigest | None) -> bool:
    """Whether the data called `name` is not what was published under that name, but files of the user's own."""
    if name == OWN_FILES:
        return True
    return name == DATASETS.default and digest is not None and digest.sha256 != PUBLISHED_SHA256


def retired_shapes(name: str) -> Dataset | None:
    """A retired data set without its images, for opening the runs that used it; None if `name` is not retired."""
    if not DATASETS.is_retired(name):
        return None
    return shapes_only(name, FASHION_MNIST_SPEC, 12_000, 2_000, _garments_missing())


def shapes_only(name: str, spec: DataSpec, train_count: int, test_count: int, missing: UserError) -> Dataset:
    """A data set that has no samples, for opening a run; `missing` is the sentence that says why it has none."""
    import torch

    def empty(count: int) -> tuple[torch.Tensor, torch.Tensor]:
        # One zero, expanded: the shapes take no memory.
        inputs = torch.zeros(1).expand(count, *spec.sample_shape)
        if spec.task is Task.REGRESSION:
            return inputs, torch.zeros(1).expand(count, spec.output_count)
        return inputs, torch.zeros(1, dtype=torch.int64).expand(count)

    return Dataset(name, spec, *empty(train_count), *empty(test_count), missing)


def _load_fashion_mnist(_request: DataRequest, root: Path, progress: Progress) -> Dataset:
    from workbench.engine.data.fashion_mnist import load_fashion_mnist

    return _images("fashion-mnist", FASHION_MNIST_SPEC, load_fashion_mnist(root, progress), progress)


def _load_fashion_mnist_mini(_request: DataRequest, _root: Path, progress: Progress) -> Dataset:
    from workbench.engine.data.fashion_mnist import load_fashion_mnist_mini

    return _images(BUILT_IN, FASHION_MNIST_SPEC, load_fashion_mnist_mini(progress), progress)


def _fashion_mnist_is_here(root: Path) -> bool:
    from workbench.engine.data.fashion_mnist import fashion_mnist

    return fashion_mnist().is_in(root)


def _digits_row(name: str, label: str, what: str, names: tuple[str, ...], licence: str, download: int) -> DatasetRow:
    """The row of a set in the form of MNIST; `name` in capitals is its class in torchvision."""
    spec = DataSpec(Task.CLASSIFICATION, (1, 28, 28), names)

    def published() -> PublishedSet:
        from workbench.engine.data.published_idx import PublishedSet

        return PublishedSet(label, name.upper())

    def load(_request: DataRequest, root: Path, progress: Progress) -> Dataset:
        from workbench.engine.data.published_idx import load_published

        return _images(name, spec, load_published(published(), root, progress), progress)

    return DatasetRow(
        name=name,
        label=label,
        help=f"{what}: 60,000 training and 10,000 test images, 28 × 28 grey, in ten classes. Downloaded once "
        f"({download // 1_000_000} MB, {licence}) where it is missing.",
        load=load,
        spec=spec,
        licence=licence,
        download=download,
        is_here=lambda root: published().is_in(root),
    )


def _cifar_row(name: str, label: str, what: str, names: tuple[str, ...], download: int) -> DatasetRow:
    spec = DataSpec(Task.CLASSIFICATION, (3, 32, 32), names)

    def wanted() -> CifarSet:
        from workbench.engine.data import cifar

        return cifar.CIFAR10 if name == "cifar10" else cifar.CIFAR100

    def load(_request: DataRequest, root: Path, progress: Progress) -> Dataset:
        from workbench.engine.data.cifar import load_cifar

        return _images(name, spec, load_cifar(wanted(), root, progress), progress)

    return DatasetRow(
        name=name,
        label=label,
        help=f"50,000 training and 10,000 test photographs of {what}, 32 × 32 in colour (Krizhevsky, 2009). Downloaded "
        f"once ({download // 1_000_000} MB, its authors name no licence) where it is missing.",
        load=load,
        spec=spec,
        licence="none named; cite Krizhevsky, 2009",
        download=download,
        is_here=lambda root: wanted().is_in(root),
    )


def _load_generated(request: DataRequest, _root: Path, progress: Progress) -> Dataset:
    from workbench.engine.data.generated import make

    return make(request.dataset, request.values, progress)


def _load_own_files(request: DataRequest, root: Path, progress: Progress) -> Dataset:
    from workbench.engine.data.own_files.reading import load_own

    return load_own(request, root, progress)


def _load_garments(_request: DataRequest, _root: Path, _progress: Progress) -> Dataset:
    raise _garments_missing()


def _garments_missing() -> UserError:
    return UserError(
        "The drawn images of the data set garments are no longer part of the program, so its runs cannot be trained "
        "or repeated: look at their curves, save their weights, or start a new run on another data set."
    )


def _images(name: str, spec: DataSpec, raw: RawTensors, progress: Progress) -> Dataset:
    digest = digest_of(spec.class_names, raw, progress)
    train, test = (inputs.view(-1, *spec.sample_shape) for inputs in (raw.train_inputs, raw.test_inputs))
    return Dataset(name, spec, train, raw.train_targets, test, raw.test_targets, digest=digest)


DATASETS: Final[Registry[DatasetRow]] = Registry(
    "data set",
    DatasetRow(
        name="fashion-mnist",
        label="Fashion-MNIST",
        help="Zalando's 60,000 training and 10,000 test photographs of clothes, 28 × 28 grey, in ten "
        "classes: the data of the tutorial. Downloaded once (30 MB) where it is missing.",
        load=_load_fashion_mnist,
        spec=FASHION_MNIST_SPEC,
        licence="MIT",
        download=30_879_025,
        is_here=_fashion_mnist_is_here,
    ),
    DatasetRow(
        name=BUILT_IN,
        label="Fashion-MNIST mini",
        help="The first 12,000 training and the first 2,000 test images of Fashion-MNIST. They come with the program, "
        "so no network is needed. An epoch takes a fifth of the time: for trying out.",
        load=_load_fashion_mnist_mini,
        spec=FASHION_MNIST_SPEC,
        licence="MIT",
    ),
    _digits_row(
        "mnist",
        "MNIST",
        "Handwritten digits (LeCun, Cortes and Burges)",
        tuple("0123456789"),
        "CC BY-SA 3.0",
        11_594_722,
    ),
    _digits_row(
        "kmnist",
        "Kuzushiji-MNIST",
        "Handwritten Japanese characters of the cursive kind (Clanuwat and others, 2018)",
        ("o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"),
        "CC BY-SA 4.0",
        21_241_248,
    ),
    _cifar_row("cifar10", "CIFAR-10", "vehicles and animals, in ten classes", CIFAR10_CLASSES, 170_498_071),
    _cifar_row("cifar100", "CIFAR-100", "things and animals, in a hundred classes", CIFAR100_CLASSES, 169_001_437),
    *(
        DatasetRow(
            name=name,
            label=made.label,
            help=made.help,
            load=_load_generated,
            spec=made.spec,
            accepts=ACCEPTS,
            defaults=made.defaults,
        )
        for name, made in GENERATED.items()
    ),
    own=(
        DatasetRow(
            name=OWN_FILES,
            label="Your own files",
            help="A table, a folder of images, or arrays of your own.",
            load=_load_own_files,
        ),
    ),
    retired=(
        DatasetRow(
            name="garments",
            label="Garments (no longer included)",
            help="12,000 training and 2,000 test drawings of clothes that earlier versions of the program made.",
            load=_load_garments,
            spec=FASHION_MNIST_SPEC,
        ),
    ),
)
