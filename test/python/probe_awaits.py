"""Runs a program on a bare CPython and counts what happened at each of its awaits.

``probe_awaits.py PROGRAM OUT``: a program written anew, in which each await goes through a counter. OUT becomes JSON: for each place
(``line`` from 1, ``column`` from 0 in UTF-16 code units) its ``construct`` and the counts below. A program that has not ended after
``LIMIT`` seconds is ended then; what was counted counts. Of a program that Python refuses, ``null``.
"""
import ast
import asyncio
import atexit
import json
import os
import sys
import threading

LIMIT = 8
sites = []
made = 0


class Site:
    def __init__(self, construct, line, column):
        self.construct = construct
        self.line = line
        self.column = column
        self.begun = 0       # the expression began to be evaluated
        self.suspended = 0   # a round in which control went to the event loop
        self.straight = 0    # one that came to its end without that
        self.raised = {}     # one that raised without that, by type
        self.left_suspended = 0   # the same of leaving the block of an async with
        self.left_straight = 0
        self.makes = []      # tasks that were made while the expression was evaluated, each time


class Steps:
    """The steps of a coroutine: what it yields goes to the event loop."""

    def __init__(self, coroutine, suspended):
        self.coroutine = coroutine
        self.suspended = suspended

    def __iter__(self):
        return self

    def __next__(self):
        return self.seen(self.coroutine.send(None))

    def send(self, value):
        return self.seen(self.coroutine.send(value))

    def throw(self, *how):
        return self.seen(self.coroutine.throw(how[1] if len(how) > 1 and how[1] is not None else how[0]))

    def close(self):
        self.coroutine.close()

    def seen(self, future):
        self.suspended()
        return future


class Counted:
    def __init__(self, site, awaitable, leaving=False):
        self.site = site
        self.awaitable = awaitable
        self.leaving = leaving
        self.yields = 0

    def suspended(self):
        self.yields += 1
        if self.yields == 1:
            if self.leaving:
                self.site.left_suspended += 1
            else:
                self.site.suspended += 1

    def __await__(self):
        try:
            result = yield from Steps(awaiting(self.awaitable), self.suspended)
        except BaseException as error:
            if self.yields == 0 and not self.leaving and not isinstance(error, StopAsyncIteration):
                name = type(error).__name__
                self.site.raised[name] = self.site.raised.get(name, 0) + 1
            raise
        if self.yields == 0:
            if self.leaving:
                self.site.left_straight += 1
            else:
                self.site.straight += 1
        return result


async def awaiting(awaitable):
    return await awaitable


def begin(index):
    sites[index].begun += 1
    return made


def probe(index, before, awaitable):
    sites[index].makes.append(made - before)
    return Counted(sites[index], awaitable)


class Entered:
    def __init__(self, site, manager):
        self.site = site
        self.manager = manager

    async def __aenter__(self):
        if not hasattr(type(self.manager), '__aenter__'):
            await Counted(self.site, entering(self.manager))
        return await Counted(self.site, type(self.manager).__aenter__(self.manager))

    async def __aexit__(self, *error):
        return await Counted(self.site, type(self.manager).__aexit__(self.manager, *error), leaving=True)


async def entering(manager):
    async with manager:
        pass


class Iterated:
    def __init__(self, site, iterable):
        self.site = site
        self.iterable = iterable

    def __aiter__(self):
        return self

    async def __anext__(self):
        if isinstance(self.iterable, (list, str)) or not hasattr(type(self.iterable), '__aiter__'):
            await Counted(self.site, iterating(self.iterable))
        if not hasattr(self, 'iterator'):
            self.iterator = type(self.iterable).__aiter__(self.iterable)
        return await Counted(self.site, type(self.iterator).__anext__(self.iterator))


async def iterating(iterable):
    async for _ in iterable:
        break


def enter(index, manager):
    sites[index].begun += 1
    return Entered(sites[index], manager)


def iterate(index, iterable):
    sites[index].begun += 1
    return Iterated(sites[index], iterable)


class Rewrite(ast.NodeTransformer):
    def __init__(self, lines):
        self.lines = lines

    def new(self, construct, node):
        before = self.lines[node.lineno - 1].encode()[:node.col_offset].decode()
        sites.append(Site(construct, node.lineno, len(before.encode('utf-16-le')) // 2))
        return len(sites) - 1

    def call(self, name, node, *arguments):
        call = ast.Call(ast.Name('__probe_%s__' % name, ast.Load()), [each if isinstance(each, ast.AST) else ast.Constant(each) for each in arguments], [])
        for each in (call, call.func) + tuple(call.args):
            if not hasattr(each, 'lineno'):
                ast.copy_location(each, node)
        return call

    def visit_Await(self, node):
        index = self.new('await', node)
        self.generic_visit(node)
        node.value = self.call('await', node.value, index, self.call('begin', node.value, index), node.value)
        return node

    def visit_AsyncWith(self, node):
        indices = [self.new('with', item.context_expr) for item in node.items]
        self.generic_visit(node)
        for index, item in zip(indices, node.items):
            item.context_expr = self.call('with', item.context_expr, index, item.context_expr)
        return node

    def visit_AsyncFor(self, node):
        index = self.new('for', node.iter)
        self.generic_visit(node)
        node.iter = self.call('for', node.iter, index, node.iter)
        return node

    def visit_comprehension(self, node):
        index = self.new('for', node.iter) if node.is_async else None
        self.generic_visit(node)
        if index is not None:
            node.iter = self.call('for', node.iter, index, node.iter)
        return node


def count_tasks():
    plain = asyncio.BaseEventLoop.create_task

    def create_task(self, *args, **options):
        global made
        made += 1
        return plain(self, *args, **options)

    asyncio.BaseEventLoop.create_task = create_task


def write(path):
    with open(path, 'w') as file:
        json.dump([vars(site) for site in sites], file)


def main(program, out):
    with open(program, encoding='utf-8') as file:
        text = file.read()
    try:
        compile(text, program, 'exec')
    except SyntaxError:
        with open(out, 'w') as file:
            file.write('null')
        return
    tree = ast.fix_missing_locations(Rewrite(text.splitlines()).visit(ast.parse(text, program)))
    count_tasks()
    owner = os.getpid()

    def end(status=None):
        if os.getpid() == owner:
            write(out)
            if status is not None:
                os._exit(status)

    atexit.register(end)
    watchdog = threading.Timer(LIMIT, end, [0])
    watchdog.daemon = True
    watchdog.start()
    module = sys.modules['__main__']
    for name in list(vars(module)):
        if not name.startswith('__'):
            delattr(module, name)
    vars(module).update(__probe_await__=probe, __probe_begin__=begin, __probe_with__=enter, __probe_for__=iterate, __file__=program)
    sys.argv = [program]
    sys.path[0] = os.path.dirname(os.path.abspath(program))
    exec(compile(tree, program, 'exec'), vars(module))


if __name__ == '__main__':
    import probe_awaits  # as a module of its own, so that the program has `__main__` for itself
    probe_awaits.main(sys.argv[1], sys.argv[2])
