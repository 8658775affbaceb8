"""Makes tzdata.zip, the time zones of the embedded Python, from those of this machine: python3 make-tzdata.py [/usr/share/zoneinfo]

Laid out as the package ``tzdata``, where ``zoneinfo`` looks for what the system does not have. Transitions that the rule at the end of a
file repeats are left out: what counts is the rule. The data are in the public domain (https://www.iana.org/time-zones).
"""

import io
import struct
import sys
import zipfile
from datetime import datetime, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

OUT = Path(__file__).parent / 'tzdata.zip'
#: Kept: whatever the clocks did up to here. Later transitions follow the rule, as long as they are what the rule says.
UNTIL = 1_780_000_000
HEADER = struct.Struct('>4sc15x6l')


def main(folder):
    names, files = [], {}
    for path in sorted(folder.rglob('*')):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not name.startswith(('posix/', 'right/')) and path.read_bytes()[:4] == b'TZif':
            if name in ('localtime', 'posixrules', 'Factory'):
                continue
            names.append(name)
            whole = path.read_bytes()
            less = slim(whole)
            # Morocco's rule does not say what Ramadan does to its clocks.
            files[name] = less if agree(whole, less) else whole
    with zipfile.ZipFile(OUT, 'w', zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        def write(name, data):
            out.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED, 9)

        packages = {'tzdata', 'tzdata/zoneinfo'} | {
            f'tzdata/zoneinfo/{parent.as_posix()}' for name in names for parent in Path(name).parents if parent.as_posix() != '.'}
        for package in sorted(packages):
            write(f'{package}/__init__.py', b'')
        write('tzdata/zones', '\n'.join(names) + '\n')
        for name in names:
            write(f'tzdata/zoneinfo/{name}', files[name])
    print(f'{len(names)} zones, {OUT.stat().st_size:,} bytes')


def slim(data):
    """A file of version 2 and later without its 32-bit part, and without transitions that its rule repeats."""
    _, version, *counts = HEADER.unpack_from(data)
    if version < b'2':
        return data
    at = HEADER.size + size_of(counts, 4)
    _, _, isut, isstd, leap, times, types, chars = HEADER.unpack_from(data, at)
    start = at + HEADER.size
    moments = list(struct.unpack_from(f'>{times}q', data, start))
    kinds = data[start + 8 * times:start + 9 * times]
    rest = start + 9 * times
    after = rest + 6 * types + chars
    footer = data[after + 12 * leap + isstd + isut:]
    while len(moments) > 1 and moments[-1] > UNTIL and footer.strip(b'\n'):
        moments.pop()
    times = len(moments)
    empty = HEADER.pack(b'TZif', version, 0, 0, 0, 0, 1, 1) + b'\0' * 7
    head = HEADER.pack(b'TZif', version, 0, 0, leap, times, types, chars)
    body = struct.pack(f'>{times}q', *moments) + kinds[:times] + data[rest:after + 12 * leap]
    return empty + head + body + footer


def agree(one, other):
    one, other = (ZoneInfo.from_file(io.BytesIO(data)) for data in (one, other))
    moments = (datetime.fromtimestamp(86_400 * 5 * day, timezone.utc) for day in range(0, 73 * 75))
    return all(str(each.astimezone(one)) == str(each.astimezone(other)) for each in moments)


def size_of(counts, width):
    isut, isstd, leap, times, types, chars = counts
    return times * (width + 1) + 6 * types + chars + leap * (width + 4) + isstd + isut


if __name__ == '__main__':
    main(Path(sys.argv[1] if len(sys.argv) > 1 else '/usr/share/zoneinfo'))
