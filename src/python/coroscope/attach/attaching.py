"""Attaches to a process: ``python coroscope attach PID --trace FILE``, with a Python of the version of that process.

What happens is told on stdout, a line of JSON each: ``attached``, then ``ended``; or ``refused``, with a word that says why.
The end of stdin, or ``--for``, ends the record.
"""

import json
import os
import select
import socket
import sys
import tempfile
import time

from .. import FOLDER, __version__
from .nudge import nudge

#: Seconds between the connection and what tells who it is.
SOON = 10.0
#: Nothing of it stays in the module in whose name Python runs it.
SCRIPT = 'exec(%r, {"__builtins__": __builtins__, "orders": %r})\n'
IN_TARGET = '''
import json, socket, sys
line = socket.socket(getattr(socket, orders['family']))
try:
    line.connect(orders['address'])
    line.sendall((orders['token'] + '\\n').encode())
    known = sys.modules.get('coroscope')
    orders['ours'] = known is None
    if known is not None and getattr(known, '__version__', None) != orders['version']:
        raise ImportError('version')
    if known is None:
        sys.path.insert(0, orders['folder'])
    try:
        from coroscope.attach.target import begin
    finally:
        if known is None:
            sys.path.remove(orders['folder'])
    begin(line, orders)
except BaseException as error:
    why = 'version' if isinstance(error, ImportError) and orders.get('ours') is False else 'failed'
    try:
        line.sendall((json.dumps({'refused': why, 'reason': f'{type(error).__name__}: {error}'}) + '\\n').encode())
    except OSError:
        pass
    line.close()
'''


def attach(options):
    """Returns the exit code: 0, or 1 where nothing was recorded."""
    if not hasattr(sys, 'remote_exec'):
        return tell({'refused': 'old', 'reason': '%d.%d' % sys.version_info[:2]})
    with tempfile.TemporaryDirectory(prefix='coroscope-attach-') as folder:
        server, family, address = listen(folder)
        token = os.urandom(16).hex()
        orders = {'family': family, 'address': address, 'token': token, 'trace': os.path.abspath(options.trace), 'folder': os.path.dirname(FOLDER),
                  'version': __version__, 'arguments': not options.no_arguments, 'calls': not options.no_library_calls}
        script = os.path.join(folder, 'attach.py')
        with open(script, 'w', encoding='utf-8') as stream:
            stream.write(SCRIPT % (IN_TARGET, orders))
        give(options.pid, folder, script, *([address] if family == 'AF_UNIX' else []))
        try:
            sys.remote_exec(options.pid, script)
        except (ProcessLookupError, PermissionError, RuntimeError, OSError) as error:
            return tell({'refused': refusal(options.pid, error), 'reason': str(error)})
        line = connected(server, token, options)
        if line is None:
            if not alive(options.pid):
                return tell({'refused': 'gone'})
            # It does nothing at all instead, when it comes to it.
            withdraw(options.pid)
            return tell({'refused': 'busy', 'reason': f'{options.patience:g}'})
        with line:
            return follow(line, options)


def listen(folder):
    """A socket that the process can reach, and how."""
    if hasattr(socket, 'AF_UNIX'):
        address = os.path.join(folder, 'line')
        server = socket.socket(socket.AF_UNIX)
        family = 'AF_UNIX'
    else:
        address = ('127.0.0.1', 0)
        server = socket.socket(socket.AF_INET)
        family = 'AF_INET'
    server.bind(address)
    server.listen()
    return server, family, address if family == 'AF_UNIX' else server.getsockname()


def give(pid, *paths):
    """Whoever may attach to the process of another user has it read these."""
    if not hasattr(os, 'geteuid') or os.geteuid() != 0:
        return
    try:
        owner = os.stat(f'/proc/{pid}')
        for path in paths:
            os.chown(path, owner.st_uid, owner.st_gid)
    except OSError:
        pass


def connected(server, token, options):
    """The line to the process, once it has come to run the script; None if it does not."""
    pid = options.pid
    until = time.monotonic() + options.patience
    pause = 0.02
    with server:
        while time.monotonic() < until and alive(pid):
            server.settimeout(pause)
            try:
                line, _ = server.accept()
            except TimeoutError:
                # It waits, or computes in code that is not Python.
                nudge(pid)
                pause = min(2 * pause, 0.5)
                continue
            line.settimeout(SOON)
            try:
                if line.recv(len(token) + 1, socket.MSG_WAITALL if hasattr(socket, 'MSG_WAITALL') else 0).decode().strip() == token:
                    line.settimeout(None)
                    return line
            except OSError:
                pass
            line.close()
    return None


def withdraw(pid):
    try:
        sys.remote_exec(pid, os.devnull)
    except (OSError, RuntimeError):
        pass


def follow(line, options):
    """Tells what the process tells, until the record ends."""
    ended = 'detached'
    until = None
    stdin = sys.stdin.fileno()
    watched = [line, stdin] if os.name != 'nt' else [line]
    code = 1
    rest = b''
    while True:
        left = None if until is None else max(0.0, until - time.monotonic())
        ready, _, _ = select.select(watched, [], [], left)
        if line in ready:
            data = line.recv(65536)
            rest += data
            *lines, rest = rest.split(b'\n')
            for each in lines:
                told = json.loads(each)
                if 'attached' in told or 'refused' in told:
                    tell(told)
                    code = 0 if 'attached' in told else 1
                    if options.seconds and code == 0:
                        until = time.monotonic() + options.seconds
                if 'refused' in told:
                    return code
                if 'detached' in told:
                    return tell({'ended': ended})
            if not data:
                return tell({'ended': 'process'}) if code == 0 else tell({'refused': 'gone'})
        elif ready and os.read(stdin, 100):
            continue
        else:
            # The time is over, or whoever started this wants no more. The process says when it has left.
            line.sendall(b'stop\n')
            watched, until = [line], None


def refusal(pid, error):
    """Why ``sys.remote_exec`` did not work, in a word."""
    if isinstance(error, ProcessLookupError) or not alive(pid):
        return 'gone'
    if isinstance(error, PermissionError):
        return 'permission'
    text = str(error)
    if 'not enabled' in text:
        return 'disabled'
    if "Can't send commands" in text or 'version' in text:
        return 'other version'
    return 'no python' if 'PyRuntime' in text else 'failed'


def alive(pid):
    if os.name == 'nt':
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    try:
        with open(f'/proc/{pid}/stat', 'rb') as stream:
            return stream.read().rpartition(b')')[2].split()[0] not in (b'Z', b'X')
    except (OSError, IndexError):
        return True


def tell(what):
    sys.stdout.write(json.dumps(what) + '\n')
    sys.stdout.flush()
    return 1 if 'refused' in what else 0
