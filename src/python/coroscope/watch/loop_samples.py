"""What the sampler knows of one loop's current turn."""


class LoopSamples:
    """One loop: its current turn, since when, and the samples in it."""

    __slots__ = ('record', 'turns', 'at', 'meter', 'samples', 'sampled', 'began', 'task', 'stack', 'since', 'until', 'computed', 'blocked',
                 'held', 'write_at', 'importing', 'rows', 'before', 'seen', 'told',
                 'missed', 'queued')

    def __init__(self, record):
        self.record = record
        self.turns = -1
        self.at = 0.0
        self.meter = None
        self.samples = 0
        #: Of the stretch that is not written yet: see ``stack_in_loop``. Its place is numbered only when the stretch is recorded, so that
        #: the trace has no places to which no row refers.
        self.stack = None
        self.computed = self.blocked = 0.0
        self.held = 0.0
        self.write_at = 0.0
        self.importing = False
        #: Seconds of it before the first sample in which it did not compute.
        self.before = 0.0
        #: What the step had computed at the last sample, by the virtual clock's own count.
        self.seen = 0.0
        #: Seconds of it that were recorded already.
        self.told = 0.0
        #: Of this thread, at the last sample: see ``Sampler._late``.
        self.missed = self.queued = 0.0
        #: What to record once there is enough of it.
        self.rows = []

    def new_turn(self, turns):
        self.turns = turns
        self.samples = 0
        self.stack = None
        self.computed = self.blocked = self.held = self.told = 0.0
        self.importing = False
        self.rows.clear()
