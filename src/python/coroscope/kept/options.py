"""What is kept, and when it is written: as parameters, and behind the path of ``COROSCOPE``."""

import re
import signal
from typing import NamedTuple

#: Without a size no more than this is kept: a step takes 48 bytes.
MOST_BYTES = 64 << 20
MOST_DUMPS = 20
_TIMES = {'ms': 0.001, 's': 1, 'm': 60, 'min': 60, 'h': 3600}
_SIZES = {'kb': 1 << 10, 'mb': 1 << 20, 'gb': 1 << 30}
_AMOUNT = re.compile(r'(\d+(?:\.\d+)?|\.\d+)\s*([a-z]*)', re.IGNORECASE)
_NAMES = ('keep', 'slow_request', 'blocked', 'dump_on', 'dumps')


class Options(NamedTuple):
    #: Seconds and bytes, None: all is kept, in the file.
    keep: 'tuple[float, int] | None' = None
    slow_request: 'float | None' = None
    blocked: 'float | None' = None
    #: Number of a signal.
    dump_on: 'int | None' = None
    dumps: int = MOST_DUMPS


def options(keep=None, slow_request=None, blocked=None, dump_on=None, dumps=None):
    """Raises ValueError or TypeError."""
    found = Options(
        None if keep is None else kept(keep),
        None if slow_request is None else seconds('slow_request', slow_request),
        None if blocked is None else seconds('blocked', blocked),
        None if dump_on is None else signal_number(dump_on),
        MOST_DUMPS if dumps is None else count(dumps),
    )
    if found.keep is None and (found.slow_request is not None or found.blocked is not None):
        raise ValueError('slow_request and blocked write the last seconds: give keep, too, such as keep="30s".')
    return found


def kept(value):
    found = _AMOUNT.fullmatch(value.strip()) if isinstance(value, str) else None
    unit = found.group(2).lower() if found else ''
    if unit in _SIZES:
        size = int(float(found.group(1)) * _SIZES[unit])
        if size > 0:
            return float('inf'), size
    return seconds('keep', value, ' or a size such as "64MB"'), MOST_BYTES


def seconds(name, value, otherwise=''):
    if isinstance(value, str):
        found = _AMOUNT.fullmatch(value.strip())
        factor = _TIMES.get(found.group(2).lower() or 's') if found else None
        amount = float(found.group(1)) * factor if factor is not None else -1
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        amount = float(value)
    else:
        raise TypeError(f'{name} is seconds, or a text such as "30s", not {type(value).__name__}')
    if not 0 < amount < float('inf'):
        raise ValueError(f'{name} is a time such as "30s" or "200ms"{otherwise}, not {value!r}')
    return amount


def signal_number(value):
    if isinstance(value, str):
        name = value.upper() if value.upper().startswith('SIG') else 'SIG' + value.upper()
        found = getattr(signal, name, None)
        if not isinstance(found, signal.Signals):
            raise ValueError(f'dump_on is a signal such as SIGUSR2, not {value!r}')
        return int(found)
    return int(signal.Signals(value))


def count(value):
    number = int(value)
    if number < 0:
        raise ValueError(f'dumps is how many are written at most, not {value!r}')
    return number


def from_variable(text):
    """(path, options) of ``PATH,keep=30s,blocked=200ms``."""
    given = {}
    path = text
    while True:
        before, comma, last = path.rpartition(',')
        name, equals, value = last.partition('=')
        if not comma or not equals or name.strip() not in _NAMES:
            break
        given.setdefault(name.strip(), value.strip())
        path = before
    return path, options(**given)
