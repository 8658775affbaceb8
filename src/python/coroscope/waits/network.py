"""What a task waits for on the network and in pipes: streams, sockets, connections, servers, names.

Each function takes a ``Waiting`` and gives (kind, label, fields, key), as those of ``waiting`` do. ``fields.peer`` is the other side
(``127.0.0.1:5432``, a path, ``stdout of git log``), or the own address where somebody is waited for. ``fields.own`` is this side of a stream.
"""

import asyncio


def address(name):
    """``127.0.0.1:80``, ``[::1]:80``, or the path of a Unix socket; '' for a nameless one."""
    if isinstance(name, tuple) and len(name) >= 2:
        host, port = name[:2]
        return f'[{host}]:{port}' if ':' in str(host) else f'{host}:{port}'
    if isinstance(name, bytes):
        return name.decode(errors='replace').replace('\0', '@')
    return name if isinstance(name, str) else ''


def other_side(transport):
    """The other end of a transport: the peer's address, the pipe of a subprocess, the name of a file; '' if unknown."""
    try:
        return '' if transport is None else _other_side(transport)
    except Exception:
        # A closed transport does not answer, and transports of libraries may raise.
        return ''


def _other_side(transport):
    info = transport.get_extra_info
    protocol = getattr(transport, 'get_protocol', lambda: None)()
    process = getattr(getattr(protocol, 'proc', None), '_coroscope', None)
    if process is not None:
        stream = {0: 'stdin', 1: 'stdout', 2: 'stderr'}.get(getattr(protocol, 'fd', None), 'pipe')
        return f'{stream} of {process.label}'
    found = address(info('peername')) or address(info('sockname'))
    return found or address(getattr(info('pipe'), 'name', ''))


def own_side(transport):
    """The own address of a connection; '' if there is none."""
    try:
        return '' if transport is None else address(transport.get_extra_info('sockname'))
    except Exception:
        return ''


def peer_of(connection):
    """The other side of a connection of a library's: of an object that keeps its transport as ``transport``. '' for anything else."""
    try:
        transport = getattr(connection, 'transport', None)
        return other_side(transport) if isinstance(transport, asyncio.BaseTransport) else ''
    except Exception:
        # It may be a property, of a connection that is closed.
        return ''


def of_socket(sock, own=False):
    try:
        return address(sock.getsockname() if own else sock.getpeername())
    except (OSError, AttributeError):
        return ''


def told(kind, verb, peer, otherwise):
    """``read from 127.0.0.1:5432``, or asyncio's own name for it if the peer is unknown."""
    return (kind, f'{verb} {peer}', {'peer': peer}, peer) if peer else (kind, otherwise, {}, None)


def stream_read(w):
    transport = getattr(w.local('self'), '_transport', None)
    kind, label, fields, key = told('stream.read', 'read from', other_side(transport), 'stream read')
    own = own_side(transport)
    # With both ends one can tell whether the other side waits to read as well.
    return (kind, label, dict(fields, own=own), (key, own)) if own and own != key else (kind, label, fields, key)


def stream_drain(w):
    protocol = w.local('self')
    transport = getattr(protocol, '_transport', None) or getattr(w.outer_local('self'), '_transport', None)
    return told('stream.write', 'write to', other_side(transport), 'stream drain')


def stream_close(w):
    return told('stream.close', 'close', other_side(getattr(w.local('self'), '_transport', None)), 'stream wait_closed()')


def connecting(w):
    """The setup of an open connection: the transport's first turn, or the TLS handshake."""
    return told('connect', 'connect to', of_socket(w.local('sock')), 'connect')


def sock_connect(w):
    return told('connect', 'connect to', address(w.local('address')), 'sock_connect()')


def sock_accept(w):
    return told('accept', 'accept on', of_socket(w.local('sock'), own=True), 'sock_accept()')


def sock_read(w):
    return told('socket', 'read from', of_socket(w.local('sock')), 'sock_recv()')


def sock_write(w):
    return told('socket', 'write to', of_socket(w.local('sock')) or address(w.local('address')), 'sock_sendall()')


def look_up(w):
    host = w.local('host')
    return told('dns', 'look up', host if isinstance(host, str) else '', 'getaddrinfo()')


def serving(w):
    sockets = getattr(w.local('self'), 'sockets', None) or ()
    return told('server', 'serve on', ', '.join(filter(None, (of_socket(each, own=True) for each in sockets))), 'serve_forever()')


def server_closed(w):
    return 'server', 'server.wait_closed()', {}, None


#: By the module and function of asyncio's that waits.
NETWORK = {
    ('streams', '_wait_for_data'): stream_read,
    ('streams', 'drain'): stream_drain,
    ('streams', '_drain_helper'): stream_drain,
    ('streams', 'wait_closed'): stream_close,
    ('selector_events', 'sock_accept'): sock_accept,
    ('selector_events', 'sock_connect'): sock_connect,
    ('selector_events', '_sock_connect'): sock_connect,
    ('selector_events', 'sock_recv'): sock_read,
    ('selector_events', 'sock_recv_into'): sock_read,
    ('selector_events', 'sock_recvfrom'): sock_read,
    ('selector_events', 'sock_recvfrom_into'): sock_read,
    ('selector_events', 'sock_sendall'): sock_write,
    ('selector_events', 'sock_sendto'): sock_write,
    ('base_events', '_create_connection_transport'): connecting,
    ('base_events', 'getaddrinfo'): look_up,
    ('base_events', 'serve_forever'): serving,
    ('base_events', 'wait_closed'): server_closed,
}
