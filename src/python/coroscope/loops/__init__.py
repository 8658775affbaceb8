"""The event loops themselves: asyncio's methods are replaced while a run is recorded.

``hot`` runs on every task switch and has to be fast; everything else may be slow. Nothing here outlives the run.
"""
