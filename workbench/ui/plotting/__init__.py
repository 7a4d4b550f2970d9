"""The plots: rendering, curves, interaction, legends, and the tree of branches."""

from __future__ import annotations

import os

# pyqtgraph takes the first Qt binding it finds, and on many machines that is another one than ours.
os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")
