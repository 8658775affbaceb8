"""Processes that the program starts record themselves (``--follow-children``), each into a file of its own in one folder.

In: a fork, or the start of another Python, which finds ``hook/sitecustomize.py`` on its path. Out: traces, of which the host makes one.
"""
