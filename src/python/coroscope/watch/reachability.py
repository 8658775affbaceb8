"""Which objects the code that can still run can reach: from frames, through the variables that they still use."""

import asyncio
import collections
import dis
import gc
import os
import types

#: Objects to visit at most; beyond, no finding is made.
MOST = 300_000

OURS = __name__.split('.')[0]
_ASYNCIO = os.path.dirname(asyncio.__file__) + os.sep
#: A future's own way back to the task that waits for it.
_WAKEUP = ('task_wakeup', 'TaskWakeupMethWrapper', 'TaskStepMethWrapper')
_PLAIN = (type(None), bool, int, float, complex, str, bytes, bytearray, range, types.ModuleType, types.CodeType)
_BUILTIN_METHOD = type([].append)


class TooMany(Exception):
    pass


class Reachable:
    """``user_files[name]``: whether a file is the program's own. ``tasks`` that are reached are only noted: to refer to a task is
    not to run it; those in ``limited`` will be cancelled. ``names``: all words that reachable code uses."""

    def __init__(self, user_files):
        self._user_files = user_files
        self._seen = {}
        self._words = {}
        self._work = []
        self.names = set()
        self.limited = []

    def has(self, thing):
        return id(thing) in self._seen

    def add(self, *things):
        self._work.extend(things)
        work = self._work
        while work:
            thing = work.pop()
            kind = type(thing)
            if kind in _PLAIN or id(thing) in self._seen:
                continue
            if len(self._seen) > MOST:
                raise TooMany
            # Keep visited objects alive, so that ids are not reused.
            self._seen[id(thing)] = thing
            self._look(thing, kind)

    def _look(self, thing, kind):
        if isinstance(thing, asyncio.AbstractEventLoop):
            return
        # The tracer is not part of the program, except for the watched queues of conditions and barriers.
        if str(kind.__module__).split('.')[0] == OURS and not isinstance(thing, collections.deque):
            return
        if isinstance(thing, asyncio.Task):
            pass
        elif isinstance(thing, type):
            self._class(thing)
        elif isinstance(thing, types.FunctionType):
            self._work.extend(each.cell_contents for each in thing.__closure__ or () if not empty(each))
            self._work.extend(thing.__defaults__ or ())
            self._work.extend((thing.__kwdefaults__ or {}).values())
            self.code(thing.__code__, thing.__globals__)
        elif isinstance(thing, _BUILTIN_METHOD):
            # A bound method such as `task.cancel` or `future.set_result`: the program may call it.
            if thing.__name__ not in _WAKEUP:
                self.names.add(thing.__name__)
                self._work.append(thing.__self__)
        elif kind.__name__ in _WAKEUP:
            pass
        elif isinstance(thing, (types.CoroutineType, types.GeneratorType, types.AsyncGeneratorType)):
            self.coroutine(thing)
        elif isinstance(thing, types.FrameType):
            self.frame(thing)
        else:
            self._work.extend(gc.get_referents(thing))

    def _class(self, thing):
        """Follows only classes of the program: for asyncio's own, the names of methods are enough."""
        methods = [each for each in vars(thing).values() if isinstance(each, types.FunctionType)]
        if any(self._user_files[each.__code__.co_filename] for each in methods):
            self._work.extend(vars(thing).values())
            self._work.extend(thing.__mro__[1:])

    def coroutine(self, thing):
        for name in ('cr_frame', 'gi_frame', 'ag_frame'):
            frame = getattr(thing, name, None)
            if frame is not None:
                self.frame(frame, thing)

    def frame(self, frame, owner=None):
        """``owner``: the coroutine or generator whose frame it is."""
        used = self.code(frame.f_code, frame.f_globals, frame.f_lasti)
        variables = frame.f_locals
        if frame.f_code.co_name == 'wait_for' and frame.f_code.co_filename.startswith(_ASYNCIO):
            # Until 3.11 it cancels what it waits for in a task of its own.
            self.limited += [value for value in variables.values() if isinstance(value, asyncio.Task)]
        left = {id(frame.f_globals), id(frame.f_builtins), id(frame.f_back)}
        for name, value in list(variables.items()):
            if name in used:
                self._work.append(value)
            else:
                left.add(id(value))
        # Values on its stack: `async with` keeps its manager there.
        for each in gc.get_referents(owner if owner is not None else frame):
            if id(each) not in left and not isinstance(each, (types.FunctionType, types.CellType, types.FrameType, dict)):
                self._work.append(each)

    def code(self, code, module, at=-1):
        """Follows the names that code uses from an instruction on. Returns them."""
        used = self._words.get((code, at))
        if used is None:
            used = self._words[code, at] = words(code, at)
        used = set(used)
        # Ignore this in asyncio's own functions: they cancel timers and futures of their own.
        if not code.co_filename.startswith(_ASYNCIO):
            self.names |= used
        if self._user_files[code.co_filename]:
            for name in used:
                if name in module:
                    self._work.append(module[name])
                    if isinstance(module[name], types.ModuleType) and self._user_files[getattr(module[name], '__file__', None) or '']:
                        self._work.extend(module[name].__dict__.values())
        for inner in code.co_consts:
            if isinstance(inner, types.CodeType):
                used |= self.code(inner, module)
        return used


def words(code, at):
    """Names and texts in the instructions of a code object that may still run, where it stands at ``at``."""
    instructions = list(dis.get_instructions(code))
    first = at
    # A loop around the place runs again from its beginning.
    for each in reversed(instructions):
        if each.offset >= at and 'JUMP' in each.opname and isinstance(each.argval, int) and each.argval < first:
            first = each.argval
    used = set()
    for each in instructions:
        if each.offset >= first and each.opname not in ('STORE_FAST', 'STORE_NAME', 'STORE_GLOBAL', 'STORE_DEREF'):
            value = each.argval
            used.update(part for part in (value if isinstance(value, tuple) else (value,)) if isinstance(part, str))
    return used


def empty(cell):
    try:
        cell.cell_contents
    except ValueError:
        return True
    return False
