"""Lines of source files for the tracer. Reads Python's own cache but never fills it: the tracebacks at the end of the interpreter,
when files can no longer be read, depend on its contents."""

import linecache

_lines = {}


def getlines(file):
    """The lines of a file; [] if it cannot be read."""
    if file in linecache.cache:
        return linecache.getlines(file)
    known = _lines.get(file)
    if known is None:
        try:
            known = linecache.getlines(file)
        except Exception:
            # From 3.13 on it imports a module first, which may no longer be possible at the end of the interpreter.
            return []
        linecache.cache.pop(file, None)
        if known:
            _lines[file] = known
    return known


def forget():
    _lines.clear()


def getline(file, line):
    """A line of a file with its end, '' if there is none."""
    lines = getlines(file)
    return lines[line - 1] if 1 <= line <= len(lines) else ''
