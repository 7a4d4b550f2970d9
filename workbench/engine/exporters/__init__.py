"""What a person takes along of a run: run files, tables, scripts, networks for other programs. One module for each."""
