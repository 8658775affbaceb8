"""A record of which only the last seconds are kept, or all: how it is opened, dumped and ended."""

import os
import shutil
import signal
from time import monotonic, sleep

from ..records.signal_safety import DeferSignal
from ..records.trace_file import opened
from ..records.wire import json_chunk
from ..watch import sampling
from .dumps import Dumps
from .ring import Ring

#: So many times the recorder is asked to complete a batch while the window lasts.
BATCHES = 8
#: Turns of a batch: each takes its time when it leaves the window, and the loop waits for that.
BATCH = 512
#: How long a dump waits for the end of a step.
LONGEST_STEP = 0.5
#: Between two chunks: a loop that waits for the interpreter's lock would wait 5 ms each time.
PAUSE = 0.0002


class Keeping:
    """``path`` of the trace; ``options``: an ``Options``. Raises OSError if the file cannot be written, ValueError if that cannot be watched."""

    def __init__(self, path, options):
        #: The program may change its folder.
        self.path = os.path.abspath(path)
        self.options = options
        self._ring = None
        if options.blocked is not None and not sampling.possible():
            raise ValueError('blocked needs a Python with its global interpreter lock.')
        if options.keep is None:
            self.write, self.abandon = opened(path)
        else:
            self._ring = Ring(*options.keep)
            self.write, self.abandon = self._ring.write, lambda: None
            # Told at once if it cannot be written.
            open(self.path, 'wb').close()
        pause = options.keep[0] if options.keep and options.keep[0] != float('inf') else 0
        self._dumps = Dumps(self._dump_between_steps, self.path, options.dumps, pause)
        self._session = None
        self._undo = []

    def begin(self, session):
        """The session has started."""
        self._session = session
        recorder, options = session.recorder, self.options
        if self._ring is not None:
            # What happens seldom must come, too.
            recorder.writes_when_idle = True
            recorder.batch = BATCH
            recorder.completes_every = min(options.keep[0], 60) / BATCHES
            self._on_termination(session)
        if options.slow_request is not None:
            recorder.serving.slow_after, recorder.serving.slow = options.slow_request, self._dumps.slow_request
        if options.blocked is not None:
            recorder.sampler.blocked_after, recorder.sampler.blocked = options.blocked, self._dumps.blocked
        if options.dump_on is not None:
            self._dumps.on_signal(options.dump_on)

    def _dump_between_steps(self, path):
        """In a thread of its own: waits for the ends of the steps that run, since one of them may be what it is for."""
        loops = [record for record in self._session.recorder.loops if record.thread is not None]
        for record in loops:
            # The loop itself writes, and completes a batch, before its next turn.
            record.next_flush = 0
        until = monotonic() + LONGEST_STEP
        while (late := [each for each in loops if each.next_flush == 0 and not each.waiting]) and monotonic() < until:
            sleep(0.002)
        self.dump(path, whole=not late and not all(each.waiting for each in loops), pause=PAUSE)

    def dump(self, path, whole=False, pause=0):
        """Writes what there is to this path, in any thread; ``whole``: up to where the loops have written it last."""
        recorder = self._session.recorder
        last = json_chunk(b'END ', {'exit': None, 'turns': sum(record.turns for record in recorder.loops)})
        with recorder.whole_file(flush=not whole):
            if not whole:
                recorder.flush_while_running()
            if self._ring is None:
                with open(path, 'wb') as copy, open(self.path, 'rb') as written:
                    shutil.copyfileobj(written, copy)
                    copy.write(last)
                return
            kept = self._ring.kept(whole)
        write_parts(path, kept.parts(last), pause)

    def stop(self):
        """Nothing is to be dumped any more."""
        while self._undo:
            self._undo.pop()()
        self._dumps.end()

    def end(self):
        """The record has ended: what is kept of it is written."""
        if self._ring is not None:
            try:
                write_parts(self.path, self._ring.kept().parts())
            except OSError:
                # The disk is full. The program goes on.
                pass
        self.abandon()

    def forked(self):
        """In a child of the recorded process."""
        self._ring = None
        self._dumps.forked()
        self.abandon()

    def _on_termination(self, session):
        """SIGTERM ends a process in which nobody handles it at once: what is kept is written before."""
        defer, owner = DeferSignal(), os.getpid()

        def terminate(number, frame):
            if os.getpid() == owner:
                if session.is_recording(frame) and defer(number):
                    return
                session.left(frame, 128 + number, ('killed', 'Ended by SIGTERM.'))
                self.end()
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)

        def forget():
            try:
                if signal.getsignal(signal.SIGTERM) is terminate:
                    signal.signal(signal.SIGTERM, signal.SIG_DFL)
            except ValueError:
                # Another thread than the main one ends the record.
                pass

        try:
            if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
                signal.signal(signal.SIGTERM, terminate)
                self._undo.append(forget)
        except (ValueError, AttributeError):
            # Another thread than the main one begins it.
            pass


def write_parts(path, parts, pause=0):
    with open(path, 'wb') as file:
        for part in parts:
            file.write(part)
            if pause:
                sleep(pause)
