"""Requests to ASGI servers: uvicorn and hypercorn make a task for each, whose coroutine holds the scope. Starlette and FastAPI write into the
scope which route it is."""

import sys

from ..records.shown_path import shown_path
from ..waits.network import address
from .shown import handler_fields, traceparent_in


#: Routes of which it is remembered what is told of them.
MOST_ROUTES = 1000


class Asgi:
    """``find(frame locals)``: the scope, and another thing; ``status`` tells of that what was answered."""

    def __init__(self, server, find, status):
        self.server = server
        self._find = find
        self._status = status
        self.began = self.begun = None
        self._known = {}

    def things(self, names):
        scope, more = self._find(names)
        return (scope, more) if type(scope) is dict and scope.get('type') in ('http', 'websocket') else None

    def first(self, things):
        scope, _ = things
        client = scope.get('client')
        headers = scope.get('headers')
        traceparent = next((value for name, value in headers if name == b'traceparent'), '') if type(headers) is list else ''
        return {
            'name': f'{method_of(scope)} {shown_path(scope.get("path"))}',
            'peer': address(tuple(client)) if client else '',
            'server': self.server,
            'traceparent': traceparent_in(traceparent),
        }

    def later(self, things, places, result):
        scope, more = things
        key = method_of(scope), scope.get('endpoint'), scope.get('route')
        try:
            known = self._known.get(key)
            if known is None:
                if len(self._known) >= MOST_ROUTES:
                    self._known.clear()
                known = self._known[key] = self._about(scope, places)
        except TypeError:
            # An endpoint of a class whose instances have no hash.
            known = self._about(scope, places)
        status = self._status(more)
        return {**known, 'status': int(status)} if isinstance(status, int) else known

    def _about(self, scope, places):
        route = route_of(scope)
        fields = {'route': f'{method_of(scope)} {route}'} if route else {}
        fields.update(handler_fields(places, scope.get('endpoint')))
        return fields


def method_of(scope):
    return 'WS' if scope['type'] == 'websocket' else scope.get('method', '')


def route_of(scope):
    """``/items/{id}``: FastAPI writes down the route; Starlette only the endpoint and the parameters, with which its routes are searched."""
    path = getattr(scope.get('route'), 'path', None)
    if type(path) is str:
        return path
    endpoint, router = scope.get('endpoint'), scope.get('router')
    return search(getattr(router, 'routes', ()), endpoint, '', 8) if endpoint is not None else ''


def search(routes, endpoint, before, depth):
    """The path of the only route that leads to an endpoint; '' for none or several."""
    found = []
    for route in list(routes or ())[:1000] if type(routes) is list else ():
        path = getattr(route, 'path', None)
        if type(path) is not str:
            continue
        if getattr(route, 'endpoint', None) is endpoint:
            found.append(before + path)
        elif depth:
            inner = search(getattr(route, 'routes', None), endpoint, before + path, depth - 1)
            if inner:
                found.append(inner)
    return found[0] if len(found) == 1 else ''


# uvicorn: the cycle of a request and its response notes itself how far it has got.

STATUS = '_coroscope_status'


def uvicorn_http(names):
    cycle = names.get('self')
    return getattr(cycle, 'scope', None), cycle


def install_uvicorn(serving, module):
    cycle = module.RequestResponseCycle
    library = Asgi('uvicorn', uvicorn_http, lambda cycle: vars(cycle).get(STATUS))

    def started(cycle, value):
        if value:
            # Frame 1 is ``__set__``, 2 is ``send``, which has the message of the application.
            names = sys._getframe(2).f_locals
            message = names.get('message')
            if type(message) is dict:
                vars(cycle)[STATUS] = message.get('status')
            if type(names) is dict:
                # Before 3.13 the frame keeps this copy.
                names.clear()

    def complete(cycle, value):
        request = vars(cycle).get('_coroscope')
        if value and request is not None:
            serving.answered(request)

    library.begun = lambda request: vars(request.things[1]).__setitem__('_coroscope', request)
    serving.serves(cycle.run_asgi, library)
    serving.watch(cycle, 'response_started', started)
    serving.watch(cycle, 'response_complete', complete)


def install_uvicorn_websockets(serving, module):
    protocol = getattr(module, 'WebSocketProtocol', None) or module.WSProtocol
    serving.serves(protocol.run_asgi, Asgi('uvicorn', uvicorn_http, lambda protocol: getattr(protocol, 'close_code', None)))


# hypercorn

def hypercorn(names):
    return names.get('scope'), names.get('send')


def hypercorn_status(send):
    response = getattr(getattr(send, '__self__', None), 'response', None)
    return response.get('status') if type(response) is dict else None


def install_hypercorn(serving, module):
    serving.serves(module._handle, Asgi('hypercorn', hypercorn, hypercorn_status))


MODULES = {
    'uvicorn.protocols.http.h11_impl': install_uvicorn,
    'uvicorn.protocols.http.httptools_impl': install_uvicorn,
    'uvicorn.protocols.websockets.websockets_impl': install_uvicorn_websockets,
    'uvicorn.protocols.websockets.websockets_sansio_impl': install_uvicorn_websockets,
    'uvicorn.protocols.websockets.wsproto_impl': install_uvicorn_websockets,
    'hypercorn.asyncio.task_group': install_hypercorn,
}
