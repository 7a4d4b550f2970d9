"""The translations: what the program says is found in its source, and held against the catalog of each language."""
