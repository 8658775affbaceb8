"""The name of a thing in the program: the variable, attribute or item that it is assigned to.

``jobs = asyncio.Queue(10)`` is ``jobs``. Told from the instructions that follow the call, without running anything;
where those do not tell, from who refers to the thing when it is first used.
"""

import dis
import sys
import time

_cpu = getattr(time, 'thread_time', time.perf_counter)

#: Names that only say the kind of thing: they are shown with the class of the attribute.
PLAIN = frozenset(('lock', 'mutex', 'sem', 'semaphore', 'event', 'cond', 'condition', 'queue', 'q', 'barrier'))

_STORES = frozenset(('STORE_FAST', 'STORE_NAME', 'STORE_GLOBAL', 'STORE_DEREF', 'STORE_FAST_MAYBE_NULL'))
_LOADS = frozenset(('LOAD_FAST', 'LOAD_NAME', 'LOAD_GLOBAL', 'LOAD_DEREF', 'LOAD_FAST_BORROW', 'LOAD_FAST_CHECK', 'LOAD_CLASSDEREF'))
_JUMPS = frozenset(('JUMP_FORWARD', 'JUMP_NO_INTERRUPT'))
_NOTHING = frozenset(('CACHE', 'EXTENDED_ARG', 'NOP', 'RESUME'))
_BACK = frozenset(('JUMP_ABSOLUTE', 'JUMP_BACKWARD', 'JUMP_BACKWARD_NO_INTERRUPT'))
_ROTATIONS = {'ROT_TWO': 2, 'ROT_THREE': 3, 'ROT_FOUR': 4}
_INLINED = sys.version_info >= (3, 12)
#: Instructions to read after a call, and frames to follow a returned thing through.
_FAR, _RETURNS = 60, 4
#: Containers with more items are not searched.
_MANY = 1000

RETURNED = 'returned'


class Names:
    """``after(frame)`` is cached by place: even a program with a million locks creates them in few places."""

    def __init__(self, clock=None):
        self._known = {}
        #: On the virtual clock, finding a name takes no time of the program.
        self._spare = getattr(clock, 'spare', None)

    def after(self, frame):
        """(name, whether it is a container's, of which the thing is an item) of what the frame's current call makes; None if that cannot be told."""
        item = False
        for _ in range(_RETURNS):
            if frame is None:
                return None
            code = frame.f_code
            key = id(code), frame.f_lasti
            known = self._known.get(key)
            if known is None or known[0] is not code:
                # The code object is kept so that its id stays its own.
                began = _cpu()
                known = self._known[key] = code, target_of(self._instructions_of(code), frame.f_lasti)
                if self._spare is not None:
                    self._spare(_cpu() - began)
            target = known[1]
            if target is None:
                return None
            kind, name, owner = target
            if kind != RETURNED:
                return attribute(frame, name, owner), item or kind == 'item'
            item = item or name
            frame = frame.f_back
        return None

    def _instructions_of(self, code):
        known = _instructions.get(code)
        if known is None:
            if len(_instructions) >= _MOST:
                _instructions.clear()
            known = _instructions[code] = [each for each in dis.get_instructions(code) if each.opname not in _NOTHING]
        return known


#: By code object: unchanged code, such as asyncio's, is the same in the next program that this interpreter runs.
_instructions = {}
_MOST = 200


def attribute(frame, name, owner):
    """``self.lock`` is called ``lock``, or ``Account.lock``, since ``lock`` alone says only its kind."""
    if owner is None or name.strip('_') not in PLAIN:
        return name
    holder = frame.f_locals.get(owner)
    if isinstance(holder, type):
        return f'{holder.__name__}.{name}'
    return f'{type(holder).__name__}.{name}' if owner in frame.f_locals else name


def target_of(instructions, lasti):
    """(kind, name, owner) of where the result of the call at ``lasti`` goes.

    ``kind``: ``name``, ``item`` (of the container ``name``) or ``RETURNED`` (then ``name`` says whether in a container); None if nobody can tell.
    """
    try:
        return _follow([each for each in instructions if each.offset > lasti][:_FAR])
    except Exception:
        return None


def _follow(instructions):
    """Follows one value on the stack. ``depth``: number of values above it."""
    depth = 0
    inside = False
    # The index of the value in a tuple that was built with it.
    place = None
    last = None
    skip_to = None
    for each in instructions:
        if skip_to is not None:
            if each.offset < skip_to:
                continue
            skip_to = None
        name, arg = each.opname, each.arg
        if name in _JUMPS:
            skip_to = each.argval
        elif name in _BACK:
            if not inside:
                return None
            depth -= 0 if _INLINED else 1
        elif name == 'END_FOR':
            depth += dis.stack_effect(each.opcode, arg) + 1
        elif name in ('SWAP', 'ROT_TWO', 'ROT_THREE', 'ROT_FOUR'):
            depth = _rotated(name, arg, depth)
        elif name in ('COPY', 'DUP_TOP'):
            if depth == (arg or 1) - 1:
                # The copy goes to the first of several targets.
                depth = 0
            else:
                depth += 1
        elif name in _STORES:
            if depth == 0:
                return 'item' if inside else 'name', each.argval, None
            depth -= 1
        elif name in ('STORE_FAST_STORE_FAST', 'STORE_FAST_LOAD_FAST'):
            if depth == 0:
                return 'item' if inside else 'name', each.argval[0], None
            if name == 'STORE_FAST_STORE_FAST':
                if depth == 1:
                    return 'item' if inside else 'name', each.argval[1], None
                depth -= 2
        elif name == 'STORE_ATTR':
            if depth == 1:
                owner = last.argval if last.opname in _LOADS else None
                if owner is None and isinstance(last.argval, tuple) and last.opname.startswith('LOAD_FAST'):
                    owner = last.argval[-1]
                return 'item' if inside else 'name', each.argval, owner
            depth -= 2
            if depth < 0:
                return None
        elif name in ('LIST_APPEND', 'SET_ADD'):
            if depth == 0:
                depth, inside = arg - 1, True
            else:
                depth -= 1
        elif name == 'MAP_ADD':
            if depth == 0:
                depth, inside = arg - 1, True
            else:
                depth -= 2
        elif name in ('BUILD_LIST', 'BUILD_TUPLE', 'BUILD_SET', 'BUILD_MAP', 'BUILD_CONST_KEY_MAP') and depth < _taken(name, arg):
            place = arg - 1 - depth if name == 'BUILD_TUPLE' else None
            depth, inside = 0, True
        elif name == 'UNPACK_SEQUENCE' and depth == 0:
            if place is None or place >= arg:
                return None
            depth, inside, place = place, False, None
        elif name == 'RETURN_VALUE':
            return (RETURNED, inside, None) if depth == 0 else None
        else:
            if each.opname.startswith(('POP_JUMP', 'JUMP_IF')):
                return None
            effect = dis.stack_effect(each.opcode, arg, jump=False) if each.opcode >= dis.HAVE_ARGUMENT or arg is not None \
                else dis.stack_effect(each.opcode)
            if depth + min(effect, 0) < 0 or _takes(each, depth):
                return None
            depth += effect
        last = each
    return None


def _rotated(name, arg, depth):
    if name == 'SWAP':
        return arg - 1 if depth == 0 else 0 if depth == arg - 1 else depth
    size = _ROTATIONS[name]
    return size - 1 if depth == 0 else depth - 1 if depth < size else depth


def _taken(name, arg):
    return arg * 2 if name == 'BUILD_MAP' else arg + 1 if name == 'BUILD_CONST_KEY_MAP' else arg


def _takes(each, depth):
    """Whether an instruction pops the value, for example as an argument of a call, even if it pushes others."""
    name, arg = each.opname, each.arg or 0
    if name in ('CALL', 'PRECALL', 'CALL_FUNCTION', 'CALL_METHOD', 'CALL_KW', 'CALL_FUNCTION_KW'):
        return depth <= arg
    if name == 'BINARY_OP' or name == 'COMPARE_OP' or name.startswith('BINARY_') or name in ('LIST_EXTEND', 'CONTAINS_OP', 'IS_OP'):
        return depth < 2
    if name in ('LOAD_ATTR', 'LOAD_METHOD', 'UNARY_NOT', 'GET_AWAITABLE', 'GET_ITER', 'BEFORE_ASYNC_WITH', 'FORMAT_VALUE', 'LOAD_SPECIAL', 'TO_BOOL'):
        return depth == 0
    return False


def held_as(thing, frames, container=None):
    """The name by which the frames of a program (innermost first) refer to a thing; None if they do not.

    ``container``: the name of the container that it was put into, if that is known.
    """
    for frame in frames:
        spaces = [frame.f_globals, *[attributes(each) for each in (frame.f_locals.get('self'), frame.f_locals.get('cls'))]]
        here = frame.f_locals
        if container is not None:
            for space in (here, *spaces):
                found = item_of(container, space.get(container), thing)
                if found:
                    return found
            continue
        for space in spaces:
            for name, value in list(space.items())[:_MANY]:
                if value is thing and isinstance(name, str):
                    return name
        for space in (*spaces, here):
            if space is here and here is frame.f_globals:
                continue
            for name, value in list(space.items())[:_MANY]:
                found = item_of(name, value, thing)
                if found:
                    return found
        for name, value in here.items():
            if value is thing and name != 'self':
                return name
    return None


def attributes(owner):
    """The attributes in its ``__dict__``, without running code of the program."""
    if owner is None:
        return {}
    try:
        found = object.__getattribute__(owner, '__dict__')
    except Exception:
        return {}
    return found if type(found) is dict else {}


def item_of(name, container, thing):
    kind = type(container)
    if kind in (list, tuple):
        for i, value in enumerate(container[:_MANY]):
            if value is thing:
                return f'{name}[{i}]'
    elif isinstance(container, dict):
        if not isinstance(name, str) or name.startswith('__') or len(container) > _MANY:
            return None
        for key, value in list(dict.items(container)):
            if value is thing:
                return f'{name}[{key!r}]' if type(key) in (str, int) else name
    return None
