"""A desktop workbench that steers gradient descent."""

__version__ = "0.1.0"
