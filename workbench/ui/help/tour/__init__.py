"""The tour of the window: six short steps, at the real controls."""
