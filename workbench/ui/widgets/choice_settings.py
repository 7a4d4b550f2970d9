"""The settings of one choice, such as an optimizer's momentum: shown while the chosen row accepts them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.ui.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workbench.ui.widgets.hyperparameter_control import HyperparameterControl

_ABOVE: Final = 12
_BETWEEN: Final = 9


class ChoiceSettings(QWidget):
    """A heading and the controls of the hyperparameters that the chosen row accepts; hidden if it accepts none.

    Args:
        choice: the recipe's name of the choice, such as `optimizer`; the object name is `optimizer_settings`.
        controls: of all hyperparameters that any row of the choice accepts, by name.
        parent: the widget it belongs to.
    """

    def __init__(
        self, choice: str, controls: Mapping[str, HyperparameterControl], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"{choice}_settings")
        self._controls = controls
        self._shown: tuple[HyperparameterControl, ...] = ()
        self._heading = ElidedLabel("", self)
        self._heading.setProperty("role", "heading")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, _ABOVE, 0, 0)
        self._column.setSpacing(_BETWEEN)
        self._column.addWidget(self._heading)
        for control in controls.values():
            self._column.addWidget(control)

    @property
    def shown(self) -> tuple[HyperparameterControl, ...]:
        """The controls that are shown, from top to bottom."""
        return self._shown

    def add_picture(self, picture: QWidget) -> None:
        """Show `picture` between the heading and the controls."""
        self._column.insertWidget(1, picture)

    def show_rows(self, heading: str, names: Sequence[str]) -> None:
        """Show the controls of `names`, in this order, below `heading`; hide the others."""
        self._heading.setText(heading)
        self._shown = tuple(self._controls[name] for name in names)
        for control in self._controls.values():
            control.setVisible(control in self._shown)
        for control in self._shown:
            self._column.addWidget(control)  # moves it to the end
        self.setVisible(bool(names))
