"""Small files of the forms that people have, for tests of the user's own data."""

from __future__ import annotations

import gzip
import importlib.util
from pathlib import Path

import numpy as np


def from_scikit_learn(name: str) -> bytes | None:
    """A file that ships in scikit-learn; None where that is not installed."""
    found = importlib.util.find_spec("sklearn")
    if found is None or found.origin is None:
        return None
    return (Path(found.origin).parent / "datasets" / "data" / name).read_bytes()


def rows(count: int, features: int, classes: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Points (count, features) around a corner for each class, and their labels."""
    random = np.random.RandomState(seed)
    labels = np.arange(count) % classes
    points = random.randn(count, features) * 0.3
    points[np.arange(count), labels % features] += 2 + labels // features
    return points.round(2), labels


def iris(path: Path) -> Path:
    """iris.csv as in scikit-learn, or a table of its form: the first line is no header."""
    points, labels = rows(60, 4, 3)
    lines = ["60,4,setosa,versicolor,virginica", *_lines(points, labels)]
    path.write_bytes(from_scikit_learn("iris.csv") or "\n".join(lines).encode())
    return path


def breast_cancer(path: Path) -> Path:
    """breast_cancer.csv as in scikit-learn, or a table of its form: four fields over rows of thirty-one."""
    points, labels = rows(60, 30, 2)
    lines = ["60,30,malignant,benign", *_lines(points, labels)]
    path.write_bytes(from_scikit_learn("breast_cancer.csv") or "\n".join(lines).encode())
    return path


def digits(path: Path) -> Path:
    """digits.csv.gz as in scikit-learn, or a table of its form: no header, packed."""
    random = np.random.RandomState(0)
    points = random.randint(0, 17, (80, 64))
    labels = np.arange(80) % 10
    points[np.arange(80), labels] = 16
    text = "\n".join(
        ",".join(f"{number:.18e}" for number in (*row, label)) for row, label in zip(points, labels, strict=True)
    )
    path.write_bytes(from_scikit_learn("digits.csv.gz") or gzip.compress(text.encode()))
    return path


def diabetes(path: Path) -> Path:
    """A regression as pandas writes it, with its index."""
    points, _ = rows(50, 3, 2)
    targets = (points @ [30.0, -20.0, 10.0]).round() + 150
    lines = [",age,bmi,bp,target"]
    lines += [
        f"{n},{','.join(map(str, row))},{target}" for n, (row, target) in enumerate(zip(points, targets, strict=True))
    ]
    path.write_text("\n".join(lines) + "\n")
    return path


def _lines(points: np.ndarray, labels: np.ndarray) -> list[str]:
    return [",".join([*map(str, row), str(label)]) for row, label in zip(points, labels, strict=True)]
