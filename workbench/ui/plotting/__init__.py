"""What the plots are made of: ranges, ticks, traces, marks, the canvas that caches them, the crosshair."""

from __future__ import annotations

import os

# pyqtgraph takes the first Qt binding it finds, and on many machines that is another one than ours.
os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")
