"""Runs the tracer with one of its own functions made to fail: ``fault.py MODULE:NAME CALL PROGRAM`` fails from call CALL on.

``MODULE:Class.name`` is a function of the package ``coroscope``, which stands on ``sys.path``. What follows PROGRAM is the tracer's options.
"""

import functools
import importlib
import sys


def main(place, call, folder, *argv):
    sys.path.insert(0, folder)
    module, _, path = place.partition(':')
    owner = importlib.import_module(f'coroscope.{module}')
    *classes, name = path.split('.')
    for each in classes:
        owner = getattr(owner, each)
    original = getattr(owner, name)
    count = 0

    @functools.wraps(original)
    def failing(*args, **kwargs):
        nonlocal count
        count += 1
        if count >= int(call):
            raise ZeroDivisionError(f'injected into {place}')
        return original(*args, **kwargs)

    setattr(owner, name, failing)
    from coroscope import cli
    sys.path.pop(0)
    cli.main(argv)


main(*sys.argv[1:])
