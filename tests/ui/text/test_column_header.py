from PySide6.QtCore import Qt

from workbench.ui.text.column_header import ColumnHeader

ROLE = Qt.ItemDataRole


def test_that_a_header_has_its_title_a_tip_and_the_side_of_its_texts():
    number = ColumnHeader("Loss", "Of the last test.")
    assert number.data(ROLE.DisplayRole) == "Loss"
    assert "Of the last test." in number.data(ROLE.ToolTipRole)
    assert number.data(ROLE.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    name = ColumnHeader("Run", "Its name.", is_number=False)
    assert name.data(ROLE.TextAlignmentRole) & Qt.AlignmentFlag.AlignLeft


def test_that_other_roles_are_left_to_qt():
    assert ColumnHeader("Loss", "Of the last test.").data(ROLE.DecorationRole) is None
