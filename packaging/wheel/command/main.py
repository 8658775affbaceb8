"""Starts the command: in Node.js where there is one, otherwise what Python can do alone."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import NoReturn, Sequence

from .. import FOLDER, __version__
from .exits import BROKEN, CANCELLED, GOOD, USAGE, complain, show
from .node import Node, find_node
from .texts import Texts, language, printable

#: Commands that run a program: with this Python, if no other is asked for.
RUNNING = ('run', 'check', 'stats')


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command. Returns its exit code."""
    args = list(sys.argv[1:] if argv is None else argv)
    if args[:1] == ['env']:
        # What it prints is about this Python's package.
        return environment(args[1:])
    node = find_node(os.environ)
    if node.path is not None:
        return in_node(node.path, args)
    try:
        return without_node(args, node)
    except KeyboardInterrupt:
        return CANCELLED


def environment(args: list[str]) -> int:
    if len(args) != 1 or args[0].startswith('-'):
        return complain(language(None, os.environ)('Where should the trace go? Write {0}.', 'coroscope env OUT.coroscope'), USAGE)
    before = os.environ.get('PYTHONPATH', '')
    hook = os.path.join(FOLDER, 'children', 'hook')
    path = os.path.abspath(args[0]) + ('/' if args[0].endswith(('/', os.sep)) else '')
    return show(f"PYTHONPATH={hook + (os.pathsep + before if before else '')}\nCOROSCOPE={path}")


def in_node(node: str, args: list[str]) -> int:
    if args and args[0] in RUNNING:
        # An option that comes later wins.
        args = [args[0], '--engine', sys.executable, *args[1:]]
    command = [node, os.path.join(FOLDER, 'javascript', 'cli.js'), *args]
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name != 'nt':
        os.execv(node, command)
    process = subprocess.Popen(command)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            # Node got it too, and ends the run.
            pass


def without_node(args: list[str], node: Node) -> int:
    from .options import Options, Unusable, read
    try:
        options = read(args)
    except Unusable as error:
        text = language(error.lang, os.environ)
        message = text(error.message, *error.holes)
        if not error.node:
            return complain(f"{message} {text('For more, see {0}.', 'coroscope --help')}", USAGE)
        return complain('\n'.join([message, *why_no_node(node, text), text('{0} lists what works without it.', 'coroscope --help')]), BROKEN)
    text = language(options.lang, os.environ)
    if options.command == 'version':
        return show(__version__)
    if options.command == 'help':
        from .help import help_text
        return show(help_text(text))
    from .record import record
    from .page import NoTrace, write_page
    try:
        if options.command == 'run':
            return record(options, text)
        write_page(options.file, options.html, text, [os.getcwd()])
        return GOOD
    except NoTrace as error:
        return complain(text(error.message, *error.holes), BROKEN)
    except OSError as error:
        return complain(f'{printable(str(error.filename or options.file))}: {error.strerror or error}.', BROKEN)


def why_no_node(node: Node, text: Texts) -> list[str]:
    found = [text('{0} is Node.js {1}, which is too old.', *node.too_old)] if node.too_old else []
    if node.missing:
        found = [text('COROSCOPE_NODE names {0}, which could not be started.', node.missing)]
    return [*found, text('Install it from {0}, or with {1}.', 'https://nodejs.org', 'pip install "coroscope[node]"')]


def run() -> NoReturn:
    """``python -m coroscope``."""
    sys.exit(main())
