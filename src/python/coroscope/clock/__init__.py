"""The real and the virtual clock, and what a loop does between two turns: timers, waits, limits.

In: the moments that the loop asks for. Out: the time that programs see and records are stamped with.
"""
