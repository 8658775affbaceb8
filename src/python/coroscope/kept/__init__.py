"""The last seconds of a record, in memory, for a program that records itself for as long as it runs; and when they are written.

In: the bytes of a trace as it grows. Out: a complete trace of its end, as ``--keep`` of the command makes it (``src/engines/flight``).
"""
