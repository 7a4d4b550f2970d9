"""Exports a run as a plain PyTorch script that repeats it bit for bit. One module for each part of the script."""
