"""Locks, semaphores, events, conditions, barriers and queues: which is which, how the program calls it, what was done with it.

In: the objects of asyncio. Out: rows for the recorder. What waits for them is told in ``waits``.
"""
