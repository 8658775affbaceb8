"""Where the program scheduled a callback, found in its source once one has failed: nothing is recorded when callbacks are scheduled."""

import ast
import functools

from .calls import Call, files, named, parsed

#: Functions that take a callback, and which of their arguments it is.
SCHEDULERS = {'call_soon': 0, 'call_soon_threadsafe': 0, 'call_later': 1, 'call_at': 1, 'add_done_callback': 0, 'add_reader': 1,
              'add_writer': 1, 'add_signal_handler': 1}
PLAIN = (int, str, bool, float, bytes, type(None))


def finder(callback, args, user_files):
    """A function that looks for the one call that can have scheduled a callback; it holds nothing of the program but plain values."""
    while type(callback) is functools.partial:
        callback = callback.func
    name = getattr(callback, '__name__', None)
    values = [each if type(each) in PLAIN else finder for each in args]

    def find():
        found = []
        for file in files(user_files) if type(name) is str else ():
            tree = parsed(file)
            if tree is None:
                return None
            found += [Call(file, tree, node) for node in ast.walk(tree) if schedules(node, name, values)]
        return found[0].place() if len(found) == 1 else None

    return find


def schedules(node, name, values):
    """Whether a call schedules a function of this name, with constants that do not contradict the values."""
    if not isinstance(node, ast.Call) or named(node.func) not in SCHEDULERS:
        return False
    args = node.args[SCHEDULERS[named(node.func)]:]
    if not args or any(isinstance(each, ast.Starred) for each in node.args):
        return False
    callback = args[0]
    if isinstance(callback, ast.Call) and named(callback.func) == 'partial' and callback.args:
        return named(callback.args[0]) == name
    return named(callback) == name and not any(
        isinstance(given, ast.Constant) and value is not finder and (type(value) is not type(given.value) or value != given.value)
        for given, value in zip(args[1:], values))
