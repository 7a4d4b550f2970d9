"""The window: PySide6 and pyqtgraph. Widgets ask by signals; they never train."""
