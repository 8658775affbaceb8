"""What a suspended task waits for: a kind, a label as a person would write it, and the facts behind it.

In: the await chain and the innermost future. Out: (kind, label, fields, key). Runs only when a task is suspended, never changes anything.
"""
