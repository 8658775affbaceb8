"""The definitions that the kept record may use."""

#: Of kinds whose numbers stay in use for an unknown time, this many old ones are kept; others show as unknown.
MOST_OLD = 100_000
_FIRST = ('str', 'code', 'site')


class KeptDefinitions:
    def __init__(self):
        #: Kind → number → (line, number of the batch that it came in).
        self._kinds = {kind: {} for kind in _FIRST}
        #: Texts that code objects are called by.
        self._names = set()
        #: (kind, last number, batch): numbers up to that one are used no more by what comes later.
        self._forgotten = []

    def add(self, lines, batch):
        for line in lines.split(b'\n'):
            parts = line.split(b',', 4)
            if not line.startswith(b'["') or len(parts) < 2:
                continue
            kind = parts[0][2:-1].decode()
            number = int(parts[1].rstrip(b'] '))
            if kind == 'forget':
                self._forgotten.append((parts[2].strip(b'"] ').decode(), number, batch))
                continue
            if kind == 'code':
                self._names.update(int(part) for part in parts[2:4] if part.isdigit())
            self._kinds.setdefault(kind, {})[number] = line, batch

    def drop(self, batch, in_use):
        """The record begins with ``batch`` now. ``in_use()``: kind → numbers that are in use however old they are."""
        due = [each for each in self._forgotten if each[2] < batch]
        if due:
            self._forgotten = [each for each in self._forgotten if each[2] >= batch]
            used = in_use()
            for kind, last, _ in due:
                keeps = used.get(kind, ())
                lines = self._kinds.get(kind, {})
                for number in [each for each in lines if each <= last]:
                    if number not in keeps and not (kind == 'str' and number in self._names):
                        del lines[number]
        for kind in ('group', 'job', 'resource'):
            lines = self._kinds.get(kind, {})
            over = len(lines) - MOST_OLD
            if over > 0:
                for number in [each for each, (_, when) in lines.items() if when < batch][:over]:
                    del lines[number]

    def lines(self):
        """Each comes after what it refers to."""
        return [line for lines in self._kinds.values() for line, _ in lines.values()]
