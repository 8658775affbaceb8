"""Requests of the clients of aiohttp and httpx: ``GET example.com/items``."""

import re

from .addresses import shown_address

_METHOD = re.compile(r'[A-Za-z]{1,16}')


def request(method, address):
    """'' where the address is not known."""
    shown = shown_address(address)
    known = type(method) is str and _METHOD.fullmatch(method)
    return f'{method.upper() if known else "request"} {shown}' if shown else ''


def of_session(names):
    # After a redirection, and below a base address, it is another one.
    return request(names.get('method'), names.get('url')) or request(names.get('method'), names.get('str_or_url'))


def of_response(names):
    response = names['self']
    return request(response.method, response._url if hasattr(response, '_url') else response._real_url)


def of_websocket(verb):
    def name(names):
        shown = shown_address(names['self']._response._url)
        return f'WebSocket {verb} {shown}' if shown else f'WebSocket {verb}'
    return name


def of_httpx(names):
    return request(names['request'].method, names['request'].url)


def of_httpx_response(names):
    asked = getattr(names['self'], '_request', None)
    return '' if asked is None else request(asked.method, asked.url)


CALLS = {
    ('aiohttp.client', '_request'): of_session,
    ('aiohttp.client_reqrep', 'start'): of_response,
    ('aiohttp.client_reqrep', 'read'): of_response,
    ('aiohttp.client_ws', 'receive'): of_websocket('recv'),
    ('aiohttp.client_ws', 'close'): of_websocket('close'),
    **{('aiohttp.client_ws', each): of_websocket('send') for each in ('send_str', 'send_bytes', 'send_frame')},
    ('httpx._client', '_send_single_request'): of_httpx,
    ('httpx._client', 'send'): of_httpx,
    **{('httpx._models', each): of_httpx_response for each in ('aread', 'aiter_raw', 'aclose')},
}
