"""What an exception group holds."""

from ..record.tasks import raised_at

# A program that gathers a thousand failures has one message all the same.
MOST = 20
try:
    HELD = BaseExceptionGroup.exceptions.__get__
except NameError:
    # Until 3.10 there are none.
    HELD = None


def exceptions_in(places, error):
    """(type, message, site) of the first exceptions in a group, those in its groups too; none for other exceptions."""
    found = []
    if HELD is None or not issubclass(type(error), BaseExceptionGroup):
        return found
    left = [error]
    while left and len(found) < MOST:
        at = left.pop()
        # By its type: `isinstance` asks the object for its class.
        if issubclass(type(at), BaseExceptionGroup):
            left.extend(reversed(HELD(at)))
            continue
        try:
            message = str(at)
        except Exception:
            message = ''
        found.append((type(at).__qualname__, message, raised_at(places, at)))
    return found
