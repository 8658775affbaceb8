"""Coroscope's tracer: records how the tasks of an asyncio program ran, waited and woke each other.

Pure standard library, CPython 3.9 and later, the same code in a child process and in WebAssembly.
``python coroscope run FILE`` is its command line; the records are described in ``docs/trace-format.md``.
"""

import os

#: Where the tracer's own code is.
FOLDER = os.path.dirname(os.path.abspath(__file__))

__version__ = '0.1.0'
