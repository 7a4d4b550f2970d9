"""Pointer and ranges."""
