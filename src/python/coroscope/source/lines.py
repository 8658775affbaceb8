"""Lines of source files for the tracer. Python's own cache is read but not filled: what a traceback shows at the end of the interpreter,
when nothing can be read any more, depends on what stands in it."""

import linecache

_lines = {}


def getlines(file):
    """The lines of a file; [] if it cannot be read."""
    if file in linecache.cache:
        return linecache.getlines(file)
    known = _lines.get(file)
    if known is None:
        known = linecache.getlines(file)
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
