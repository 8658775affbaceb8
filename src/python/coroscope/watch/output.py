"""What the program prints, with time, task and line. The text itself goes to its usual stream."""

import asyncio
import io
import logging
import sys

from ..records.kinds import OUTPUT
from .message_source import MessageSource


#: Added to the number of the stream if a handler of ``logging`` writes: the log record is recorded, too.
BY_LOGGING = 4
#: Added if Python itself writes (a warning, for example), no matter which task is running.
BY_PYTHON = 8
LOGGING = logging.StreamHandler.emit.__code__.co_filename


def install(recorder):
    """Replaces the two text streams by recording ones over the same buffers. Returns a function that undoes it."""
    undo, leaving = [], []
    for number, name in ((1, 'stdout'), (2, 'stderr')):
        original = getattr(sys, name)
        noting, leave = noting_stream(original, recorder, number)
        if noting is not None:
            leaving.append(leave)
            setattr(sys, name, noting)
            undo.append((name, original, noting))
            if getattr(sys, f'__{name}__') is original:
                setattr(sys, f'__{name}__', noting)
                undo.append((f'__{name}__', original, noting))

    def uninstall():
        for name, original, noting in undo:
            if getattr(sys, name) is noting:
                setattr(sys, name, original)
        for leave in leaving:
            leave()

    return uninstall


def noting_stream(original, recorder, number):
    """(a stream that records what is written to it, a function that ends that for good); (None, None) for what is no stream of text.

    Others may keep the stream: a thread that is printing, a handler of ``logging``. So it goes on writing when the recording has ended, and
    leaves the buffer open, which is that of the original one.
    """
    if not isinstance(original, io.TextIOWrapper):
        return None, None

    voice = MessageSource(errors=number == 2)
    is_left = False

    class TextIOWrapper(io.TextIOWrapper):
        def write(self, text):
            count = super().write(text)
            if recorder.on:
                # In an ``atexit`` callback and at the beginning of a raw thread no Python frame stands below.
                note(recorder, number, text, sys._getframe().f_back, voice)
            elif is_left:
                # Or it would come after what is written to the original one.
                self.flush()
            return count

        def close(self):
            if not is_left:
                super().close()
            elif not self.closed:
                self.flush()

    def leave():
        nonlocal is_left
        is_left = True
        try:
            noting.flush()
        except Exception:
            # It is closed, or nobody reads it any more.
            pass

    TextIOWrapper.__qualname__ = 'TextIOWrapper'
    TextIOWrapper.__module__ = '_io'
    original.flush()
    noting = TextIOWrapper(original.buffer, original.encoding, original.errors,
                           newline='\n' if original.newlines is None else None,
                           line_buffering=original.line_buffering, write_through=original.write_through)
    return noting, leave


def note(recorder, number, text, frame, voice):
    if not recorder.on or not text:
        return
    try:
        record, task = running(recorder)
        site = recorder.places.running_site(frame) if frame is not None else 0
        if frame is not None and frame.f_code.co_filename == LOGGING:
            number |= BY_LOGGING
        if frame is not None and voice.is_python(frame, text):
            number |= BY_PYTHON
            task = site = 0
        with recorder.defining:
            pending = recorder.pending_output
            # ``print`` writes words, blanks and the line end one by one: record them as one write.
            if pending is not None:
                if pending.continues(record, task, site, number):
                    pending.parts.append(text)
                    return
                pending.write()
            recorder.pending_output = Output(record, recorder.clock.now(), task, site, number, text)
    except Exception as error:
        recorder.broken(error)


class Output:
    """Text that one line of the program writes."""

    __slots__ = ('record', 'time', 'turns', 'task', 'site', 'number', 'parts')

    def __init__(self, record, time, task, site, number, text):
        self.record = record
        self.time = time
        self.turns = record.turns
        self.task = task
        self.site = site
        self.number = number
        self.parts = [text]

    def continues(self, record, task, site, number):
        same = (self.record is record and self.turns == record.turns and self.task == task and self.site == site
                and self.number == number)
        # Outside any line of the program (a traceback that Python prints) the pieces belong together, however many lines they are.
        return same and (site == 0 or not self.parts[-1].endswith('\n')) and len(self.parts) < 1000

    def write(self):
        # Another thread may be writing it.
        self.record.recorder.note(self.record, OUTPUT, self.time, self.task, self.site, ''.join(self.parts), self.number, self.turns)


def running(recorder):
    """The record of the running loop and the id of the task that runs on it."""
    loop = asyncio._get_running_loop()
    record = getattr(loop, '_coroscope', None)
    if record is None:
        return recorder.outside, 0
    current = record.current
    return record, current.id if current is not None else 0
