"""The SQLite store of runs, and who writes it."""
