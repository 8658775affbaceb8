"""The functions of libraries that are known, by module and name."""

from . import databases, files, http, redis_client, websockets_client

#: (module, function) → what gives the name of a call, from the local variables of its frame; '' if it cannot tell.
CALLS = {**databases.CALLS, **redis_client.CALLS, **http.CALLS, **websockets_client.CALLS, **files.CALLS}

#: (module, function) that waits for one of a client's connections to become free. True: only where it waits itself.
POOLS = {
    ('aiohttp.connector', 'connect'): True,
    ('aiohttp.connector', '_wait_for_available_connection'): False,
    ('httpcore._async.connection_pool', 'wait_for_connection'): False,
}


class Call:
    """Where in an await chain a library was called: ``depth`` frames further out than the innermost."""

    __slots__ = ('_depth', '_code', '_name', 'pool')

    def __init__(self, depth, code, name, pool):
        self._depth = depth
        self._code = code
        self._name = name
        #: Whether what it waits for is a connection of its pool.
        self.pool = pool

    def name(self, frames):
        """Of the call that stands there now; '' if it is not known. ``frames``: those of the chain, outermost first."""
        if len(frames) <= self._depth:
            return ''
        frame = frames[-1 - self._depth]
        if frame.f_code is not self._code:
            return ''
        names = frame.f_locals
        try:
            return self._name(names)
        except Exception:
            # Another version of the library.
            return ''
        finally:
            if type(names) is dict:
                # Before 3.13 the frame keeps this copy, and would hold the values for as long as it lives.
                names.clear()


def call_in(frames, user_files):
    """The innermost call of a known library in a chain, up to the first frame of the user's own; None if there is none."""
    pool = False
    for depth, frame in enumerate(reversed(frames)):
        code = frame.f_code
        if user_files[code.co_filename]:
            return None
        module = frame.f_globals.get('__name__')
        if type(module) is not str:
            continue
        place = module, code.co_name
        pool = pool or place in POOLS and (depth == 0 or not POOLS[place])
        name = CALLS.get(place)
        if name is not None:
            return Call(depth, code, name, pool)
    return None
