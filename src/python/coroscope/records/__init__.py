"""Collects records and writes the trace.

In: what the other packages observed, as numbers. Out: chunks of the trace format (``docs/trace-format.md``).
``wire`` is the only writer. Knows the recorded facts of tasks, and nothing of loops.
"""
