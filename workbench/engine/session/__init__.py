"""Serves commands over the life of a window or a headless run."""
