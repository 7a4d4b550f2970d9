"""Data sets, and how one is loaded."""
