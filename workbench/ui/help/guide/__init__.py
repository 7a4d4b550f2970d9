"""The user guide: one searchable window, built from the texts that the window itself shows."""
