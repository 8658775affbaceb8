"""Comments that direct a run: simulated awaits in the place of real ones.

In: directives that the host has read. Out: the program's syntax tree, rewritten.
"""
