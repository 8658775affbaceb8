"""What a task runs that is no coroutine of Python's own: an object of a class with the methods of one, or a step of an asynchronous generator."""

import gc
import types

#: The first that is written in Python is what the task calls, or what gives it something to call.
METHODS = ('send', '__next__', '__await__')


def code_number(places, coro):
    """The number of what tells best which code that is; 0 if none is written in Python."""
    try:
        generator = generator_of(coro)
        if generator is not None:
            # asyncio itself closes generators that nobody finished in tasks: those are not the program's code.
            return 0 if type(coro).__name__ == 'async_generator_athrow' else places.code(generator.ag_code, generator.__qualname__)
        kind = type(coro)
        for name in METHODS:
            code = getattr(getattr(kind, name, None), '__code__', None)
            if isinstance(code, types.CodeType):
                return places.code(code, kind.__qualname__, kind)
    except Exception:
        # A class of the program, which may do anything: the program must not notice.
        pass
    return 0


def generator_of(step, depth=2):
    """The asynchronous generator of ``anext(generator)`` or ``generator.asend(…)``. They do not tell it themselves."""
    if type(step).__module__ != 'builtins' or depth == 0:
        return None
    for each in gc.get_referents(step):
        if type(each) is types.AsyncGeneratorType:
            return each
        found = generator_of(each, depth - 1)
        if found is not None:
            return found
    return None
