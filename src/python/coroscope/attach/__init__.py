"""Recording of another process that runs already (``sys.remote_exec``, CPython 3.14 and later).

``attaching`` runs in a Python of the same version and has the process import ``target``; both talk over a socket, a line of JSON each.
"""
