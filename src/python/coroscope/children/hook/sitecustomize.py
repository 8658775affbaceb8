"""Found by each Python that a followed program starts. Begins to record, and is not seen otherwise: the one of this name that would have been
imported without it is imported in its place."""

import os
import sys


def record():
    folder = os.environ.get('COROSCOPE_CHILDREN', '')
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [path for path in sys.path if os.path.abspath(path) != here]
    own = sys.modules.pop('sitecustomize', None)
    try:
        import sitecustomize  # noqa: F401
    except ImportError as error:
        if error.name != 'sitecustomize':
            raise
        # Whoever imports this one gets it.
        sys.modules['sitecustomize'] = own
    if not folder or not os.path.isdir(folder) or sys.version_info < (3, 9):
        return
    package = os.path.dirname(os.path.dirname(here))
    sys.path.insert(0, os.path.dirname(package))
    try:
        from coroscope.children import child
    finally:
        sys.path.pop(0)
    # Before 3.10 it is not known what stands before the program's own arguments.
    child.record(folder, getattr(sys, 'orig_argv', ['python', *sys.argv])[1:])


try:
    record()
except Exception:
    # The program runs as it would without.
    pass
