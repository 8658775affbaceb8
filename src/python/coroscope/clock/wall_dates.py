"""``datetime.now()`` and similar methods on the virtual clock.

They are C methods that read the system clock. The types stay: only these entries of their dictionaries are replaced, so that
subclasses, names that were imported before, pickles and reprs do not change.
"""

import gc
import sys
import time
import warnings

_UTCNOW = ('datetime.datetime.utcnow() is deprecated and scheduled for removal in a future version. Use timezone-aware objects to '
           'represent datetimes in UTC: datetime.datetime.now(datetime.UTC).')


def install():
    """Replaces them when ``datetime`` is imported, now or later. Returns a function that undoes it."""
    undo = []

    def begin(module):
        undo.append(replace(module))

    module = sys.modules.get('_datetime')
    if module is not None:
        begin(module)
    else:
        finder = WhenImported('_datetime', begin)
        sys.meta_path.insert(0, finder)
        undo.append(finder.remove)

    def uninstall():
        while undo:
            undo.pop()()

    return uninstall


def replace(module):
    """The methods of the C types. Returns the undoing; without it they go by whatever ``time.time()`` is then."""
    date, kind = module.date, module.datetime
    tzinfo, utc = module.tzinfo, module.timezone.utc
    real_now = kind.now

    def now(cls, tz=None):
        if tz is not None and not isinstance(tz, tzinfo):
            # It says what is wrong.
            return real_now(tz)
        return cls.fromtimestamp(time.time(), tz)

    def utcnow(cls):
        if sys.version_info >= (3, 12):
            warnings.warn(_UTCNOW, DeprecationWarning, stacklevel=2)
        return cls.fromtimestamp(time.time(), utc).replace(tzinfo=None)

    def today(cls):
        return cls.fromtimestamp(time.time())

    undo = [replaced(kind, now), replaced(kind, utcnow), replaced(date, today)]

    def uninstall():
        while undo:
            undo.pop()()

    return uninstall


def replaced(kind, function):
    """Puts a class method into the dictionary of a type in C. Returns the undoing."""
    name = function.__name__
    entries, modified = dictionary_of(kind, name), invalidate(kind)
    if entries is None or modified is None:
        return lambda: None
    # Kept: a call site may still hold what it found.
    original = entries[name]
    function.__qualname__, function.__module__ = f'{kind.__name__}.{name}', 'datetime'
    function.__doc__ = original.__doc__
    entries[name] = classmethod(function)
    modified()

    def undo():
        entries[name] = original
        modified()

    return undo


def dictionary_of(kind, name):
    """The dictionary behind ``kind.__dict__``, which only shows it."""
    for each in gc.get_referents(kind.__dict__):
        if type(each) is dict and name in each:
            return each
    return None


def invalidate(kind):
    """The function that invalidates the method cache of a type; None if there is none."""
    try:
        import ctypes
        modified = ctypes.pythonapi.PyType_Modified
    except Exception:
        return None
    modified.argtypes, modified.restype = [ctypes.py_object], None
    return lambda: modified(kind)


class WhenImported:
    """Calls ``then(module)`` as soon as a module has been imported."""

    def __init__(self, name, then):
        self._name = name
        self._then = then

    def find_spec(self, fullname, path=None, target=None):
        if fullname != self._name:
            return None
        self.remove()
        for finder in sys.meta_path:
            spec = finder.find_spec(fullname, path, target) if hasattr(finder, 'find_spec') else None
            if spec is not None:
                execute, then = spec.loader.exec_module, self._then
                break
        else:
            return None

        def exec_module(module):
            execute(module)
            then(module)

        spec.loader = Loader(spec.loader, exec_module)
        return spec

    def remove(self):
        if self in sys.meta_path:
            sys.meta_path.remove(self)


class Loader:
    def __init__(self, loader, exec_module):
        self._loader = loader
        self.exec_module = exec_module

    def create_module(self, spec):
        return self._loader.create_module(spec)
