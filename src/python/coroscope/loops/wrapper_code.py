"""Makes our replacements for functions of asyncio look like the originals in a traceback: same file, name and line."""

import dis
import linecache
import os
import sys


#: Cache of code objects: running several programs in one interpreter makes the same ones each time.
made = {}


def look_like(function, original, call):
    """Gives ``function`` a code object whose only line is the one where ``original`` calls ``call`` (``self._context.run``: ``'run'``)."""
    key = function.__code__, original.__code__, call
    code = made.get(key)
    if code is None:
        code = made[key] = code_like(*key)
    if not os.path.exists(code.co_filename):
        # In a zip file: tracebacks ask the function's module for its source, which is ours.
        linecache.lazycache(code.co_filename, original.__globals__)
    function.__code__ = code
    function.__name__, function.__qualname__ = original.__name__, original.__qualname__
    return function


def code_like(code, names, call):
    place = place_of(names, call)
    changes = {'co_filename': names.co_filename, 'co_name': names.co_name, 'co_firstlineno': names.co_firstlineno}
    if sys.version_info >= (3, 11):
        changes['co_qualname'] = names.co_qualname
        changes['co_linetable'] = locations(len(code.co_code) // 2, place, names.co_firstlineno)
    elif sys.version_info >= (3, 10):
        changes['co_firstlineno'] = place[0]
        # Pairs of a number of bytes and a change of the line.
        rest, whole = len(code.co_code), bytearray()
        while rest > 0:
            whole += bytes((min(rest, 254), 0))
            rest -= 254
        changes['co_linetable'] = bytes(whole)
    else:
        changes['co_firstlineno'] = place[0]
        changes['co_lnotab'] = b''
    return code.replace(**changes)


def place_of(code, name):
    """(line, end line, column, end column) of the first call of an attribute ``name``."""
    found = False
    for instruction in dis.get_instructions(code):
        if instruction.argval == name or (isinstance(instruction.argval, tuple) and name in instruction.argval):
            found = True
        elif found and instruction.opname.startswith('CALL'):
            if hasattr(instruction, 'positions'):
                line, end_line, column, end_column = instruction.positions
                if line is not None:
                    return line, end_line or line, column, end_column
            return line_at(code, instruction.offset), None, None, None
    return code.co_firstlineno, None, None, None


def line_at(code, offset):
    line = code.co_firstlineno
    for start, number in dis.findlinestarts(code):
        if start > offset:
            break
        if number is not None:
            line = number
    return line


def locations(units, place, first):
    """A location table (3.11 and later) that puts every instruction at one place: https://github.com/python/cpython/blob/main/InternalDocs/code_objects.md"""
    line, end_line, column, end_column = place
    table = bytearray()
    delta = line - first
    while units > 0:
        count = min(units, 8)
        if column is None or end_column is None:
            table.append(0x80 | 13 << 3 | count - 1)
            table += signed(delta)
        else:
            table.append(0x80 | 14 << 3 | count - 1)
            table += signed(delta) + varint(end_line - line) + varint(column + 1) + varint(end_column + 1)
        delta = 0
        units -= count
    return bytes(table)


def varint(value):
    out = bytearray()
    while value > 63:
        out.append(0x40 | value & 63)
        value >>= 6
    out.append(value)
    return bytes(out)


def signed(value):
    return varint((-value << 1) | 1 if value < 0 else value << 1)
