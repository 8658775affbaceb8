"""What rows refer to by number: strings and things waited for, each written once."""

import math

#: Longer strings are cut, so that a program that prints a lot does not make the trace huge.
LONGEST_TEXT = 10_000
#: Interned strings are forgotten beyond this many, so that memory stays bounded; they get new numbers when they come again.
MOST_TEXTS = 50_000
#: And beyond this many characters.
MOST_TEXT = 4_000_000
#: Waits for more things than this, together, are defined each time.
MOST_MEMBERS = 16


class Definitions:
    """Numbers the definitions of one trace, from any thread.

    ``defining``: held while numbers are given out. ``forget_waits``: called when the numbers of all waits are void.
    """

    def __init__(self, defining, forget_waits):
        self.defining = defining
        self._forget_waits = forget_waits
        #: Lines of the ``DEFS`` chunk that are not written yet; other threads may append.
        self.rows = []
        self._texts = {}
        self._text_count = 0
        self._text_size = 0
        self._waits = {}
        self._wait_count = 0

    def define(self, *row):
        """Adds a line to the ``DEFS`` chunk, which is written before the rows that refer to it."""
        self.rows.append(row)

    def text(self, text):
        """Number of a string."""
        return self._texts.get(text) or self._new_text(text)

    def _new_text(self, text):
        with self.defining:
            number = self._texts.get(text)
            if number is None:
                self._text_size += len(text)
                if len(self._texts) >= MOST_TEXTS or self._text_size > MOST_TEXT:
                    self._texts.clear()
                    self._text_size = len(text)
                    self.define('forget', self._text_count, 'str')
                self._text_count += 1
                shown = text if len(text) <= LONGEST_TEXT or text.startswith('{"type"') else text[:LONGEST_TEXT] + '…'
                self.define('str', self._text_count, shown)
                number = self._texts[text] = self._text_count
            return number

    def unlisted_text(self):
        """A number for a string whose definition the caller writes itself."""
        self._text_count += 1
        return self._text_count

    def wait(self, kind, label, fields, key=None):
        """Number of a thing waited for; ``key`` (default: kind and label) tells whether it is the same thing."""
        key = (kind, label, key)
        return self._waits.get(key) or self._new_wait(key, kind, label, fields)

    def _new_wait(self, key, kind, label, fields):
        with self.defining:
            number = self._waits.get(key)
            if number is None:
                if len(self._waits) >= MOST_TEXTS:
                    self._waits.clear()
                    self._forget_waits()
                    self.define('forget', self._wait_count, 'wait')
                self._wait_count += 1
                # JSON has no infinity: leave out the seconds of a wait without end.
                known = {name: value for name, value in fields.items() if not isinstance(value, float) or math.isfinite(value)}
                self.define('wait', self._wait_count, kind, label, known)
                number = self._wait_count
                # A gather of a thousand tasks is awaited once: do not keep its long key.
                if len(fields.get('members') or ()) <= MOST_MEMBERS:
                    self._waits[key] = number
            return number
