"""Short texts of values. Runs no code of the program's: a ``__repr__`` may print, raise, or take a second."""

import builtins
import math

LONGEST = 120
_PLAIN = (type(None), bool, int, float, complex, str, bytes)
_NESTED = {list: '[]', tuple: '()', set: '{}', frozenset: '{}'}


def short_repr(value, depth=2):
    kind = type(value)
    if kind in _PLAIN:
        return cut(_plain(value))
    if kind in _NESTED and depth:
        opening, closing = _NESTED[kind]
        items = [short_repr(item, depth - 1) for item in list(value)[:8]]
        if len(value) > 8:
            items.append('…')
        if kind in (set, frozenset):
            items.sort()
        return cut(opening + ', '.join(items) + (',' if kind is tuple and len(value) == 1 else '') + closing)
    if kind is dict and depth:
        items = [f'{short_repr(k, 0)}: {short_repr(v, depth - 1)}' for k, v in list(value.items())[:8]]
        return cut('{' + ', '.join(items + ['…'] * (len(value) > 8)) + '}')
    return f'<{kind.__qualname__}>'


def _plain(value):
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() > 400:
        return f'<int of {value.bit_length()} bits>'
    if isinstance(value, (str, bytes)):
        return repr(value[:LONGEST])
    return repr(value)


def cut(text):
    return text if len(text) <= LONGEST else text[:LONGEST - 1] + '…'


#: As ``TRACEBACK``: whatever the class of an exception does with the names of its attributes.
ARGS = BaseException.__dict__['args'].__get__


def shown_error(error):
    """``Type: message``. The message of a built-in exception with plain arguments; otherwise the type alone."""
    kind = type(error)
    args = ARGS(error)
    if all(type(arg) in _PLAIN for arg in args) and kind.__str__ in _KNOWN_STR:
        message = cut(BaseException.__str__(error) if kind.__str__ is BaseException.__str__ else kind.__str__(error))
    else:
        message = ''
    return f'{kind.__qualname__}: {message}' if message else kind.__qualname__


#: Some override ``__str__``, NameError and AttributeError among them.
_KNOWN_STR = {kind.__str__ for kind in vars(builtins).values() if isinstance(kind, type) and issubclass(kind, BaseException)}


def seconds(value):
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return '? s'
    return '∞' if value == math.inf else f'{value:g} s'


def future_label(future):
    get_name = getattr(future, 'get_name', None)
    if get_name is not None:
        return cut(str(get_name()))
    return 'gather' if type(future).__name__ == '_GatheringFuture' else 'future'
