"""What a task waits for in other tasks: tasks, gather, wait, TaskGroup, shield, plain futures. Each gives (kind, label, fields, key)."""

import asyncio
import weakref

from ..records.short_repr import cut, future_label, seconds
from ..resources.naming import held_as
from ..watch.jobs import callbacks_of, job_of
from .discarded import is_discarded
from .network import peer_of
from .on_jobs import in_executor

#: How many tasks a label names.
NAMED = 4


def task_group(w):
    group = w.local('self')
    members = members_of(w, getattr(group, '_tasks', ()))
    return 'taskgroup', 'TaskGroup: ' + tasks_label(w, getattr(group, '_tasks', ())), {'members': members}, tuple(members)


def wait(w):
    tasks = [each for each in w.local('fs') or () if not each.done()]
    members = members_of(w, tasks)
    fields = {'members': members}
    timeout = w.local('timeout')
    if isinstance(timeout, (int, float)):
        fields['deadline'] = timeout
    until = w.local('return_when')
    if isinstance(until, str):
        fields['until'] = until
    return 'wait', f'wait({tasks_label(w, tasks)})', fields, (tuple(members), timeout)


def wait_for(w):
    """Before 3.12 ``wait_for`` runs what it awaits as a task of its own."""
    inner = w.local('fut')
    # While the inner task is being cancelled, the frame is that of a helper.
    timeout = w.local('timeout')
    if timeout is None:
        timeout = w.outer_local('timeout')
    fields = {'deadline': timeout if isinstance(timeout, (int, float)) else None}
    member = w.task_id(inner)
    if member:
        fields['task'] = member
    job, _ = job_of(inner) if inner is not None else (None, None)
    if job is not None:
        fields['job'] = job.id
    name = future_label(inner)
    if inner is not None and not member and job is None:
        kept, children = shielded(inner), children_of(inner)
        if kept is not None:
            name = label_of(w, inner)
            fields['shielded'] = w.task_id(kept)
        elif children is not None:
            name = label_of(w, inner)
            fields['members'] = members_of(w, [each for each in children if not each.done()])
    return 'wait_for', f'wait_for({name}, {seconds(timeout)})', fields, (member, fields.get('job'), name, timeout)


def as_completed(w):
    """From 3.13 on the iterator knows which are left."""
    iterator = w.outer_local('self')
    left = [each for each in getattr(iterator, '_todo', None) or () if not each.done()]
    if not left:
        return 'as_completed', 'as_completed(): next', {}, None
    members = members_of(w, left)
    return 'as_completed', f'as_completed({tasks_label(w, left)}): next', {'members': members}, tuple(members)


def by_future(w):
    """A wait in no known function of asyncio: the future itself decides."""
    future = w.future
    if isinstance(future, asyncio.Task):
        member = w.task_id(future)
        return 'task', cut(future_label(future)), {'task': member}, member
    if children_of(future) is not None:
        waiting = [each for each in children_of(future) if not each.done()]
        members = members_of(w, waiting)
        fields = {'members': members}
        unseen = is_unseen(w, waiting)
        if unseen:
            fields['unseen'] = True
        return 'gather', f'gather({tasks_label(w, waiting)})', fields, (tuple(members), unseen)
    for callback in callbacks_of(future):
        name = getattr(callback, '__qualname__', '')
        if name == 'shield.<locals>._outer_done_callback':
            inner = inner_of(callback)
            member = w.task_id(inner)
            return 'shield', f'shield({future_label(inner)})', {'task': member} if member else {}, member or id(inner)
        if name.startswith('_chain_future.'):
            return in_executor(w) or ('thread', 'run_in_executor()', {}, None)
    frame = w.frame
    name = resource_name(future)
    fields = {'future': f'<{type(future).__qualname__} pending>', 'resource': name}
    if frame is not None and not w.recorder.places.user_files[frame.f_code.co_filename]:
        function = getattr(frame.f_code, 'co_qualname', frame.f_code.co_name)
        found = {'function': function, 'future': fields['future']}
        peer = peer_of(owner_of(frame))
        if peer:
            return 'future', cut(f'{function}() · {peer}'), dict(found, peer=peer), (function, peer)
        return 'future', cut(f'{function}()'), found, function
    held = held_as(future, w.user_frames())
    label = 'future' if not held else held if held.lower().startswith('future') else f'future {held}'
    return 'future', label, fields, (name, held)


def owner_of(frame):
    """The object whose method runs in a frame, or None."""
    if frame.f_code.co_varnames[:1] != ('self',):
        return None
    names = frame.f_locals
    owner = names.get('self')
    if type(names) is dict:
        # Before 3.13 the frame keeps this copy, and would hold the values for as long as it lives.
        names.clear()
    return owner


def is_unseen(w, children):
    """Whether a ``gather`` with ``return_exceptions=True`` returns exceptions to code that drops the results."""
    frame = w.frame
    if frame is None or not w.recorder.places.user_files[frame.f_code.co_filename]:
        return False
    for child in children[:1]:
        for callback in callbacks_of(child):
            if getattr(callback, '__qualname__', '').endswith('gather.<locals>._done_callback'):
                for name, cell in zip(callback.__code__.co_freevars, callback.__closure__ or ()):
                    if name == 'return_exceptions':
                        # Reading its code takes time that must not count for the program.
                        return cell.cell_contents is True and w.recorder.clock.spared_in(lambda: is_discarded(frame))
    return False


def children_of(future):
    """What a ``gather`` waits for; None if the future is not that of a gather."""
    return getattr(future, '_children', None) if type(future).__name__ == '_GatheringFuture' else None


def shielded(future):
    """The future that ``shield`` protects; None if this is no future of ``shield``."""
    for callback in callbacks_of(future):
        if getattr(callback, '__qualname__', '') == 'shield.<locals>._outer_done_callback':
            return inner_of(callback)
    return None


def inner_of(callback):
    names = callback.__code__.co_freevars
    for name, cell in zip(names, callback.__closure__ or ()):
        if name == 'inner':
            return cell.cell_contents
    return None


def tasks_behind(futures, depth=8):
    """The tasks among futures, those of gathers in gathers and behind shields too."""
    for future in futures:
        if isinstance(future, asyncio.Task) or depth == 0:
            yield future
            continue
        children = children_of(future)
        if children is not None:
            yield from tasks_behind([each for each in children if not each.done()], depth - 1)
        else:
            inner = shielded(future)
            yield from () if inner is None else tasks_behind([inner], depth - 1)


def members_of(w, futures):
    return sorted({number for number in map(w.task_id, tasks_behind(futures)) if number})


def tasks_label(w, futures):
    numbers = [number_of(w, each) for each in futures]
    # Of twenty thousand only four are named; those that have no number of their own come in the order of their labels.
    last = sorted(numbers)[:NAMED][-1:]
    known = sorted((number, label_of(w, each)) for number, each in zip(numbers, futures) if [number] <= last)
    names = [name for _, name in known[:NAMED]]
    return ', '.join(names + ([f'+{len(numbers) - NAMED}'] if len(numbers) > NAMED else []))


def number_of(w, future):
    return w.task_id(future) if isinstance(future, asyncio.Task) else min(members_of(w, [future]), default=0)


def label_of(w, future):
    children = children_of(future)
    if children is not None:
        return f'gather({tasks_label(w, [each for each in children if not each.done()])})'
    inner = None if isinstance(future, asyncio.Task) else shielded(future)
    return future_label(future) if inner is None else f'shield({label_of(w, inner)})'


class _Names:
    """``Queue 1``, ``Queue 2`` …: the identity of locks, queues and futures, without keeping them alive."""

    def __init__(self):
        self._numbers = {}
        self._counts = {}

    def name(self, thing):
        key = id(thing)
        known = self._numbers.get(key)
        if known is not None and known[0]() is thing:
            return known[1]
        kind = type(thing).__qualname__
        number = self._counts[kind] = self._counts.get(kind, 0) + 1
        try:
            ref = weakref.ref(thing, lambda _: self._numbers.pop(key, None))
        except TypeError:
            def ref():
                return None
        self._numbers[key] = ref, f'{kind} {number}'
        return f'{kind} {number}'

    def clear(self):
        self._numbers.clear()
        self._counts.clear()


names = _Names()
resource_name = names.name
