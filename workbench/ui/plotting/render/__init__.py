"""The canvas, its layers and when it is drawn."""
