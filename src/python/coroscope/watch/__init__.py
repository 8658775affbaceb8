"""What goes on beside the switches of tasks: jobs of executors and subprocesses, output, logs, deadlines, and samples of what holds a loop.

In: hooks of the standard library. Out: records.
"""
