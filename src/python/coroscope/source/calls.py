"""The calls in the program's own source that make a coroutine, by its function's name."""

import ast
import sys

from .lines import getlines

#: More source than this is not searched.
MOST_BYTES = 2_000_000
#: Functions that make a task of a coroutine.
TAKERS = frozenset(('create_task', 'ensure_future', 'gather', 'wait_for', 'shield', 'run', 'run_until_complete', 'run_coroutine_threadsafe',
                    'as_completed', 'Task'))
_missing = object()


class Call:
    """One call. ``awaited``: immediately, so nothing else can refer to the coroutine; ``alone``: the call is a whole statement;
    ``task``: its value is handed to asyncio, which makes a task of it."""

    __slots__ = ('file', 'tree', 'node', 'awaited', 'alone', 'task')

    def __init__(self, file, tree, node):
        self.file = file
        self.tree = tree
        self.node = node
        self.awaited = self.alone = self.task = False

    def covers(self, file, line):
        return file == self.file and self.node.lineno <= line <= self.node.end_lineno

    def fits(self, code, values):
        """Whether the constants among its arguments equal the arguments of the coroutine, none of whose code has run yet."""
        node = self.node
        names = code.co_varnames[:code.co_argcount]
        if any(isinstance(each, ast.Starred) for each in node.args) or any(each.arg is None for each in node.keywords):
            return True
        # ``self`` is not among the arguments of the call.
        shift = 1 if isinstance(node.func, ast.Attribute) and len(names) > len(node.args) and names[:1] in (('self',), ('cls',)) else 0
        pairs = list(zip(names[shift:], node.args)) + [(each.arg, each.value) for each in node.keywords]
        for name, argument in pairs:
            value = values.get(name, _missing)
            if isinstance(argument, ast.Constant) and value is not _missing and (
                    type(value) is not type(argument.value) or value != argument.value):
                return False
        return True

    def place(self):
        node = self.node
        function = enclosing(self.tree, node)
        return self.file, function, node.lineno, node.col_offset, node.end_lineno, node.end_col_offset


def calls_of(code, user_files):
    """All calls that can have made a coroutine of ``code``; None if others are possible that cannot be seen."""
    name = code.co_name
    calls = []
    for file in files(user_files):
        tree = parsed(file)
        if tree is None:
            return None
        found = in_tree(file, tree, name)
        if found is None:
            return None
        calls += found
    return calls


def files(user_files):
    """The program's own files: of every module that is loaded, and what was run so far."""
    known = {file for file, user in user_files.items() if user}
    for module in list(sys.modules.values()):
        file = getattr(module, '__file__', None)
        if isinstance(file, str) and file.endswith('.py') and user_files[file]:
            known.add(file)
    return sorted(known)


_trees = {}
#: Syntax trees of documents that contain Python (notes, notebooks): of the pieces that are run.
given = {}


def forget():
    """Clears the cache: a file may hold another program at the next run in this interpreter."""
    _trees.clear()
    given.clear()


def parsed(file):
    if file in given:
        return given[file]
    if file not in _trees:
        text = ''.join(getlines(file))
        try:
            _trees[file] = ast.parse(text) if text and len(text) <= MOST_BYTES else None
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            _trees[file] = None
    return _trees[file]


def in_tree(file, tree, name):
    """The calls of a name in one file; None if the name is used otherwise too: then it may be called by another name."""
    calls = {}
    called = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) or isinstance(node, ast.Call) and named(node.func) == 'print':
            # Text in an expression statement or an argument of print() is no lookup by name.
            shown = [node.value] if isinstance(node, ast.Expr) else node.args
            called.update(id(each) for each in shown if isinstance(each, ast.Constant))
        if isinstance(node, ast.Call) and named(node.func) == name:
            called.add(id(node.func))
            calls[id(node)] = Call(file, tree, node)
    for node in ast.walk(tree):
        if id(node) not in called and calls_otherwise(node, name):
            return None
        if isinstance(node, ast.Await) and id(node.value) in calls:
            calls[id(node.value)].awaited = True
        elif isinstance(node, ast.Expr) and id(node.value) in calls:
            calls[id(node.value)].alone = True
        elif isinstance(node, ast.Call) and named(node.func) in TAKERS:
            for each in node.args:
                if id(each) in calls:
                    calls[id(each)].task = True
    return list(calls.values())


def calls_otherwise(node, name):
    """Whether a function may be called by another name: passed on, looked up by its name, or wrapped by a decorator."""
    if named(node) == name:
        return not isinstance(getattr(node, 'ctx', None), ast.Store)
    if isinstance(node, ast.alias):
        return node.name.split('.')[-1] == name and node.asname not in (None, name)
    if isinstance(node, ast.Constant):
        return node.value == name
    return isinstance(node, (ast.AsyncFunctionDef, ast.FunctionDef)) and node.name == name and bool(node.decorator_list)


def named(node):
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else None


def enclosing(tree, wanted):
    """(qualified name, first line) of the function that contains a node; ('<module>', 1) for none."""
    found = '<module>', 1
    pending = [(tree, '', found)]
    while pending:
        node, prefix, place = pending.pop()
        if node is wanted:
            return place
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            line = min([node.lineno] + [each.lineno for each in node.decorator_list])
            place = prefix + node.name, line
            prefix = prefix + node.name + '.<locals>.'
        elif isinstance(node, ast.ClassDef):
            prefix = prefix + node.name + '.'
        pending += [(child, prefix, place) for child in ast.iter_child_nodes(node)]
    return found
