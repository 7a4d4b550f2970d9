"""The curves of a run, those of other runs, and the ranges that show them."""
