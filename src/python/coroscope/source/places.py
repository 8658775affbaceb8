"""Code objects and instructions in them, numbered once, and resolved to lines and columns when they are written."""

import dis
import os
import sys
from asyncio.events import Handle

from .calls import parsed
from .excerpts import excerpt, makes_call
from .lines import getline, getlines
from .roles import loops_at, role_of
from .user_files import UserFiles

CO_GENERATOR, CO_COROUTINE, CO_ASYNC_GENERATOR, CO_ITERABLE_COROUTINE = 0x20, 0x80, 0x200, 0x100

#: File and name of the frames that run steps and callbacks: frames further out only entered the loop. Our replacements look the same.
RUN_FILE, RUN = Handle._run.__code__.co_filename, '_run'
HOT_MODULE = 'coroscope.loops.hot'

_getframe = sys._getframe
_module_name = getattr(sys, '_getframemodulename', None)

#: In the cause of a step the site is in the bits above the kind and two flags.
SITE_SHIFT = 5

HAS_COLUMNS = sys.version_info >= (3, 11)


#: Limits of code objects and sites: only programs that generate code exceed them.
MOST_CODES, MOST_SITES = 10_000, 100_000


class Site:
    """A place: a frame of ``code`` at one instruction, awaited by the frame at ``parent``.

    ``below`` maps the id of a code object to the places of its frames that are awaited here: the tree of await chains.
    """

    __slots__ = ('id', 'parent', 'code', 'below', 'last_code', 'last_places', 'plan', 'fixed', 'yields', 'sleeps', 'deadline', 'wakes', 'call')

    def __init__(self, number, parent, code):
        self.id = number
        self.parent = parent
        self.code = code
        self.below = {}
        # Most places always await the same function: one comparison instead of a lookup.
        self.last_code = None
        self.last_places = None
        # Filled by ``waiting``: how to tell what a frame here waits for, and, where that is always the same, the answer:
        # ``id + wait << 32``, for a future and for a bare yield.
        self.plan = None
        self.fixed = 0
        self.yields = 0
        # Where ``sleep(0)`` is awaited here: its answer.
        self.sleeps = 0
        self.deadline = 0
        # The call of a known library in which it waits (``libraries.known.Call``), or None.
        self.call = None
        # As the place of a waker, in a step's ``waker + cause << 32``.
        self.wakes = number << SITE_SHIFT + 32


class FramePlaces(dict):
    """instruction → site, of frames of one code object that are awaited at one place.

    ``only`` is the site of code that can suspend at a single instruction: then its frame need not be read.
    """

    __slots__ = ('_places', '_parent', '_code', 'only', '_single')

    def __init__(self, places, parent, code):
        super().__init__()
        self.only = None
        self._single = suspends_once(code)
        self._places = places
        self._parent = parent
        self._code = code

    def __missing__(self, lasti):
        site = self[lasti] = self._places.new_site(self._parent, self._code, lasti)
        if self._single:
            self.only = site
        return site


class Places:
    """Numbers code objects and sites, one thread at a time. ``define`` is called with each new definition, resolved."""

    def __init__(self, define, text, defining):
        self.defining = defining
        self._define = define
        self._text = text
        self.codes = {}
        self._positions = {}
        #: Whether columns of a file are the same in bytes and in UTF-16, which is usual.
        self._plain = {}
        self._count = self._code_count = 0
        #: Sites in the tree.
        self._kept = 0
        self._new = []
        self._library = set()
        self._later = []
        #: Calls at which a frame blocked a loop, as (site, code, instruction): their source is recorded, too.
        self._called = []
        self.user_files = UserFiles()
        #: What comments say about functions, by (file, first line, name): another name, or that they look like library code.
        self.labels = {}
        self.ignored = set()
        #: And of awaits, by (file, line).
        self.labels_at = {}
        self.ignored_at = set()
        self.root = Site(0, None, None)
        #: The tree of call stacks, with one place for each caller. Separate from the other tree, since other threads may add to it.
        self.stacks = Site(0, None, None)

    def code(self, code, qualname=None, owner=None):
        """Number of a code object, or of its ``owner``, which is shown in its place by this name. It is kept alive, so that
        its ``id()`` stays its own."""
        known = self.codes.get(id(code) if owner is None else (id(owner), qualname))
        return self._new_code(code, qualname, owner) if known is None else known[0]

    def _new_code(self, code, qualname, owner):
        with self.defining:
            kept = id(code) if owner is None else (id(owner), qualname)
            known = self.codes.get(kept)
            if known is None:
                if len(self.codes) >= MOST_CODES:
                    self._forget()
                self._code_count = number = self._code_count + 1
                key = code.co_filename, code.co_firstlineno, code.co_name
                name = self.labels.get(key) or qualname or getattr(code, 'co_qualname', None) or code.co_name
                file = shown_file(code.co_filename)
                user = 1 if self.user_files[code.co_filename] and key not in self.ignored else 0
                self._define('code', number, self._text(file), self._text(name), code.co_firstlineno, kind_of(code), user)
                self.codes[kept] = known = (number, code if owner is None else owner)
            return known[0]

    def forget_waits(self):
        """Forgets the wait of each place, since waits get new numbers."""
        sites = [self.root]
        while sites:
            site = sites.pop()
            site.fixed = site.yields = site.sleeps = 0
            for places in site.below.values():
                sites += places.values()

    def _forget(self):
        """Starts a new tree, or programs that generate code while they run would fill the memory.

        Places of the old tree to which tasks still refer stay valid.
        """
        self.resolve_new()
        self.codes.clear()
        self._positions.clear()
        self.root.below.clear()
        self.root.last_code = self.root.last_places = None
        self.stacks.below.clear()
        self._kept = 0

    def below(self, parent, code, qualname=None):
        """The places of a frame of ``code`` awaited at ``parent``, by instruction."""
        places = parent.below.get(id(code))
        if places is None:
            self.code(code, qualname)
            places = parent.below[id(code)] = FramePlaces(self, parent, code)
        parent.last_code = code
        parent.last_places = places
        return places

    def new_site(self, parent, code, lasti):
        with self.defining:
            self._count = number = self._count + 1
            self._kept += 1
            if self._kept > MOST_SITES:
                self._forget()
            self._new.append((number, parent.id, code, lasti))
            return Site(number, parent, code)

    def site(self, parent, code, lasti):
        return self.below(parent, code)[lasti]

    def called(self, parent, code, lasti):
        """The place of a frame in a call stack, below that of its caller (``stacks`` for the outermost)."""
        with self.defining:
            places = parent.below.get(id(code)) or self.below(parent, code)
            known = places.get(lasti)
            if known is None:
                known = places[lasti]
                if self.user_files[code.co_filename]:
                    self._called.append((known.id, code, lasti))
            return known

    def user_frame(self, frame):
        """The innermost frame of the user's own code, from ``frame`` out to where the loop was entered, or None."""
        user_files = self.user_files
        while frame is not None:
            file = frame.f_code.co_filename
            if user_files[file]:
                return frame
            if file == RUN_FILE and frame.f_code.co_name == RUN:
                return None
            frame = frame.f_back
        return None

    def running_site(self, frame):
        """Site id of the innermost user frame, 0 if there is none."""
        frame = self.user_frame(frame)
        return 0 if frame is None else self.site(self.root, frame.f_code, frame.f_lasti).id

    if hasattr(sys, '_getframemodulename'):
        def caller(self, depth):
            """Place of the innermost user frame from ``depth`` out; the root if there is none before the loop.

            Frames of libraries are passed over by the names of their modules, which does not make frame objects of them.
            """
            library = self._library
            first = depth
            module = _module_name(depth)
            while module in library:
                depth += 1
                module = _module_name(depth)
            if module == HOT_MODULE:
                return self.root
            try:
                frame = _getframe(depth)
            except ValueError:
                return self.root
            code = frame.f_code
            if self.user_files[code.co_filename]:
                places = self.root.below.get(id(code))
                if places is None:
                    places = self.below(self.root, code)
                return places[frame.f_lasti]
            self._learn(module, code.co_filename)
            frame = self.user_frame(_getframe(first))
            return self.root if frame is None else self.site(self.root, frame.f_code, frame.f_lasti)
    else:
        def caller(self, depth):
            """Place of the innermost user frame from ``depth`` out; the root if there is none before the loop."""
            frame = self.user_frame(_getframe(depth))
            return self.root if frame is None else self.site(self.root, frame.f_code, frame.f_lasti)

    def _learn(self, module, file):
        """Remembers a module whose code all belongs to a library: one that was loaded from the file of its code."""
        known = sys.modules.get(module)
        if known is not None and getattr(known, '__file__', None) == file:
            self._library.add(module)

    def later(self, find):
        """Number of a place that is looked for when the record is written: ``find()`` gives what ``_fixed`` takes, or None.

        A site that was not found stays without a definition.
        """
        with self.defining:
            self._count += 1
            self._later.append((self._count, find))
            return self._count

    def _fixed(self, number, file, function, line, column, end_line, end_column):
        """Defines a place that was found in the source: ``function`` is (qualified name, first line)."""
        key = file, function
        with self.defining:
            known = self.codes.get(key)
            if known is None:
                name, first = function
                self._code_count += 1
                known = self.codes[key] = self._code_count, None
                self._define('code', known[0], self._text(shown_file(file)), self._text(name), first, 'other',
                             1 if self.user_files[file] else 0)
        exact = (utf16(file, line, column), end_line, utf16(file, end_line, end_column)) if HAS_COLUMNS else (None, None, None)
        self._define('site', number, 0, known[0], line, *exact)

    def resolve_new(self):
        """Writes the definitions of the sites met since the last call."""
        with self.defining:
            new, self._new = self._new, []
            later, self._later = self._later, []
            called, self._called = self._called, []
        for number, find in later:
            try:
                found = find()
            except Exception:
                # The source may be anything. What cannot be found is recorded as unknown.
                found = None
            if found is not None:
                self._fixed(number, *found)
        for number, parent, code, lasti in new:
            position = self.position(code, lasti)
            try:
                more = self._known_of(code, lasti, position)
            except Exception:
                # Its source cannot be understood. What happened there is recorded all the same.
                more = []
            self._define('site', number, parent, self.code(code), *position, *more)
        for number, code, lasti in called:
            try:
                text = excerpt(code, lasti, self.position(code, lasti))
            except Exception:
                continue
            if text:
                self._define('call', number, text, 1 if makes_call(code, lasti) else 0)

    def _known_of(self, code, lasti, position):
        """What is recorded of a place beside its position."""
        role = role_of(code, lasti)
        loops = []
        if self.user_files[code.co_filename]:
            loops = loops_at(code, position[0], lambda file=code.co_filename: parsed(file))
        place = code.co_filename, position[0]
        if place in self.labels_at or place in self.ignored_at:
            return [role, loops, self.labels_at.get(place), place in self.ignored_at]
        return [role, loops] if loops else [role] if role else []

    def position(self, code, lasti):
        """Line, column, last line and last column of an instruction; columns in UTF-16 code units, None where they are not known."""
        table = self._positions.get(id(code))
        if table is None:
            table = self._positions[id(code)] = list(code.co_positions()) if HAS_COLUMNS else lines_of(code)
        if not HAS_COLUMNS:
            return line_at(table, lasti, code.co_firstlineno), None, None, None
        index = lasti // 2
        if not 0 <= index < len(table):
            return code.co_firstlineno, None, None, None
        line, end_line, column, end_column = table[index]
        if line is None:
            return code.co_firstlineno, None, None, None
        file = code.co_filename
        plain = self._plain.get(file)
        if plain is None:
            plain = self._plain[file] = all(text.isascii() for text in getlines(file))
        if plain:
            return line, column, end_line, end_column
        return line, utf16(file, line, column), end_line, utf16(file, end_line, end_column)


#: From 3.11 on the suspension of an await is its YIELD_VALUE, before it is the YIELD_FROM.
_SUSPENDING = [dis.opmap[name] for name in ('YIELD_VALUE', 'YIELD_FROM') if name in dis.opmap]


def suspends_once(code):
    """Whether a frame of this code can suspend at only one instruction."""
    instructions = code.co_code[::2]
    return sum(map(instructions.count, _SUSPENDING)) == 1


def kind_of(code):
    flags = code.co_flags
    if flags & CO_COROUTINE:
        return 'coroutine'
    if flags & CO_ASYNC_GENERATOR:
        return 'asyncgen'
    return 'generator' if flags & CO_GENERATOR else 'function'


def shown_file(file):
    return file if file.startswith('<') else os.path.abspath(file)


def lines_of(code):
    """Pairs (instruction, line) before there were columns."""
    if hasattr(code, 'co_lines'):
        return [(start, line) for start, _, line in code.co_lines() if line is not None]
    import dis
    return list(dis.findlinestarts(code))


def line_at(table, lasti, default):
    # 3.10 counts instructions in f_lasti as bytes, as 3.9 does; both tables are in bytes.
    line = default
    for start, number in table:
        if start > lasti:
            break
        line = number
    return line


def utf16(file, line, offset):
    """A column in UTF-8 bytes, as CPython counts, as one in UTF-16 code units, as editors do."""
    if offset is None or offset == 0:
        return offset
    text = getline(file, line)
    if not text or text.isascii():
        return offset
    before = text.encode('utf-8', 'surrogatepass')[:offset].decode('utf-8', 'replace')
    return len(before.encode('utf-16-le', 'surrogatepass')) // 2
