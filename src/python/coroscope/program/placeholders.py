"""Placeholders for missing modules, so that a program runs up to where it really needs one of them."""

import importlib.machinery
import importlib.util
import sys


class MissingModuleError(ModuleNotFoundError):
    """The program needs a module that is not installed."""

    __module__ = 'builtins'


def needed(name, what):
    root = name.split('.')[0]
    return MissingModuleError(
        f"{what} needs the module '{root}', which is not here. Run the program with an interpreter that has it, "
        'or write after this line what it would do, for example  # coroscope: takes 800ms returns None', name=root)


class Placeholder:
    """A name from a missing module. It can be passed on, and has any attribute; everything else raises."""

    def __init__(self, name):
        self.__dict__['_name'] = name

    def __getattr__(self, name):
        if name.startswith('__') and name.endswith('__'):
            raise AttributeError(name)
        found = Placeholder(f'{self._name}.{name}')
        self.__dict__[name] = found
        return found

    def __repr__(self):
        return f'<{self._name}, which is not here>'

    def __call__(self, *args, **kwargs):
        raise needed(self._name, f'{self._name}()')

    def __mro_entries__(self, bases):
        # A class may say what it is made from; only to make one of it needs that.
        return (type(self._name, (_Base,), {'_name': self._name, '__module__': self._name.rpartition('.')[0]}),)

    def __getitem__(self, key):
        # In annotations: Response[str].
        return self

    def __or__(self, other):
        return self

    __ror__ = __or__

    def __await__(self):
        raise needed(self._name, f'await {self._name}')

    def __iter__(self):
        raise needed(self._name, f'going through {self._name}')

    __aiter__ = __iter__

    def __enter__(self):
        raise needed(self._name, f'with {self._name}')

    def __exit__(self, *error):
        return None

    async def __aenter__(self):
        raise needed(self._name, f'async with {self._name}')

    async def __aexit__(self, *error):
        return None

    def __setattr__(self, name, value):
        self.__dict__[name] = value


class _Base:
    """Base of classes that a program derives from missing ones. Its own exceptions may be such classes, too."""

    def __new__(cls, *args, **kwargs):
        raise needed(cls._name, f'{cls.__name__}()')


class Exceptions(type):
    """``except httpx.HTTPError`` asks for a class: none of what is raised is one of these."""


def exception(name):
    return Exceptions(name.rpartition('.')[2], (Exception,), {'__module__': name.rpartition('.')[0]})


class PlaceholderModule(type(sys)):
    """A module that is not here. What looks like an exception is a class, so that ``except`` clauses can name it."""

    def __getattr__(self, name):
        if name.startswith('__') and name.endswith('__'):
            raise AttributeError(name)
        full = f'{self.__name__}.{name}'
        found = exception(full) if name.endswith(('Error', 'Exception', 'Timeout', 'Disconnect')) else Placeholder(full)
        setattr(self, name, found)
        return found


class Finder:
    """The last of the finders: it finds what none before it has found, for imports of the program's own files."""

    def __init__(self, known):
        #: Top-level modules that may be missing.
        self._known = known
        #: Those that were asked for.
        self.missing = []

    def find_spec(self, fullname, path=None, target=None):
        if fullname.split('.')[0] not in self._known:
            return None
        above = fullname.rpartition('.')[0]
        if above and type(sys.modules.get(above)) is not PlaceholderModule:
            # The package is here: what is missing in it is an optional part, and its own code handles that.
            return None
        if '.' not in fullname:
            self.missing.append(fullname)
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec):
        return PlaceholderModule(spec.name)

    def exec_module(self, module):
        module.__all__ = []

    def install(self):
        sys.meta_path.append(self)

    def uninstall(self):
        if self in sys.meta_path:
            sys.meta_path.remove(self)
        # Without pairs: making them may collect garbage of the program's, whose finalizers may import.
        for name in list(sys.modules):
            if type(sys.modules.get(name)) is PlaceholderModule:
                del sys.modules[name]
