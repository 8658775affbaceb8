"""Locks, semaphores, events, conditions, barriers and queues: their identity, their names in the program, and what was done with them.

In: the objects of asyncio. Out: rows for the recorder. Tasks that wait for them: ``waits``.
"""
