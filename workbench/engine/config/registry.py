"""Registries: named rows, in the order in which the window lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from workbench.engine.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator


class Row(Protocol):
    """The properties of every row of a registry."""

    @property
    def name(self) -> str:
        """The key: in recipes, options and files."""
        ...

    @property
    def label(self) -> str:
        """Its name in the window, in English; the window translates it."""
        ...

    @property
    def help(self) -> str:
        """What the row is, and when to choose it."""
        ...


R = TypeVar("R", bound=Row)


class Registry(Generic[R]):
    """Rows by name. Adding a choice to the program is adding one row to one registry.

    Args:
        what: the kind of the rows, in English, such as `model`.
        *rows: the rows to choose from; the first row is the default.
        retired: rows that old runs name: `[]` finds them, but no list offers them.
        own: rows for what the user brings, which a name alone does not choose: `[]` finds them, but no list offers
            them.
    """

    def __init__(self, what: str, *rows: R, retired: tuple[R, ...] = (), own: tuple[R, ...] = ()) -> None:
        self.what = what
        self._rows = {row.name: row for row in rows}
        self._all = {row.name: row for row in (*rows, *retired, *own)}
        self._retired = {row.name for row in retired}
        if len(self._all) != len(rows) + len(retired) + len(own):
            raise ValueError(f"two rows of the registry of {what}s have one name")

    @property
    def names(self) -> tuple[str, ...]:
        """All names that can be chosen; the first is the default."""
        return tuple(self._rows)

    @property
    def label(self) -> str:
        """The name of the choice in the window, in English; the window translates it."""
        return self.what.capitalize()

    @property
    def default(self) -> str:
        """The name of the first row."""
        return self.names[0]

    @property
    def everything(self) -> tuple[R, ...]:
        """All rows, also those that no list offers."""
        return tuple(self._all.values())

    def is_retired(self, name: str) -> bool:
        """Whether old runs name this row, but it can no longer be chosen."""
        return name in self._retired

    def __iter__(self) -> Iterator[R]:
        return iter(self._rows.values())

    def __getitem__(self, name: str) -> R:
        """The row called `name`.

        Raises:
            UsageError: there is no such row.
        """
        try:
            return self._all[name]
        except KeyError:
            raise UsageError(
                "There is no {what} {name!r}: choose one of {names}.",
                what=self.what,
                name=name,
                names=", ".join(self._rows),
            ) from None
