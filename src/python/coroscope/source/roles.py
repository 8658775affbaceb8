"""Implicit awaits: entering and leaving ``async with``, and the next item of ``async for``."""

import ast
import dis

ENTER, EXIT, NEXT = 'enter', 'exit', 'next'
_ASYNC = 0x80 | 0x200

_op = dis.opmap
_GET_AWAITABLE, _GET_ANEXT = _op['GET_AWAITABLE'], _op['GET_ANEXT']
#: Opcodes of the current instruction of a frame that awaits.
_AWAITING = {_op[name] for name in ('SEND', 'YIELD_VALUE', 'YIELD_FROM', 'RESUME', 'JUMP_BACKWARD_NO_INTERRUPT') if name in _op}
_CACHE = _op.get('CACHE', -1)
_BEFORE_YIELD_FROM = 'YIELD_FROM' in _op
#: Opcodes inside of an ``await``, with caches.
_WITHIN = _AWAITING | {_op[name] for name in ('LOAD_CONST', 'LOAD_COMMON_CONSTANT', 'PUSH_NULL', 'EXTENDED_ARG', 'CACHE') if name in _op}


def role_of(code, lasti):
    """``ENTER``, ``EXIT`` or ``NEXT`` for an implicit await at instruction ``lasti``; '' for an explicit one, and elsewhere."""
    instructions = code.co_code
    if not 0 <= lasti < len(instructions):
        return ''
    while lasti > 0 and instructions[lasti] == _CACHE:
        # In 3.12 a frame that drives another one points behind its SEND, into the cache.
        lasti -= 2
    awaits = instructions[lasti] in _AWAITING
    if not awaits and _BEFORE_YIELD_FROM:
        # Until 3.10, the last instruction of a suspended frame is the one before its YIELD_FROM.
        awaits = instructions[lasti + 2:lasti + 3] == bytes((_op['YIELD_FROM'],))
    if not awaits:
        return ''
    at = lasti
    while at > 0 and instructions[at] in _WITHIN:
        at -= 2
    if instructions[at] == _GET_ANEXT:
        return NEXT
    return _of_awaitable(instructions, at) if instructions[at] == _GET_AWAITABLE else ''


def _of_awaitable(instructions, at):
    if not _BEFORE_YIELD_FROM:
        return ('', ENTER, EXIT)[instructions[at + 1]] if instructions[at + 1] < 3 else ''
    before = instructions[at - 2]
    if before == _op['BEFORE_ASYNC_WITH']:
        return ENTER
    dup = _op['DUP_TOP']
    left = before == _op['CALL_FUNCTION'] and instructions[at - 1] == 3 and instructions[at - 4] == instructions[at - 6] == dup
    return EXIT if left or before == _op['WITH_EXCEPT_START'] else ''


def loops_at(code, line, tree):
    """Lines of the ``async for`` statements of this code whose bodies a line is in, outermost first. ``tree()`` parses the code's file."""
    if not code.co_flags & _ASYNC or _GET_ANEXT not in code.co_code[::2]:
        return []
    module = tree()
    if module is None:
        return []
    loops = [node for node in ast.walk(module) if isinstance(node, ast.AsyncFor)]
    # A function that is defined in the body begins behind the loop's line.
    return sorted(node.lineno for node in loops
                  if code.co_firstlineno <= node.lineno and node.body[0].lineno <= line <= node.body[-1].end_lineno)
