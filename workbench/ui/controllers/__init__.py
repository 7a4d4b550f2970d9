"""QObjects that join models, panels and the connection."""
