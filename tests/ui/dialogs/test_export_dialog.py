"""What the dialog of the exports says."""

import importlib.util

from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from workbench.ui.dialogs.export_dialog import ExportDialog
from workbench.ui.text.translation import install_translations


def test_that_a_form_whose_package_is_missing_says_why_in_one_language(qtbot, qapp, tmp_path, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    install_translations(qapp, "ko")
    try:
        window = QWidget()
        qtbot.addWidget(window)
        dialog = ExportDialog(window, "Run 1", "run-1", tmp_path, ())
        box, why = dialog.findChild(QCheckBox, "export_parquet"), dialog.findChild(QLabel, "export_parquet_help")
        assert not box.isEnabled()
        assert box.text() in why.text()
        assert "pyarrow" in why.text()
    finally:
        install_translations(qapp, "en")
