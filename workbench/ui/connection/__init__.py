"""How the window reaches a run: commands go in, typed signals come out."""
