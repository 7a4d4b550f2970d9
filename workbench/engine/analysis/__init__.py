"""What can be read off a run: curves and, later, predictions and statistics."""
