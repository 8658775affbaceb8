"""What a task asked of a library, told by the frames of the library's own coroutines: ``PostgreSQL SELECT users``, ``Redis GET``.

In: frames of known functions. Out: short names. Imports no library, wraps no function, and never names values, keys, bodies, headers, queries of
addresses, users or passwords. A library in which these functions are others has no such names.
"""
