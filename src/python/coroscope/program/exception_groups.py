"""The exceptions in an exception group."""

from ..records.tasks import raised_at

# At most this many of them are recorded.
MOST = 20
try:
    HELD = BaseExceptionGroup.exceptions.__get__
except NameError:
    # Until 3.10 there are none.
    HELD = None


def exceptions_in(places, error):
    """(type, message, site) of the first exceptions in a group, including nested groups; empty for other exceptions."""
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
