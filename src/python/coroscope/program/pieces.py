"""Programs that are put together from pieces of documents: a block of a note, with what it needs from the blocks around it.

Each piece knows its place in its document, and is compiled with the lines and columns of the document.
"""

import ast
import asyncio
import importlib
import json
import linecache
import os
import sys

from ..directives.rewriting import rewrite
from ..source import calls

#: Compiles ``await`` outside of functions: the code is that of a coroutine.
TOP_LEVEL_AWAIT = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
CO_COROUTINE = 0x80
FILE = __file__


class Pieces:
    """``plan``, as JSON: ``program`` (``argv[0]``), ``file`` (``__file__``, or null), ``folder`` (goes before ``sys.path``, or null),
    ``documents`` (``file``, ``text``), ``imports`` (``name``, ``module``, ``member`` or null), ``pieces`` in the order in which they run
    (``document``, ``text``, and for each line of the text ``lines``, that of the document from 1, and ``shifts``, what to add to a
    column; ``directives``, see ``rewriting``, with places of the text), ``entry`` (``kind``: ``written``, ``await``, ``call`` with ``call``, ``document``, ``line``, ``column`` and ``iterate``) and
    ``notes``, which go into the record as they are.
    """

    def __init__(self, plan):
        plan = json.loads(plan)
        self.program = plan['program']
        self.file = plan['file']
        self.folder = plan['folder']
        self.notes = plan['notes']
        self.entry = plan['entry']
        self._imports = plan['imports']
        self._documents = [Document(**each) for each in plan['documents']]
        self._pieces = [Piece(self._documents[each['document']], each) for each in plan['pieces']]

    def compile(self, places):
        """The code of each piece, in order. ``places`` learns the labels that comments give.

        @raises SyntaxError as Python itself would, with the place in the document.
        """
        for document in self._documents:
            document.show()
        trees = [piece.parse() for piece in self._pieces]
        for document in self._documents:
            document.offer([tree for piece, tree in zip(self._pieces, trees) if piece.document is document])
        codes = []
        for piece, tree in zip(self._pieces, trees):
            tree = rewrite(tree, piece.directives(), piece.document.file, places)
            waits = self.entry['kind'] == 'await' and piece is self._pieces[-1]
            if waits:
                begin_as_coroutine(tree)
            codes.append(compile(tree, piece.document.file, 'exec', TOP_LEVEL_AWAIT if waits else 0, dont_inherit=True))
        return codes

    def provide(self, names):
        """Adds missing imports to the program's globals, as its own imports would."""
        for each in self._imports:
            module = importlib.import_module(each['module'])
            member = each['member']
            names[each['name']] = getattr(module, member) if member else sys.modules[each['module'].split('.')[0]]

    def call(self):
        """Code that starts the program: it returns a coroutine or an asynchronous iterator. Its position is that of its function."""
        entry = self.entry
        document = self._documents[entry['document']]
        tree = compile(entry['call'].strip(), '<call>', 'eval', ast.PyCF_ONLY_AST, dont_inherit=True)
        for node in ast.walk(tree):
            if hasattr(node, 'lineno'):
                node.lineno = node.end_lineno = entry['line']
                node.col_offset = node.end_col_offset = document.bytes_before(entry['line'], entry['column'])
        return compile(tree, document.file, 'eval', dont_inherit=True)


class Document:
    """A file, a note or a cell, as the user sees it."""

    def __init__(self, file, text):
        self.file = file
        self.lines = text.splitlines(True)
        self._text = text

    def show(self):
        """Lets tracebacks show its lines, whatever is on disk."""
        linecache.cache[self.file] = (len(self._text), None, self.lines, self.file)

    def offer(self, trees):
        """Registers the syntax trees of the pieces, in which the tracer searches for calls."""
        calls.given[self.file] = ast.Module([node for tree in trees for node in tree.body], [])

    def line(self, number):
        return self.lines[number - 1].rstrip('\r\n') if 0 < number <= len(self.lines) else ''

    def bytes_before(self, number, column):
        """A column in characters as one in UTF-8 bytes."""
        return len(self.line(number)[:max(column, 0)].encode('utf-8', 'surrogatepass'))


class Piece:
    def __init__(self, document, piece):
        self.document = document
        self._text = piece['text']
        self._texts = self._text.split('\n')
        self._lines = piece['lines']
        self._shifts = piece['shifts']
        self._directives = piece.get('directives') or ()

    def parse(self):
        try:
            # As `ast.parse` does, but without a frame of its own in the traceback.
            tree = compile(self._text, self.document.file, 'exec', ast.PyCF_ONLY_AST, dont_inherit=True)
        except SyntaxError as error:
            raise self._moved(error) from None
        for node in ast.walk(tree):
            if hasattr(node, 'lineno'):
                self._move(node)
        return tree

    def directives(self):
        """What comments direct (see ``rewriting``), at their places in the document."""
        return [self._directive(each) for each in self._directives]

    def _directive(self, directive):
        moved = dict(directive)
        moved['line'], moved['column'] = self._place(directive['line'], directive['column'])
        for name in ('returns', 'raises', 'of'):
            if directive.get(name):
                moved[name] = self._directive(directive[name])
        return moved

    def _move(self, node):
        # Before 3.12, expressions in f-strings have wrong positions.
        line, column = self._place(node.lineno, node.col_offset)
        end, last = self._place(node.end_lineno, node.end_col_offset)
        if end == line and last < column:
            last = column
        node.lineno, node.col_offset, node.end_lineno, node.end_col_offset = line, column, max(end, line), last

    def _place(self, line, column):
        """Line and column (in bytes) of the document."""
        index = min(max(line, 1), len(self._lines)) - 1
        before = self._texts[index].encode('utf-8', 'surrogatepass')[:column].decode('utf-8', 'replace')
        return self._lines[index], self.document.bytes_before(self._lines[index], len(before) + self._shifts[index])

    def _moved(self, error):
        line = error.lineno
        if line is None:
            return error
        index = min(max(line, 1), len(self._lines)) - 1
        error.lineno = self._lines[index]
        shift = self._shifts[index]
        if error.text is not None:
            error.text = self.document.line(error.lineno) + '\n'
            if line > len(self._lines):
                # At the end of the piece, where something is missing.
                error.offset = len(error.text)
                return error
        if error.offset:
            error.offset = max(1, error.offset + shift)
        if getattr(error, 'end_lineno', None):
            last = min(max(error.end_lineno, 1), len(self._lines)) - 1
            error.end_lineno = self._lines[last]
            if error.end_offset and error.end_offset > 0:
                error.end_offset = max(1, error.end_offset + self._shifts[last])
        return error


def begin_as_coroutine(tree):
    """Runs a module without an ``await`` inside of the loop: the tasks that it starts continue when it has ended."""
    if not tree.body:
        return
    last = tree.body[-1]
    never = ast.If(ast.Constant(False), [ast.Expr(ast.Await(ast.Constant(None)))], [])
    for node in ast.walk(never):
        node.lineno = node.end_lineno = last.end_lineno
        node.col_offset = node.end_col_offset = last.end_col_offset
    tree.body.append(never)


def each(iterator):
    """A coroutine that iterates over an asynchronous generator, and has its name."""
    async def go_through():
        async for _ in iterator:
            pass

    coroutine = go_through()
    coroutine.__name__ = coroutine.__qualname__ = getattr(iterator, '__qualname__', type(iterator).__qualname__)
    return coroutine


def drive(coroutine):
    """Runs a coroutine as a notebook would: its tasks continue when it has ended, until none are left."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        loop.run_until_complete(coroutine)
        # What was started while waiting is waited for too.
        while [task for task in asyncio.all_tasks(loop) if not task.done()]:
            loop.run_until_complete(left(loop))
    finally:
        try:
            asyncio.runners._cancel_all_tasks(loop)
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.run_until_complete(loop.shutdown_default_executor())
        finally:
            asyncio.set_event_loop(None)
            loop.close()


def left(loop):
    """A future that is done when all current tasks are done. It is no task, so that ``asyncio.all_tasks()`` shows only the program's."""
    future = loop.create_future()
    tasks = {task for task in asyncio.all_tasks(loop) if not task.done()}

    def done(task):
        tasks.discard(task)
        if not tasks and not future.done():
            future.set_result(None)

    for task in list(tasks):
        task.add_done_callback(done)
    return future


def folder_of(pieces):
    return os.getcwd() if pieces.folder is None else pieces.folder
