"""The curves of a run as a drawing, and the drawing as SVG, PDF or PNG. Without Qt: the command line draws, too."""
