"""Collects records and writes the trace.

In: what the other packages noticed, as numbers. Out: chunks of the trace format (``docs/trace-format.md``).
``wire`` is the only writer. Knows of tasks what is written of them, and nothing of loops.
"""
