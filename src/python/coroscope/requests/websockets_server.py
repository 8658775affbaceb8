"""Connections to a server of the library websockets: a task serves each. What it is for is known once the handshake has come."""

from ..records.shown_path import shown_path
from ..waits.network import address
from .shown import handler_fields, traceparent_in


class Websockets:
    """``find(frame locals)``: the connection, and the handler that the program gave."""

    server = 'websockets'
    began = None

    def __init__(self, find):
        self._find = find

    def things(self, names):
        connection, handler = self._find(names)
        # Servers that are built with this library have tasks of their own for that.
        return (connection, handler) if connection is not None and not type(connection).__module__.startswith('uvicorn.') else None

    def first(self, things):
        transport = getattr(things[0], 'transport', None)
        peer = transport.get_extra_info('peername') if transport is not None else None
        return {'name': 'WS', 'peer': address(peer), 'server': self.server, **asked(things[0])}

    def later(self, things, places, result):
        connection, handler = things
        fields = {**asked(connection), **handler_fields(places, handler)}
        code = getattr(connection, 'close_code', None)
        if isinstance(code, int):
            fields['status'] = int(code)
        return fields

    @staticmethod
    def begun(request):
        vars(request.things[0])['_coroscope'] = request


def asked(connection):
    """What the handshake asked for, once it has come."""
    request = getattr(connection, 'request', None)
    path = getattr(request, 'path', None) or vars(connection).get('path')
    headers = getattr(request, 'headers', None) or vars(connection).get('request_headers')
    traceparent = headers.get('traceparent') if headers is not None else None
    return {'name': f'WS {shown_path(path)}', 'traceparent': traceparent_in(traceparent)} if type(path) is str else {}


def noting(serving):
    def noted(connection, value):
        request = vars(connection).get('_coroscope')
        if value is not None and request is not None:
            serving.tell(request, asked(connection))

    return noted


def install_legacy(serving, module):
    protocol = module.WebSocketServerProtocol
    serving.serves(protocol.handler, Websockets(lambda names: (names.get('self'), getattr(names.get('self'), 'ws_handler', None))))
    # The path comes before the headers, in one step.
    serving.watch(protocol, 'path', noting(serving))


def install_new(serving, module):
    serving.serves(module.Server.conn_handler,
                   Websockets(lambda names: (names.get('connection'), getattr(names.get('self'), 'handler', None))))
    serving.watch(module.ServerConnection, 'request', noting(serving))


MODULES = {'websockets.legacy.server': install_legacy, 'websockets.asyncio.server': install_new}
