"""A report of a run: one page that opens without a network and prints on A4."""
