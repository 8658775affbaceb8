"""What a task waits for outside its loop: executors' jobs, other loops, subprocesses. Each gives (kind, label, fields, key)."""

import asyncio

from ..records.short_repr import future_label
from ..watch.jobs import job_of, name_of, source_behind


def to_thread(w):
    name = name_of(w.local('func'))
    job, _ = job_of(w.future)
    return 'thread', f'to_thread({name})', {'function': name, 'job': job.id if job else None}, job.id if job else name


def in_executor(w):
    """The future of another thread, process or loop behind one of ``run_in_executor`` or ``wrap_future``; None for other futures."""
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
    fields = {'job': job.id}
    if input_open(w.local('self')):
        fields['stdin'] = 'open'
    return 'subprocess', f'process.wait(): {job.label}', fields, (job.id, len(fields))


def input_open(transport):
    """Whether the program can still write to a subprocess: one that reads its input to the end waits for that."""
    try:
        pipe = transport.get_pipe_transport(0)
        return pipe is not None and not pipe.is_closing()
    except Exception:
        # A loop of a library's has a transport of its own.
        return False


def starting(w):
    job = getattr(w.local('transp'), '_coroscope', None)
    if job is None:
        return 'subprocess', 'starting a subprocess', {}, None
    return 'subprocess', f'starting {job.label}', {'job': job.id}, ('starting', job.id)
