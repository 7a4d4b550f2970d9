"""Help: about the program, and its keys."""
