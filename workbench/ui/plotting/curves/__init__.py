"""What is drawn of a run: curves, reference curves, ranges."""
