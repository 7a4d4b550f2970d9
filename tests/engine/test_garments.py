from __future__ import annotations

import subprocess
import sys
import zipfile
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from workbench.engine.data.garments import dataset as garments
from workbench.engine.data.garments.dataset import CACHE_NAME, CLASS_NAMES, Garments, draw_garments, load_garments

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FIELDS = ("train_images", "train_labels", "test_images", "test_labels")


class CancelledError(Exception):
    pass


class Drawer:
    """Stands in for `draw_garments`: hands out the set drawn once for all tests, and counts how often."""

    def __init__(self, drawn: Garments) -> None:
        self.drawn = drawn
        self.calls = 0

    def __call__(self, progress: Callable[[int, int], None] | None = None) -> Garments:
        self.calls += 1
        return self.drawn


@pytest.fixture(scope="module")
def reports() -> list[tuple[int, int]]:
    return []


@pytest.fixture(scope="module")
def drawn(reports: list[tuple[int, int]]) -> Garments:
    return draw_garments(lambda done, total: reports.append((done, total)))


@pytest.fixture
def drawer(drawn: Garments, monkeypatch: pytest.MonkeyPatch) -> Drawer:
    stand_in = Drawer(drawn)
    monkeypatch.setattr(garments, "draw_garments", stand_in)
    return stand_in


@pytest.fixture
def cache(drawer: Drawer, tmp_path: Path) -> Path:
    """A whole cache file, written once."""
    load_garments(tmp_path)
    assert drawer.calls == 1
    return tmp_path / CACHE_NAME


def assert_equal(one: Garments, other: Garments) -> None:
    for field in FIELDS:
        np.testing.assert_array_equal(getattr(one, field), getattr(other, field), strict=True)


def save_with(path: Path, drawn: Garments, **changed: np.ndarray) -> None:
    """Write a cache file whose fingerprint is right for the arrays in it, some of them changed."""
    arrays = {field: getattr(drawn, field) for field in FIELDS} | changed
    sha256 = np.frombuffer(Garments(**arrays).fingerprint(), np.uint8)
    np.savez(path, sha256=sha256, **arrays)


def test_that_the_names_are_those_of_fashion_mnist_in_its_order() -> None:
    assert CLASS_NAMES == (
        "T-shirt/top",
        "Trouser",
        "Pullover",
        "Dress",
        "Coat",
        "Sandal",
        "Shirt",
        "Sneaker",
        "Bag",
        "Ankle boot",
    )


def test_that_shapes_and_types_are_those_promised(drawn: Garments) -> None:
    assert drawn.train_images.shape == (12_000, 28, 28)
    assert drawn.test_images.shape == (2_000, 28, 28)
    assert drawn.train_labels.shape == (12_000,)
    assert drawn.test_labels.shape == (2_000,)
    assert drawn.train_images.dtype == drawn.test_images.dtype == np.uint8
    assert drawn.train_labels.dtype == drawn.test_labels.dtype == np.int64


def test_that_every_class_has_its_share(drawn: Garments) -> None:
    assert np.bincount(drawn.train_labels).tolist() == [1_200] * 10
    assert np.bincount(drawn.test_labels).tolist() == [200] * 10


def test_that_classes_come_in_mixed_order(drawn: Garments) -> None:
    batches = drawn.train_labels[: 187 * 64].reshape(187, 64)
    assert min(len(np.unique(batch)) for batch in batches) >= 8


def test_that_drawing_twice_gives_the_same_set(drawn: Garments) -> None:
    assert_equal(draw_garments(), drawn)


def test_that_no_garment_comes_twice(drawn: Garments) -> None:
    images = np.concatenate([drawn.train_images, drawn.test_images])
    assert len({image.tobytes() for image in images}) == len(images)


def test_that_every_picture_shows_something_on_black(drawn: Garments) -> None:
    shown = (drawn.train_images > 0).mean((1, 2))
    assert shown.min() > 0.02
    assert shown.max() < 0.9
    assert (drawn.train_images.max((1, 2)) > 40).all()


def test_that_every_class_differs_from_every_other_on_average(drawn: Garments) -> None:
    means = [drawn.train_images[drawn.train_labels == label].mean(0) for label in range(10)]
    for label, mean in enumerate(means):
        for other in means[:label]:
            assert np.abs(mean - other).max() > 25


def test_that_the_nearest_mean_names_many_garments_but_far_from_all(drawn: Garments) -> None:
    """Learnable, and not so easy that a network would have nothing to learn."""
    means = np.stack([drawn.train_images[drawn.train_labels == label].mean(0).ravel() for label in range(10)])
    images = drawn.test_images.reshape(-1, 784).astype(np.float64)
    nearest = ((means**2).sum(1) - 2 * images @ means.T).argmin(1)
    assert 0.4 < (nearest == drawn.test_labels).mean() < 0.85


def test_that_progress_grows_from_nothing_to_everything(drawn: Garments, reports: list[tuple[int, int]]) -> None:
    counts = [done for done, _ in reports]
    assert {total for _, total in reports} == {14_000}
    assert counts[0] == 0
    assert counts[-1] == 14_000
    assert all(before < after for before, after in pairwise(counts))
    assert len(counts) > 20  # often enough for a bar, and for Cancel


def test_that_an_exception_in_progress_cancels_and_leaves_no_file(tmp_path: Path) -> None:
    def cancel(done: int, total: int) -> None:
        if done > 0:
            raise CancelledError

    with pytest.raises(CancelledError):
        load_garments(tmp_path, cancel)

    assert list(tmp_path.iterdir()) == []


def test_that_the_cache_serves_the_same_set_without_drawing(cache: Path, drawer: Drawer) -> None:
    assert_equal(load_garments(cache.parent), drawer.drawn)
    assert drawer.calls == 1
    assert [path.name for path in cache.parent.iterdir()] == [CACHE_NAME]


def test_that_a_missing_cache_folder_is_made(drawer: Drawer, tmp_path: Path) -> None:
    load_garments(tmp_path / "a" / "b")
    load_garments(tmp_path / "a" / "b")
    assert drawer.calls == 1


def test_that_any_single_damaged_place_is_found_and_mended(cache: Path, drawer: Drawer) -> None:
    whole = cache.read_bytes()
    places = [0, 40, 5_000, len(whole) // 2, len(whole) - 60_000, len(whole) - 30]
    for place in places:
        damaged = bytearray(whole)
        damaged[place] ^= 0x10
        cache.write_bytes(damaged)
        assert_equal(load_garments(cache.parent), drawer.drawn)
        assert_equal(load_garments(cache.parent), drawer.drawn)


@pytest.mark.parametrize("share", [0, 0.001, 0.5, 0.9999])
def test_that_a_truncated_cache_is_drawn_anew(cache: Path, drawer: Drawer, share: float) -> None:
    whole = cache.read_bytes()
    cache.write_bytes(whole[: int(len(whole) * share)])

    assert_equal(load_garments(cache.parent), drawer.drawn)

    assert drawer.calls == 2
    assert garments._read(cache) is not None


def test_that_changed_pixels_in_a_well_formed_file_are_found(cache: Path, drawer: Drawer) -> None:
    with np.load(cache) as file:
        arrays = dict(file)
    arrays["test_images"][7, 14, 14] ^= 1
    np.savez(cache, **arrays)

    assert_equal(load_garments(cache.parent), drawer.drawn)

    assert drawer.calls == 2


@pytest.mark.parametrize(
    "content",
    [b"garbage" * 1000, b"PK\x05\x06" + bytes(18), b"\x93NUMPY\x01\x00"],
    ids=["garbage", "empty archive", "half a header"],
)
def test_that_a_foreign_file_is_replaced(cache: Path, drawer: Drawer, content: bytes) -> None:
    cache.write_bytes(content)

    assert_equal(load_garments(cache.parent), drawer.drawn)

    assert drawer.calls == 2
    assert zipfile.is_zipfile(cache)


def test_that_pickled_objects_in_the_cache_are_never_loaded(cache: Path, drawer: Drawer) -> None:
    class Bomb:
        def __reduce__(self) -> tuple[object, ...]:
            return (pytest.fail, ("the cache was unpickled",))

    arrays = {field: getattr(drawer.drawn, field) for field in FIELDS}
    np.savez(cache, sha256=np.array([Bomb()], dtype=object), **arrays)

    assert_equal(load_garments(cache.parent), drawer.drawn)

    assert drawer.calls == 2


@pytest.mark.parametrize("field", FIELDS)
def test_that_arrays_of_another_length_shape_or_type_are_refused(cache: Path, drawer: Drawer, field: str) -> None:
    array = getattr(drawer.drawn, field)
    for changed in (array[:-1], array.reshape(2, -1), array.astype(np.float32)):
        save_with(cache, drawer.drawn, **{field: changed})
        assert garments._read(cache) is None
    save_with(cache, drawer.drawn)
    assert garments._read(cache) is not None


def test_that_a_cache_that_cannot_be_written_costs_nothing_but_the_cache(drawer: Drawer, tmp_path: Path) -> None:
    # A file where the folder should be: mode bits would not stop a superuser.
    in_the_way = tmp_path / "file"
    in_the_way.write_bytes(b"kept")

    assert_equal(load_garments(in_the_way), drawer.drawn)
    assert_equal(load_garments(in_the_way / "deeper"), drawer.drawn)

    assert in_the_way.read_bytes() == b"kept"


def test_that_a_folder_in_the_place_of_the_cache_is_left_alone(drawer: Drawer, tmp_path: Path) -> None:
    (tmp_path / CACHE_NAME).mkdir()

    assert_equal(load_garments(tmp_path), drawer.drawn)

    assert (tmp_path / CACHE_NAME).is_dir()
    assert [path.name for path in tmp_path.iterdir()] == [CACHE_NAME]


def test_that_importing_the_set_imports_neither_pillow_nor_torch() -> None:
    script = "import sys, workbench.engine.data.garments.dataset; print(sorted({'PIL', 'torch'} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
