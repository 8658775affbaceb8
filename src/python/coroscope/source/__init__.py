"""Places in the program's source: code objects, lines and columns, await chains, calls and their excerpts.

In: code objects and frames. Out: numbers of places, resolved to lines and columns when the record is written.
Knows nothing of loops, tasks or the trace format.
"""
