"""Runs the user's program as ``python FILE`` would, or puts it together from pieces of documents.

Traceback and exit code are those of a bare run.
"""
