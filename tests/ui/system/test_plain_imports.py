import builtins
import importlib
import linecache
import subprocess
import sys
from pathlib import Path

import PySide6.QtCore  # noqa: F401  (it replaces `import`)
import pytest

from workbench.ui.system.plain_imports import use_plain_imports


@pytest.fixture
def import_of_pyside(monkeypatch):
    monkeypatch.setattr(builtins, "__import__", builtins.__feature_import__)


@pytest.fixture
def new_module(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    numbers = iter(range(10))

    def make():
        name = f"module_for_plain_imports_{next(numbers)}"
        path = tmp_path / f"{name}.py"
        path.write_text("VALUE = 1\n", encoding="utf-8")
        importlib.invalidate_caches()
        exec(f"import {name}", {"__name__": "some_module"})
        monkeypatch.delitem(sys.modules, name)
        return str(path)

    return make


@pytest.mark.usefixtures("import_of_pyside")
def test_that_the_source_of_an_imported_module_is_not_kept(new_module):
    assert new_module() in linecache.cache, "PySide6 no longer reads it: the module under test can go"
    use_plain_imports()
    assert new_module() not in linecache.cache


def test_that_an_import_of_another_tool_stays(monkeypatch):
    def theirs(*arguments, **named):
        return builtins.__orig_import__(*arguments, **named)

    monkeypatch.setattr(builtins, "__import__", theirs)
    use_plain_imports()
    assert builtins.__import__ is theirs


def test_that_the_window_reads_no_source_of_what_is_imported_later():
    code = """
import linecache
from PySide6.QtWidgets import QApplication
from workbench.app import create_window
application = QApplication([])
window = create_window(["--language", "en"])
import pyqtgraph.dockarea
print(sorted(path for path in linecache.cache if "pyqtgraph" in path))
import os; os._exit(0)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[3], capture_output=True, text=True, timeout=120
    )
    assert done.stdout == "[]\n", done.stderr
