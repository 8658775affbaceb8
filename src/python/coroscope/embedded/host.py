"""The channel of the embedded Python to its host: devices in its file system. It needs no JavaScript object, so none is
left where a program could find it (see ``restrictions.py``)."""

import fcntl
import json
import os
import struct

from . import run as embedded

FOLDER = '/dev/coroscope'
#: Far above the numbers that programs get. Each device has its own, so that a closed one is not mistaken for another.
TRACE, HEED, CPU, WHY, STOPPED = range(1000, 1050, 10)


class Device:
    """A device that is reopened if the program closed all descriptors. Its functions are bound once: tests of programs may replace
    such functions."""

    def __init__(self, name, number, flags, call, open=os.open, close=os.close, move=fcntl.fcntl):
        self._path = f'{FOLDER}/{name}'
        self._number = number
        self._flags = flags
        self._call = call
        self._calls = open, close, move
        self._fd = None

    def __call__(self, what):
        try:
            return self._call(self._fd, what)
        except (OSError, TypeError):
            open, close, move = self._calls
            low = open(self._path, self._flags)
            self._fd = move(low, fcntl.F_DUPFD, self._number)
            close(low)
            return self._call(self._fd, what)


write_trace = Device('trace', TRACE, os.O_WRONLY, os.write)
_heed = Device('heed', HEED, os.O_WRONLY, os.write)
_cpu = Device('cpu', CPU, os.O_RDONLY, os.read)
_why = Device('why', WHY, os.O_RDONLY, os.read)
_stopped = Device('stopped', STOPPED, os.O_WRONLY, os.write)


def cpu_time():
    return struct.unpack('<d', _cpu(8))[0]


def heed(on):
    _heed(b'1' if on else b'0')


def stopped():
    """The program was stopped: what it still prints is not shown."""
    _stopped(b'1')


def why():
    """Why the host interrupts: ``interrupt``, ``cancelled`` or ``wall-time``; ``sample``: to be shown where the program stands."""
    return _why(16).decode()


def belong(user):
    """Sets the environment variables (JSON). A restored interpreter still has those of the one that it was copied from."""
    for name in ('HOME', 'USER', 'LOGNAME', 'LANG'):
        os.environ.pop(name, None)
    os.environ.update(json.loads(user))


def serve(order):
    """Runs the program of an order (JSON of the host's ``RunOrder``, and ``cpu``: whether the host can tell CPU time) and returns its exit code."""
    order = json.loads(order)
    limits = order['limits']
    options = {
        'max_steps': limits['steps'], 'max_virtual_time': limits['virtualTime'], 'max_wall_time': limits['wallTime'],
        'whole': order['whole'], 'heed': heed, 'why': why, 'stopped': stopped, 'cpu_time': cpu_time if order['cpu'] else None,
        'zone': order['zone'], 'simulation': order.get('simulation'), 'what_if': order.get('whatIf'), 'ties': order.get('ties'),
        'plan': order.get('plan'), 'asks': order.get('asks'), 'arguments': order.get('arguments'),
    }
    return embedded.run(order['source'], order['file'], order['argv'], options, write_trace)
