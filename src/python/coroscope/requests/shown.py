"""What is shown of a request: who sent it, and the function that answers it."""

import functools
import re
import types

_TRACEPARENT = re.compile(r'[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}')


def traceparent_in(value):
    """The header of W3C Trace Context as text, '' if it is none."""
    if type(value) is bytes:
        value = value.decode('latin-1')
    return value if type(value) is str and _TRACEPARENT.fullmatch(value) else ''


def function_of(handler):
    """The function behind a handler: within partials, methods and what ``functools.wraps`` made; of an instance or a class None."""
    for _ in range(10):
        if type(handler) is types.MethodType:
            handler = handler.__func__
        elif type(handler) is functools.partial:
            handler = handler.func
        elif type(handler) is types.FunctionType and '__wrapped__' in handler.__dict__:
            handler = handler.__dict__['__wrapped__']
        else:
            break
    return handler if type(handler) is types.FunctionType else None


def handler_fields(places, handler):
    """``handler`` (its name) and ``site`` (where it is written), as far as they are known."""
    function = function_of(handler)
    if function is not None:
        return {'handler': function.__qualname__, 'site': places.site(places.root, function.__code__, 0).id}
    kind = handler if isinstance(handler, type) else type(handler)
    name = type.__dict__['__qualname__'].__get__(kind)
    return {'handler': name} if handler is not None else {}
