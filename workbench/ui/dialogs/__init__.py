"""Dialogs: files, numbers, questions."""
