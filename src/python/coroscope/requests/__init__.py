"""What the program says of its tasks (``coroscope.label``, ``coroscope.span``), and the requests that servers of known libraries answer.

In: the objects of those libraries, where their tasks begin and end. Out: records of spans. Imports no library, wraps no function, and never
records bodies, headers (but ``traceparent``) or queries.
"""
