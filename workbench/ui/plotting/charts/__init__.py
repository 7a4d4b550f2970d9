"""Charts that are painted as a whole: bars, matrices, diagrams. Not for curves that grow with each step."""
