"""Texts and numbers in the user's language."""
