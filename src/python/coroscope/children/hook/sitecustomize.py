"""Found by each Python that a followed program starts, or that is started with what ``coroscope env`` prints. Begins to record, and is not seen otherwise: the one of this name that would have been
imported without it is imported in its place."""

import os
import sys


def record():
    folder, asked = os.environ.get('COROSCOPE_CHILDREN', ''), os.environ.get('COROSCOPE', '')
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
    followed = bool(folder) and os.path.isdir(folder)
    if not followed and not asked or sys.version_info < (3, 9):
        return
    package = os.path.dirname(os.path.dirname(here))
    sys.path.insert(0, os.path.dirname(package))
    try:
        from coroscope.children import child
    finally:
        sys.path.pop(0)
    # Before 3.10 it is not known what stands before the program's own arguments.
    argv = getattr(sys, 'orig_argv', ['python', *sys.argv])[1:]
    if followed:
        child.record(folder, argv)
    else:
        child.record_as_asked(asked, argv)


try:
    record()
except Exception:
    # The program runs as it would without.
    pass
