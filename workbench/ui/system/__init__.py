"""The desktop around the window: display, settings file, signals."""
