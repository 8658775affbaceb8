"""``python coroscope run FILE``: see ``cli.py``. Where the wheel is installed, ``python -m coroscope`` is the command that people use.
This file runs on any Python, to tell an old one what is missing."""

import os
import sys

if sys.version_info < (3, 9):
    sys.stderr.write('Coroscope needs Python 3.9 or later; this is Python %d.%d (%s).\n' % (sys.version_info[0], sys.version_info[1], sys.executable))
    sys.exit(96)

folder = os.path.dirname(os.path.abspath(__file__))
if __package__ and os.path.isdir(os.path.join(folder, 'command')):
    from coroscope.command.main import main
    sys.exit(main())

# The folder itself must not be on sys.path: its modules would shadow others of the same name.
sys.path[:] = [path for path in sys.path if os.path.abspath(path or '.') != folder] if sys.path and os.path.abspath(sys.path[0] or '.') == folder else sys.path
sys.path.insert(0, os.path.dirname(folder))
try:
    from coroscope import cli
finally:
    sys.path.pop(0)

cli.main(sys.argv[1:])
