"""Legends and plot headers."""
