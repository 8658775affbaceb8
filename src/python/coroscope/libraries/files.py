"""aiofiles: ``readline notes.txt``. Files by their names, without the folders."""

import os
import pathlib

from ..records.arguments import HIDDEN, looks_secret

_PATHS = (pathlib.PosixPath, pathlib.WindowsPath)
_MODULES = ('io', '_io')
LONGEST = 60


def shown_file(path):
    if type(path) in _PATHS:
        path = str(path)
    if type(path) is not str:
        return ''
    name = os.path.basename(path)
    return HIDDEN if len(name) > LONGEST or looks_secret(name) else name


def opening(names):
    return f'open {shown_file(names.get("file"))}'.strip()


def method(names):
    file = names['self']._file
    name = shown_file(file.name) if type(file).__module__ in _MODULES and hasattr(file, 'name') else ''
    return f'{names["attr_name"]} {name}' if name else ''


CALLS = {
    ('aiofiles.threadpool', '_open'): opening,
    ('aiofiles.threadpool.utils', 'method'): method,
}
