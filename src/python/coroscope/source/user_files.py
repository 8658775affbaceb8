"""Which files are the user's own code, and which are of the standard library, of installed packages or of the tracer."""

import functools
import os
import sysconfig

from .. import FOLDER


class UserFiles(dict):
    """file name → whether it is the user's own code. Not the user's: the standard library, installed packages, the tracer."""

    def __init__(self):
        super().__init__()
        # Computed before the program begins, since it may change paths.
        foreign_roots()

    def __missing__(self, file):
        # Relative paths are relative to the program's working directory.
        known = self[file] = is_user(file) if os.path.isabs(file) else is_user.__wrapped__(file)
        return known


@functools.lru_cache(maxsize=None)
def foreign_roots():
    """Folders of foreign code. Cached: they do not change in an interpreter, and take milliseconds to compute."""
    paths = sysconfig.get_paths()
    roots = [FOLDER, *(paths.get(name, '') for name in ('stdlib', 'platstdlib', 'purelib', 'platlib'))]
    roots.append(os.path.dirname(os.path.abspath(os.__file__)))
    return tuple({os.path.normcase(os.path.realpath(root)) + os.sep for root in roots if root} |
                 {os.path.normcase(root) + os.sep for root in roots if root})


@functools.lru_cache(maxsize=2000)
def is_user(file):
    if file.startswith('<') and file.endswith('>'):
        return file in ('<string>', '<stdin>')
    path = os.path.normcase(os.path.abspath(file))
    parts = path.replace('\\', '/').split('/')
    return not (path.startswith(foreign_roots()) or 'site-packages' in parts or 'dist-packages' in parts)
