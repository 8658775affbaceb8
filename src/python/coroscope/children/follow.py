"""Has the processes that this one starts record themselves."""

import os
import sys

from .. import FOLDER
from . import child

HOOK = os.path.join(FOLDER, 'children', 'hook')


def follow(session, folder, show_arguments, library_calls=True):
    """Each Python that the program starts with its environment records itself into ``folder``, and so does each fork."""
    before = session.also_in_child

    def forked():
        before()
        child.record(folder, sys.argv)

    session.also_in_child = forked
    os.environ['COROSCOPE_CHILDREN'] = folder
    if not show_arguments:
        os.environ['COROSCOPE_NO_ARGUMENTS'] = '1'
    if not library_calls:
        os.environ['COROSCOPE_NO_LIBRARY_CALLS'] = '1'
    paths = os.environ.get('PYTHONPATH', '')
    os.environ['PYTHONPATH'] = HOOK + (os.pathsep + paths if paths else '')
