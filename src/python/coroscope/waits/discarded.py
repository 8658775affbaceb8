"""Whether code uses the result of an ``await``: decided by the instructions after it."""

import dis
import functools

_PASSED_OVER = frozenset(('CACHE', 'NOP', 'END_SEND', 'RESUME', 'NOT_TAKEN', 'EXTENDED_ARG'))


def is_discarded(frame):
    """Whether the result of a frame's current ``await`` is dropped, or assigned to a local variable that is never read."""
    return _after(frame.f_code, frame.f_lasti)


@functools.lru_cache(maxsize=256)
def _after(code, at):
    instructions = list(dis.get_instructions(code))
    index = next((i for i, each in enumerate(instructions) if each.offset >= at), None)
    if index is None:
        return False
    # Up to 3.10 a suspended frame stands before the instruction that awaits, to come to it again.
    before = [each.opname for each in instructions[index:index + 2]]
    after = index + 2
    if before[0] == 'YIELD_FROM':
        after = index + 1
    elif before[1:] != ['YIELD_FROM']:
        # From 3.11 on a loop around SEND awaits; it is left to where SEND jumps.
        send = next((each for each in reversed(instructions[:index + 1]) if each.opname == 'SEND'), None)
        if send is None:
            return False
        after = next((i for i, each in enumerate(instructions) if each.offset >= send.argval), len(instructions))
    while after < len(instructions) and instructions[after].opname in _PASSED_OVER:
        after += 1
    if after >= len(instructions):
        return False
    found = instructions[after]
    if found.opname == 'POP_TOP':
        return True
    if found.opname != 'STORE_FAST':
        return False
    return not any(each.opname != 'STORE_FAST' and mentions(each.argval, found.argval)
                   for each in instructions if 'FAST' in each.opname or 'DEREF' in each.opname)


def mentions(value, name):
    return value == name or type(value) is tuple and name in value
