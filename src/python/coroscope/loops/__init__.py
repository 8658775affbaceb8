"""The event loops themselves: asyncio's methods are replaced while a run is recorded.

``hot`` runs on every switch of a task: all else may be slow, this may not. Nothing here outlives the run.
"""
