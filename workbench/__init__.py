"""A desktop workbench for flying gradient descent."""

__version__ = "0.1.0"
