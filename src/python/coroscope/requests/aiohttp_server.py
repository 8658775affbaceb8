"""Requests to an aiohttp server: each has a task of ``RequestHandler._handle_request``, whose result holds the response."""

from ..records.shown_path import shown_path
from ..waits.network import address
from .shown import handler_fields, traceparent_in


class Aiohttp:
    server = 'aiohttp'
    begun = None

    def things(self, names):
        return names.get('request')

    def began(self, names):
        """By the loop's clock: a task that was begun before it was seen."""
        return names.get('start_time')

    def first(self, request):
        peer = getattr(request, '_transport_peername', None)
        message = request._message
        return {
            'name': f'{message.method} {shown_path(message.path)}',
            'peer': address(peer),
            'server': self.server,
            'traceparent': traceparent_in(message.headers.get('traceparent')),
        }

    def later(self, request, places, result):
        fields = {}
        match = getattr(request, '_match_info', None)
        route = getattr(match, '_route', None) or getattr(match, 'route', None)
        resource = getattr(route, '_resource', None)
        canonical = getattr(resource, 'canonical', None)
        if type(canonical) is str:
            fields['route'] = f'{request._message.method} {canonical}'
        # For an unknown path it is a function of aiohttp's own.
        if resource is not None:
            fields.update(handler_fields(places, getattr(route, '_handler', None)))
        if type(result) is tuple and result:
            status = getattr(result[0], '_status', None)
            if isinstance(status, int):
                fields['status'] = int(status)
        return fields


def install(serving, module):
    serving.serves(module.RequestHandler._handle_request, Aiohttp())


MODULES = {'aiohttp.web_protocol': install}
