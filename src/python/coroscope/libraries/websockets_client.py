"""The websockets library: ``WebSocket recv example.com/chat``. Of a server's connection the path alone."""

from ..records.shown_path import shown_path
from .addresses import shown_address


def legacy(verb):
    def name(names):
        connection = names['self']
        path = shown_path(getattr(connection, 'path', None))
        if not getattr(connection, 'is_client', False):
            return told(verb, path)
        host = getattr(connection, '_host', None)
        scheme = 'wss' if getattr(connection, '_secure', False) else 'ws'
        return told(verb, shown_address(f'{scheme}://{host}:{connection._port}{path}') if type(host) is str else path)
    return name


def modern(verb):
    def name(names):
        connection = names['self']
        uri = getattr(connection.protocol, 'uri', None) or getattr(connection.protocol, 'wsuri', None)
        path = shown_path(getattr(getattr(connection, 'request', None), 'path', None))
        if uri is None:
            return told(verb, path)
        return told(verb, shown_address(f'{"wss" if uri.secure else "ws"}://{uri.host}:{uri.port}{path}'))
    return name


def told(verb, where):
    return f'WebSocket {verb} {where}' if where else f'WebSocket {verb}'


def connecting(names):
    address = getattr(names['self'], '_uri', None) or getattr(names['self'], 'uri', None)
    return told('connect', shown_address(address))


VERBS = {'recv': 'recv', 'send': 'send', 'close': 'close', 'wait_closed': 'wait_closed'}
CALLS = {
    **{('websockets.legacy.protocol', each): legacy(verb) for each, verb in VERBS.items()},
    **{('websockets.asyncio.connection', each): modern(verb) for each, verb in VERBS.items()},
    ('websockets.legacy.client', '__await_impl__'): connecting,
    ('websockets.asyncio.client', '__await_impl__'): connecting,
}
