"""The whole state of a run, in memory and on disk."""
