"""The rows of one event loop, packed as they come."""

from . import wire

STEP_BYTES, EVENT_BYTES = wire.STEP.size, wire.EVENT.size
#: Room for rows, in bytes. Small enough to stay in the processor's cache.
STEPS_FULL, EVENTS_FULL = STEP_BYTES * 512, EVENT_BYTES * 512
pack_step, pack_event = wire.STEP.pack_into, wire.EVENT.pack_into


class LoopRecord:
    """The record of one event loop, and what the loop is doing now.

    Rows are packed at once into ``steps`` and ``events``, up to ``at`` and ``events_at``: numbers that are kept as objects until later
    cost more than packing them. ``uses`` (of resources) is a flat list. ``turns`` counts steps, callbacks and idle waits that have ended.
    ``current`` is the state of the task whose step runs, since ``started``; in a callback it is None, and ``origin`` says what made the callback run.
    """

    __slots__ = ('id', 'recorder', 'steps', 'at', 'events', 'events_at', 'uses', 'parts', 'turns', 'current', 'started', 'origin',
                 'origin_task', 'due', 'next_flush', 'group', 'loop', 'thread', 'recycles', 'waiting', 'written', 'events_written')

    def __init__(self, number, recorder):
        self.id = number
        self.recorder = recorder
        self.steps = bytearray(STEPS_FULL)
        self.at = 0
        self.events = bytearray(EVENTS_FULL)
        self.events_at = 0
        self.uses = []
        self.parts = []
        self.turns = 0
        self.current = None
        self.started = 0.0
        self.origin = 0
        self.origin_task = 0
        self.due = 0.0
        # Set when the loop first selects: before, the thread that runs it is unknown.
        self.next_flush = 0
        self.group = None
        #: Whether only the loop itself sees the handles of steps.
        self.recycles = False
        #: Weak reference to the loop, once it is known.
        self.loop = None
        #: The thread that runs the loop: only it touches ``steps`` and ``events``. None when the loop is closed.
        self.thread = None
        #: Whether the loop waits in its selector.
        self.waiting = False
        #: Offsets up to which ``steps`` and ``events`` were flushed before they were full.
        self.written = self.events_written = 0

    def step(self, made, start, end, origin, stand, task, turn):
        """A step; ``origin``: waker + cause << 32, ``stand``: site + wait << 32."""
        pack_step(self.steps, self.at, made, start, end, origin, stand, task, turn)
        self.at += STEP_BYTES
        self.turns += 1
        if self.at == STEPS_FULL:
            self.roll_steps()

    def event(self, kind, time, a=0, b=0, c=0, d=0, until=None, turn=None):
        """Adds a row to ``EVNT``; docs/trace-format.md says what a to d mean for each ``kind``. Times in seconds. Only in the loop's thread."""
        at = self.events_at
        pack_event(self.events, at, time, time if until is None else until, kind, self.turns if turn is None else turn, a, b, c, d)
        self.events_at = at = at + EVENT_BYTES
        if at == EVENTS_FULL:
            self.roll_events()

    def roll_events(self):
        """Sets full rows aside for the next flush."""
        with self.recorder.defining:
            self.copy_events()
            self.events_at = self.events_written = 0

    def roll_steps(self):
        with self.recorder.defining:
            self.copy_steps()
            self.at = self.written = 0

    def copy_events(self):
        """Copies rows for the next flush without moving them, as other threads may do."""
        since, self.events_written = self.events_written, self.events_at
        if self.events_written > since:
            self.parts.append(wire.rows_chunk(b'EVNT', self.id, EVENT_BYTES, bytes(memoryview(self.events)[since:self.events_written])))

    def copy_steps(self):
        since, self.written = self.written, self.at
        if self.written > since:
            self.parts.append(wire.rows_chunk(b'STEP', self.id, STEP_BYTES, bytes(memoryview(self.steps)[since:self.written])))


class Outside(LoopRecord):
    """Events outside of loops. Any thread may add to them. Its turns are those of all loops together."""

    __slots__ = ()

    @property
    def turns(self):
        return sum([record.turns for record in self.recorder.loops])

    @turns.setter
    def turns(self, value):
        pass

    def event(self, kind, time, a=0, b=0, c=0, d=0, until=None, turn=None):
        with self.recorder.defining:
            super().event(kind, time, a, b, c, d, until, turn)
