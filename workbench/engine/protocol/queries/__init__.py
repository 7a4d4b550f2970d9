"""What can be asked of the state of a run, and what is answered: one module for each subject.

A query and its answer hold plain values and arrays. `engine/analysis` computes the answer; a query leaves no trace in
the run.
"""

from workbench.engine.protocol.queries.query import Answer, Query

__all__ = ["Answer", "Query"]
