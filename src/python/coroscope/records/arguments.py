"""Short texts of the arguments of a task's coroutine. Runs no code of the program, and leaves out secrets."""

import asyncio
import enum
import re
import types

#: Arguments are recorded for this many tasks.
MOST_TASKS = 2000
LONGEST = 60
LONGEST_TEXT = 24
MOST_ITEMS = 3
HIDDEN = '…'

#: Parameters whose values are never shown.
_SECRET = re.compile(r'passw|passphrase|pwd|secret|token|credential|auth(?!or)|api_?key|(^|_)key$|cookie|bearer|signature|private|connection_?string|dsn$',
                     re.IGNORECASE)
#: Texts that look like a key, or like an address with a password in it, whatever the parameter is called.
_SECRET_TEXT = re.compile(r'://[^/\s]*@|^(?=.*\d)(?=.*[A-Za-z])[\w+/=.\-]{20,}$|^(sk|pk|ghp|gho|xox[a-z])[-_]|\bBearer ')
_SCALARS = (bool, int, float, complex)
_FUNCTIONS = (types.FunctionType, types.BuiltinFunctionType)
_VARARGS, _VARKEYWORDS = 4, 8
_SHARED = tuple(kind for kind in (asyncio.Queue, asyncio.PriorityQueue, asyncio.LifoQueue, asyncio.Lock, asyncio.Event, asyncio.Semaphore,
                                  asyncio.BoundedSemaphore, asyncio.Condition, getattr(asyncio, 'Barrier', None)) if kind)
_type_name = type.__dict__['__name__'].__get__


def arguments(coro):
    """``1, 'apple', n=3`` of a plain coroutine that has not begun; empty if it takes none."""
    code = coro.cr_code
    positional = code.co_argcount
    named = positional + code.co_kwonlyargcount
    flags = code.co_flags & (_VARARGS | _VARKEYWORDS)
    if not named and not flags:
        return ''
    frame = coro.cr_frame
    if frame is None:
        return ''
    values = frame.f_locals
    names = code.co_varnames
    shown = []
    for i in range(named):
        name = names[i]
        if name not in values or (i == 0 and name in ('self', 'cls')):
            continue
        value = values[name]
        if i < positional:
            shown.append(None if value is None else _argument(name, value))
        elif value is not None:
            shown.append(name + '=' + _argument(name, value))
    at = named
    if flags & _VARARGS:
        rest = values.get(names[at], ())
        at += 1
        shown += [_argument('', value) for value in rest[:MOST_ITEMS]] if type(rest) is tuple else []
        if len(rest) > MOST_ITEMS:
            shown.append(HIDDEN)
    if flags & _VARKEYWORDS:
        rest = values.get(names[at], {})
        for name in list(rest)[:MOST_ITEMS] if type(rest) is dict else ():
            if type(name) is str:
                shown.append(name + '=' + _argument(name, rest[name]))
    if type(values) is dict:
        # Before 3.13 the frame keeps this copy, and would hold the values for as long as it lives.
        values.clear()
    # What was left out of a call is mostly None.
    while shown and shown[-1] is None:
        shown.pop()
    text = ', '.join(['None' if part is None else part for part in shown])
    return text if len(text) <= LONGEST else text[:LONGEST - 1] + HIDDEN


def _argument(name, value):
    if _SECRET.search(name):
        return HIDDEN
    kind = type(value)
    if kind in _SHARED:
        return name or HIDDEN
    if kind in (list, tuple):
        if len(value) > MOST_ITEMS or any(type(item) not in _SCALARS and type(item) is not str for item in value):
            return '[…]' if kind is list else '(…)'
        items = ', '.join([_scalar(item) for item in value])
        return f'[{items}]' if kind is list else f'({items},)' if len(value) == 1 else f'({items})'
    return _scalar(value)


def looks_secret(text):
    return _SECRET_TEXT.search(text[:200]) is not None


def _scalar(value):
    kind = type(value)
    if value is None or kind in _SCALARS:
        return HIDDEN if kind is int and value.bit_length() > 64 else repr(value)
    if kind is str:
        if looks_secret(value):
            return HIDDEN
        return repr(value if len(value) <= LONGEST_TEXT else value[:LONGEST_TEXT - 1] + HIDDEN)
    if kind in _FUNCTIONS:
        name = value.__name__
        return name if type(name) is str else HIDDEN
    if issubclass(kind, enum.Enum):
        name = object.__getattribute__(value, '__dict__').get('_name_')
        return f'{_type_name(kind)}.{name}' if type(name) is str else HIDDEN
    if kind is type:
        return _type_name(value)
    return HIDDEN
