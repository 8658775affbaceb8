"""The user's coroutines, async generators and ``async with`` blocks from start to end; coroutines that were never awaited, or awaited twice.

From Python 3.12 on by ``sys.monitoring``, before by a profile function.
"""
