"""Explain this: what a control, curve, number or mark is, with its present value."""
