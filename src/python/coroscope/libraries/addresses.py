"""``example.com/items`` of an address: host, port if it is not the usual one, and path. No user, password, query or fragment."""

import re

from ..records.shown_path import shown_path

_ADDRESS = re.compile(r'(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?:[^/?#]*@)?(?P<host>\[[0-9A-Fa-f:.]*\]|[^/?#@:\s]*)(?P<port>:\d+)?(?P<path>/[^?#]*)?')
_USUAL = {'http': ':80', 'ws': ':80', 'https': ':443', 'wss': ':443'}
_LIBRARIES = ('yarl', 'httpx')
LONGEST_HOST = 80


def shown_address(address):
    """'' for what is no whole address."""
    if type(address) is not str:
        if not type(address).__module__.startswith(_LIBRARIES):
            return ''
        address = str(address)
    found = _ADDRESS.match(address[:2000])
    if found is None:
        return ''
    port = found['port'] or ''
    if port == _USUAL.get(found['scheme'].lower()):
        port = ''
    path = shown_path(found['path'] or '')
    return found['host'][:LONGEST_HOST] + port + ('' if path == '/' else path)
