"""The command palette: what it offers, how it is searched, and the list that floats over the window."""
