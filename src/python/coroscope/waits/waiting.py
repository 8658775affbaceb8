"""What a suspended task waits for: a kind, a label for people, and the facts behind it.

Derived from the innermost library frame of the await chain (``Queue.get``, ``sleep`` …) and from the future that the task waits for.
"""

import asyncio
import operator
import os
import weakref

from ..directives.simulated import lapse
from ..libraries.known import call_in
from ..records.short_repr import cut, seconds
from .chains import frames_of
from .network import NETWORK
from .on_jobs import starting, subprocess, to_thread
from .on_tasks import as_completed, by_future, names, task_group, wait, wait_for

_ASYNCIO = os.path.dirname(os.path.abspath(asyncio.__file__)) + os.sep


class Waiting:
    """What a resolver may read. Frames are not kept: that would keep their variables alive."""

    __slots__ = ('state', 'recorder', 'frame', 'future')

    def __init__(self, state, frame, future):
        self.state = state
        self.recorder = state.record.recorder
        self.frame = frame
        self.future = future

    def local(self, name):
        return self.frame.f_locals.get(name)

    def outer_local(self, name):
        """A local variable of the frame next further out."""
        chain = self.state.chain()
        frame = chain[-2].cr_frame if len(chain) > 1 else None
        return frame.f_locals.get(name) if frame is not None else None

    def user_frames(self):
        """The user's frames of the chain, innermost first."""
        user_files = self.recorder.places.user_files
        frames = [coro.cr_frame for coro in reversed(self.state.chain())]
        return [each for each in frames if each is not None and user_files[each.f_code.co_filename]]

    def task_id(self, task):
        state = getattr(task, '_coroscope', None)
        return getattr(state, 'id', 0)

    def resource(self, thing):
        return self.recorder.resources.number(thing, self.state)


def waits_for(state, site, frame, future):
    """``site + wait << 32``: the thing waited for at a site, whose frame is ``frame``."""
    if site.fixed:
        return site.fixed
    w = Waiting(state, frame, future)
    plan = site.plan
    if plan is None:
        plan = site.plan = plan_for(site)
        site.deadline = wait_for_above(site)
        if w.recorder.library_calls:
            site.call = call_in(frames_of(state), w.recorder.places.user_files)
    kind, label, fields, key = plan(w)
    recorder = w.recorder
    if site.call is not None:
        label, fields, key = called(site.call, state, kind, label, fields, key)
    # Before 3.12, ``wait_for`` itself is the function that waits.
    deadline = deadline_of(state, site.deadline) if site.deadline and kind != 'wait_for' else None
    if deadline is not None:
        fields = dict(fields, deadline=deadline)
        return site.id | recorder.wait(kind, f'wait_for({label}, {seconds(deadline)})', fields, (key, deadline)) << 32
    stand = site.id | recorder.wait(kind, label, fields, key) << 32
    if not site.deadline and site.call is None:
        # as_completed waits for fewer tasks with each that is done.
        if site.code is not None and plan is not as_completed:
            remember(w, site, stand)
    return stand


#: Waits that are told beside the call of a library in which they stand: before it can be sent, or because others use what it needs.
_BESIDE = frozenset(('dns', 'connect', 'sleep', 'queue.get', 'lock', 'semaphore', 'condition'))


def called(call, state, kind, label, fields, key):
    """(label, fields, key) of a wait within the call of a library."""
    name = call.name(frames_of(state))
    if not name:
        return label, fields, key
    beside = 'connection pool' if call.pool else label if kind in _BESIDE else ''
    return cut(f'{name} · {beside}' if beside else name), dict(fields, call=name), (name, call.pool, key)


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
    """Remembers how to find the wait at this place, so that the next one does not have to read the frame."""
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
    if site.code is lapse.__code__:
        return simulated
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


# Each resolver gives (kind, label, fields, key): the key tells two waits with the same label apart.

def sleep(w):
    delay = w.local('delay')
    plain = delay if isinstance(delay, (int, float)) else None
    return changed(w, 'sleep', 'sleep', plain)


def simulated(w):
    delay = w.local('delay')
    return changed(w, 'simulated', f'{w.local("label")} ·', delay)


def changed(w, kind, label, delay):
    """A wait for a time, which may be another than the program says."""
    what_if = w.recorder.what_if
    found = what_if.of(w.state, w.future) if what_if is not None else None
    if found is None:
        return kind, f'{label} {seconds(delay)}', {'delay': delay}, delay
    was, now, change = found
    return kind, f'{label} {seconds(now)}', {'delay': now, 'was': was, 'change': change}, (was, now, change)


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
    ('base_subprocess', '_wait'): subprocess,
    ('unix_events', '_make_subprocess_transport'): starting,
    ('windows_events', '_make_subprocess_transport'): starting,
}
_INNER.update(NETWORK)
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
        if any(named_code(each.cr_code) in _IN_BARRIER for each in w.state.chain()[-3:] if hasattr(each, 'cr_code')):
            # The condition is a detail of the barrier, and has its name.
            name, number = w.recorder.resources.name(thing), w.resource(thing)
            return 'barrier', name if name.lower().startswith('barrier') else f'barrier {name}', {'resource': number}, number
        kind = 'condition'
    return used(w, kind)


_IN_BARRIER = {('locks', '_block'), ('locks', '_wait')}


def barrier(w):
    return used(w, 'barrier')


_INNER['locks', 'wait'] = waiter
_INNER['locks', '_block'] = barrier
_INNER['locks', '_wait'] = barrier
_OUTER['locks', '_block'] = barrier
_OUTER['queues', 'join'] = on_resource('queue.join', 'queue.join()')
