"""State as QObjects and item models; no widget."""
