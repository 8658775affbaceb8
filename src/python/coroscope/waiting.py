"""What a suspended task waits for: a kind, a label a person would write, and the facts behind it.

Told from the innermost library frame of the await chain (``Queue.get``, ``sleep`` …) and from the future the task waits on.
"""

import asyncio
import operator
import os
import weakref

from .jobs import callbacks_of, job_of, name_of, source_behind
from .shown import cut

_ASYNCIO = os.path.dirname(os.path.abspath(asyncio.__file__)) + os.sep


class Waiting:
    """What a resolver may look at. ``frames`` are the locals of nobody: frames are read, not kept."""

    __slots__ = ('state', 'recorder', 'frame', 'future')

    def __init__(self, state, frame, future):
        self.state = state
        self.recorder = state.record.recorder
        self.frame = frame
        self.future = future

    def local(self, name):
        return self.frame.f_locals.get(name)

    def task_id(self, task):
        state = getattr(task, '_coroscope', None)
        return getattr(state, 'id', 0)

    def resource(self, thing):
        return self.recorder.resources.number(thing, self.state)


def waits_for(state, site, frame, future):
    """``site + wait << 32``: the thing waited for at a site, whose frame is ``frame``."""
    if site.fixed:
        return site.fixed
    plan = site.plan
    if plan is None:
        plan = site.plan = plan_for(site)
        site.deadline = wait_for_above(site)
    w = Waiting(state, frame, future)
    kind, label, fields, key = plan(w)
    recorder = state.record.recorder
    deadline = deadline_of(state, site.deadline) if site.deadline else None
    if deadline is not None:
        fields = dict(fields, deadline=deadline)
        return site.id | recorder.wait(kind, f'wait_for({label}, {seconds(deadline)})', fields, (key, deadline)) << 32
    stand = site.id | recorder.wait(kind, label, fields, key) << 32
    if not site.deadline:
        if plan.__name__ == 'always':
            site.fixed = stand
        elif site.code is not None:
            remember(w, site, stand)
    return stand


#: Where a lock, a queue or a stream has the future of whoever waits, by the innermost function of asyncio's.
_WAITERS = {
    name: operator.attrgetter(attribute) for name, attribute in {
        ('queues', 'get'): '_getters',
        ('queues', 'put'): '_putters',
        ('locks', 'acquire'): '_waiters',
        ('locks', 'wait'): '_waiters',
        ('streams', '_wait_for_data'): '_waiter',
    }.items()
}


def remember(w, site, stand):
    """Spares the next wait at this place the look into the frame."""
    waiters = _WAITERS.get(named_code(site.code))
    if waiters is None:
        return
    thing = w.local('self')
    try:
        known = weakref.ref(thing), waiters, stand
        found = waiters(thing)
        holds = found is w.future or found[-1] is w.future
    except (AttributeError, LookupError, TypeError):
        return
    if holds:
        if w.state.waits is None:
            w.state.waits = {}
        w.state.waits[site] = known


def named_code(code):
    """(module, function) of a function of asyncio's own."""
    return (os.path.basename(code.co_filename)[:-3], code.co_name) if code.co_filename.startswith(_ASYNCIO) else None


def wait_for_above(site):
    """How many frames further out an ``asyncio.wait_for`` waits for this place; 0: none. It is a frame of the chain from 3.12 on."""
    above = site.parent
    for depth in range(1, 8):
        if above is None or above.code is None:
            return 0
        if above.code is _wait_for_code:
            return depth
        above = above.parent
    return 0


def deadline_of(state, depth):
    """The timeout of that ``wait_for``."""
    chain = state.chain()
    if depth >= len(chain):
        return None
    frame = chain[-1 - depth].cr_frame
    return frame.f_locals.get('timeout') if frame is not None and frame.f_code is _wait_for_code else None


_wait_for_code = asyncio.wait_for.__code__


def bare_yield(state, site):
    """``site + wait << 32`` of a bare yield."""
    user = site.code is not None and not site.code.co_filename.startswith(_ASYNCIO)
    label = 'yield' if user else 'sleep(0)'
    site.yields = site.id | state.record.recorder.wait('yield', label, {}) << 32
    return site.yields


def plan_for(site):
    """The resolver for a site: by the innermost function that asyncio has a name for."""
    place = site
    while place is not None and place.code is not None:
        code = place.code
        if not code.co_filename.startswith(_ASYNCIO):
            break
        name = os.path.basename(code.co_filename)[:-3], code.co_name
        outer = _OUTER.get((os.path.basename(place.parent.code.co_filename)[:-3], place.parent.code.co_name)) if place.parent.code else None
        if outer is not None:
            return outer
        if name in _INNER:
            return _INNER[name]
        place = place.parent
    return by_future


def seconds(value):
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return '? s'
    return f'{value:g} s'


# Each resolver gives (kind, label, fields, key): the key tells two waits with the same label apart.

def sleep(w):
    delay = w.local('delay')
    plain = delay if isinstance(delay, (int, float)) else None
    return 'sleep', f'sleep {seconds(plain)}', {'delay': plain}, plain


def on_resource(kind, label):
    def resolve(w):
        resource = w.resource(w.local('self'))
        name = w.recorder.resources.name(w.local('self'))
        return kind, f'{label} on {name}', {'resource': resource}, resource
    return resolve


def lock(w):
    return used(w, 'semaphore' if isinstance(w.local('self'), asyncio.Semaphore) else 'lock')


def used(w, kind):
    thing = w.local('self')
    number = w.resource(thing)
    return kind, w.recorder.resources.label(thing), {'resource': number}, number


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
    timeout = w.local('timeout')
    fields = {'deadline': timeout if isinstance(timeout, (int, float)) else None}
    member = w.task_id(inner)
    if member:
        fields['task'] = member
    name = future_label(inner)
    return 'wait_for', f'wait_for({name}, {seconds(timeout)})', fields, (member, name, timeout)


def as_completed(w):
    return 'as_completed', 'as_completed(): next', {}, None


def to_thread(w):
    name = name_of(w.local('func'))
    job, _ = job_of(w.future)
    return 'thread', f'to_thread({name})', {'function': name, 'job': job.id if job else None}, job.id if job else name


def in_executor(w):
    """A future of another thread, process or loop, as ``run_in_executor`` and ``wrap_future`` give it; None if it is none."""
    job, source = job_of(w.future)
    if job is not None:
        label = f'run_in_executor({job.label})'
        return job.kind, label, {'function': job.label, 'job': job.id}, job.id
    if source is None:
        return None
    inner = source if isinstance(source, asyncio.Future) else source_behind(source)
    member = w.task_id(inner)
    if member:
        return 'loop', f'{future_label(inner)} on another loop', {'task': member}, member
    return 'loop', "another loop's future", {}, None


def subprocess(w):
    job = getattr(w.local('self'), '_coroscope', None)
    if job is None:
        return 'subprocess', 'subprocess wait()', {}, None
    return 'subprocess', f'process.wait(): {job.label}', {'job': job.id}, job.id


def starting(w):
    job = getattr(w.local('transp'), '_coroscope', None)
    if job is None:
        return 'subprocess', 'starting a subprocess', {}, None
    return 'subprocess', f'starting {job.label}', {'job': job.id}, ('starting', job.id)


def named(kind, label):
    def always(w):
        return kind, label, {}, None
    return always


def by_future(w):
    """No function that asyncio has a name for: the future itself tells what it is."""
    future = w.future
    if isinstance(future, asyncio.Task):
        member = w.task_id(future)
        return 'task', cut(future_label(future)), {'task': member}, member
    children = getattr(future, '_children', None)
    if type(future).__name__ == '_GatheringFuture' and children is not None:
        waiting = [each for each in children if not each.done()]
        members = members_of(w, waiting)
        return 'gather', f'gather({tasks_label(w, waiting)})', {'members': members}, tuple(members)
    for callback in callbacks_of(future):
        name = getattr(callback, '__qualname__', '')
        if name == 'shield.<locals>._outer_done_callback':
            inner = inner_of_shield(callback)
            member = w.task_id(inner)
            return 'shield', f'shield({future_label(inner)})', {'task': member} if member else {}, member or id(inner)
        if name.startswith('_chain_future.'):
            return in_executor(w) or ('thread', 'run_in_executor()', {}, None)
    frame = w.frame
    if frame is not None and not w.recorder.places.user_files[frame.f_code.co_filename]:
        name = getattr(frame.f_code, 'co_qualname', frame.f_code.co_name)
        return 'future', cut(f'{name}()'), {'function': name}, name
    return 'future', 'future', {'resource': resource_name(future)}, resource_name(future)


def inner_of_shield(callback):
    names = callback.__code__.co_freevars
    for name, cell in zip(names, callback.__closure__ or ()):
        if name == 'inner':
            return cell.cell_contents
    return None


def members_of(w, tasks):
    return sorted(number for number in map(w.task_id, tasks) if number)


def tasks_label(w, tasks):
    known = sorted((w.task_id(each), future_label(each)) for each in tasks)
    names = [name for _, name in known]
    return ', '.join(names[:4] + ([f'+{len(names) - 4}'] if len(names) > 4 else []))


def future_label(future):
    get_name = getattr(future, 'get_name', None)
    if get_name is not None:
        return cut(str(get_name()))
    return 'gather' if type(future).__name__ == '_GatheringFuture' else 'future'


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

#: asyncio's own coroutines, by (module, function): the innermost that has a name tells what is waited for …
_INNER = {
    ('tasks', 'sleep'): sleep,
    ('tasks', 'wait_for'): wait_for,
    ('tasks', '_wait'): wait,
    ('tasks', 'wait'): wait,
    ('queues', 'get'): on_resource('queue.get', 'queue.get()'),
    ('queues', 'put'): on_resource('queue.put', 'queue.put()'),
    ('queues', 'join'): on_resource('queue.join', 'queue.join()'),
    ('locks', 'acquire'): lock,
    ('locks', 'wait'): None,
    ('taskgroups', '__aexit__'): task_group,
    ('taskgroups', '_aexit'): task_group,
    ('threads', 'to_thread'): to_thread,
    ('streams', '_wait_for_data'): named('stream.read', 'stream read'),
    ('streams', 'drain'): named('stream.write', 'stream drain'),
    ('streams', '_drain_helper'): named('stream.write', 'stream drain'),
    ('streams', 'wait_closed'): named('stream.close', 'stream wait_closed()'),
    ('base_subprocess', '_wait'): subprocess,
    ('unix_events', '_make_subprocess_transport'): starting,
    ('windows_events', '_make_subprocess_transport'): starting,
    ('selector_events', 'sock_accept'): named('accept', 'sock_accept()'),
    ('selector_events', 'sock_connect'): named('connect', 'sock_connect()'),
    ('selector_events', 'sock_recv'): named('socket', 'sock_recv()'),
    ('selector_events', 'sock_sendall'): named('socket', 'sock_sendall()'),
    ('base_events', 'getaddrinfo'): named('dns', 'getaddrinfo()'),
    ('base_events', 'serve_forever'): named('server', 'serve_forever()'),
    ('base_events', 'wait_closed'): named('server', 'server.wait_closed()'),
}
#: … unless it is a detail of one of these.
_OUTER = {
    ('tasks', '_wait_for_one'): as_completed,
}


def waiter(w):
    """``wait`` of an Event, a Condition or a Barrier."""
    thing = w.local('self')
    kind = type(thing).__name__.lower()
    if isinstance(thing, asyncio.Event):
        kind = 'event'
    elif isinstance(thing, asyncio.Condition):
        kind = 'condition'
    return used(w, kind)


def barrier(w):
    return used(w, 'barrier')


_INNER['locks', 'wait'] = waiter
_INNER['locks', '_block'] = barrier
_INNER['locks', '_wait'] = barrier
_OUTER['locks', '_block'] = barrier
