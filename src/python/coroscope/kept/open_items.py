"""What was open where the kept record begins: loops, tasks, coroutines, blocks, jobs and requests that have not ended."""

from ..records import kinds, wire

#: What is told of a task once, of which the last counts.
_OF_TASKS = frozenset((kinds.NAME, kinds.ARGUMENTS, kinds.GROUPED, kinds.LABEL, kinds.OF_LIBRARY))
_TEXTS = (kinds.NAME, kinds.ARGUMENTS, kinds.LABEL)
_TURNS = frozenset((kinds.IDLE, kinds.CALLBACK))
_CLOSED = 2


class OpenItems:
    """Events are (loop, t0, t1, kind, turn, a, b, c, d)."""

    def __init__(self):
        self._tasks = {}
        self._spans = {}
        self._contexts = {}
        self._loops = {}
        self._jobs = {}
        self._named = {}
        #: Site and wait of each task, as a step has them.
        self._places = {}

    def steps(self, body):
        """Steps leave the window."""
        self._places.update([(task, stand) for _, _, _, _, stand, task, _ in wire.STEP.iter_unpack(body)])

    def events(self, loop, body):
        """Events leave the window. How many of them were turns."""
        turns = 0
        for row in wire.EVENT.iter_unpack(body):
            kind = row[2]
            if kind in _TURNS:
                turns += 1
            else:
                self._event((loop, *row))
        return turns

    def _event(self, event):
        kind, a, b, c = event[3], *event[5:8]
        if kind == kinds.TASK:
            self._tasks[a] = {kind: event}
        elif kind == kinds.BEFORE:
            self._places[a] = b | c << 32
        elif kind in _OF_TASKS:
            if a in self._tasks:
                self._tasks[a][kind] = event
        elif kind == kinds.DONE:
            self._tasks.pop(a, None)
            self._places.pop(a, None)
        elif kind == kinds.STARTED:
            self._spans[a] = event
        elif kind == kinds.ENDED:
            self._spans.pop(a, None)
        elif kind == kinds.WITH:
            self._contexts[a] = [event]
        elif kind == kinds.WITH_PHASE:
            # It was left, or could not be entered.
            if b == 4 or b == 2 and c != 1:
                self._contexts.pop(a, None)
            elif a in self._contexts:
                self._contexts[a].append(event)
        elif kind == kinds.LOOP:
            if b == _CLOSED:
                self._loops.pop(a, None)
            else:
                self._loops[a] = (*event[:6], 1, *event[7:])
        elif kind == kinds.JOB:
            self._jobs[a] = [event]
        elif kind == kinds.JOB_STARTED:
            if a in self._jobs:
                self._jobs[a].append(event)
        elif kind == kinds.JOB_ENDED:
            self._jobs.pop(a, None)
        elif kind in (kinds.SPAN, kinds.REQUEST):
            self._named[b] = [event]
        elif kind == kinds.SPAN_TOLD:
            if b in self._named:
                self._named[b].append(event)
        elif kind == kinds.SPAN_ENDED:
            self._named.pop(b, None)

    def texts(self):
        """Numbers of the texts that these use."""
        used = {events[kind][6] for events in self._tasks.values() for kind in _TEXTS if kind in events}
        used.update(event[7] for event in self._loops.values())
        for group in (self._contexts, self._jobs, self._named):
            used.update(event[7] for events in group.values() for event in events)
        return used

    def waits(self):
        return {stand >> 32 for stand in self._places.values()}

    def all(self):
        """Each of them, as events that began before."""
        found = list(self._loops.values())
        for number, events in self._tasks.items():
            found += events.values()
            stand = self._places.get(number, 0)
            found.append((events[kinds.TASK][0], 0.0, 0.0, kinds.BEFORE, 0, number, stand & 0xFFFFFFFF, stand >> 32, 0))
        found += self._spans.values()
        for group in (self._contexts, self._jobs, self._named):
            for events in group.values():
                found += events
        return found
