"""Experiments on a copy of a run, and what they find: plain values and NumPy arrays, one module for each subject."""

from workbench.engine.protocol.experiments.experiment import Experiment, Finding

__all__ = ["Experiment", "Finding"]
