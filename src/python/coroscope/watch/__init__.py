"""What happens besides task switches: jobs of executors and subprocesses, output, logs, deadlines, and samples of what blocks a loop.

In: hooks of the standard library. Out: records.
"""
