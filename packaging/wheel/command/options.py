"""The command line where there is no Node.js: the same options, as far as Python alone can do what they ask for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Dict, List, Optional

#: Option → whether it takes a value.
KNOWN = {
    '--html': True, '--trace': True, '--clock': True, '--engine': True, '--ties': True, '--no-arguments': False, '--no-library-calls': False, '--detail': True, '--max-steps': True,
    '--max-virtual-time': True, '--max-wall-time': True, '--lang': True,
}
#: What these ask for is done by the part of the command that runs in Node.js.
IN_NODE = ('--json', '--story', '--ascii', '--width', '--keep', '--annotations', '--no-annotations', '--what-if', '--call', '-c', '--code',
           '--live', '--serve', '--no-open')
COMMANDS_IN_NODE = ('compare', 'check', 'stats', 'attach', 'top')
OF_SHOW = ('--html', '--lang')


class Unusable(Exception):
    """The command line makes no sense, or (``node``) asks for what needs Node.js. The message is a key of ``texts``."""

    def __init__(self, message: str, *holes: str, node: bool = False) -> None:
        super().__init__(message)
        self.message, self.holes, self.node = message, holes, node
        self.lang: Optional[str] = None


@dataclass
class Options:
    command: str
    file: str = ''
    args: List[str] = field(default_factory=list)
    module: Optional[str] = None
    values: Dict[str, str] = field(default_factory=dict)

    @property
    def html(self) -> str:
        return self.values.get('--html', '')

    @property
    def trace(self) -> str:
        return self.values.get('--trace', '')

    @property
    def lang(self) -> Optional[str]:
        return self.values.get('--lang')


def read(args: List[str]) -> Options:
    """Raises ``Unusable``."""
    values: Dict[str, str] = {}
    try:
        return split(args, values)
    except Unusable as error:
        error.lang = values.get('--lang')
        raise


def split(args: List[str], values: Dict[str, str]) -> Options:
    command = file = ''
    at = 0
    while at < len(args):
        word = args[at]
        name, has_value, value = word.partition('=')
        at += 1
        if word in ('--help', '-h') or word in ('--version', '-V'):
            return Options('help' if word in ('--help', '-h') else 'version', values=values)
        if name in ('-m', '--module') and command in ('', 'run'):
            module = value if has_value else args[at] if at < len(args) else ''
            if not module:
                raise Unusable('Option {0} needs a value.', name)
            return checked(Options('run', module, args[at + (not has_value):], module, values))
        if name in KNOWN:
            if KNOWN[name] and not has_value:
                if at >= len(args) or args[at].startswith('--'):
                    raise Unusable('Option {0} needs a value.', name)
                value = args[at]
                at += 1
            values[name] = value
        elif name in IN_NODE:
            raise Unusable('{0} needs Node.js 20 or later.', name, node=True)
        elif word.startswith('-') and word != '-':
            raise Unusable('There is no option {0}.', word)
        elif not command:
            command = word
            if command not in ('run', 'show', *COMMANDS_IN_NODE):
                raise Unusable('There is no command {0}.', command)
            if command in COMMANDS_IN_NODE:
                raise Unusable('{0} needs Node.js 20 or later.', f'coroscope {command}', node=True)
        elif command == 'run':
            return checked(Options('run', word, args[at:], None, values))
        elif file:
            raise Unusable('Unexpected argument {0}: show takes one trace.', word)
        else:
            file = word
    if command == 'show' and file:
        return checked(Options('show', file, values=values))
    raise Unusable('Which trace? Write {0}.' if command == 'show' else 'Which program? Write {0}.',
                   'coroscope show --html OUT.html TRACE' if command == 'show' else 'coroscope run --html OUT.html FILE.py')


def checked(options: Options) -> Options:
    values = options.values
    if options.command == 'show':
        wrong = next((name for name in values if name not in OF_SHOW), None)
        if wrong:
            raise Unusable('Option {0} belongs to run, not to show.', wrong)
    if not options.html and not (options.command == 'run' and options.trace):
        raise Unusable('The timeline as text needs Node.js 20 or later; {0} writes it as a page without.', '--html OUT.html', node=True)
    if options.command == 'run' and options.module is None and names_a_piece(options.file):
        raise Unusable('{0} needs Node.js 20 or later.', f'coroscope run {options.file}', node=True)
    if values.get('--engine') == 'embedded':
        raise Unusable('The embedded Python is not part of this installation: the program runs with your own Python.')
    for name, allowed in (('--clock', ('real', 'virtual')), ('--ties', ('set', 'reversed')), ('--detail', ('auto', 'full'))):
        if values.get(name, allowed[0]) not in allowed:
            raise Unusable('Option {0} must be {1} or {2}.', name, *allowed)
    if '--ties' in values:
        if values.get('--clock') == 'real':
            raise Unusable('{0} needs the virtual clock: leave out {1}.', '--ties', '--clock real')
        values['--clock'] = 'virtual'
    for name in ('--max-steps', '--max-virtual-time', '--max-wall-time'):
        if name in values and not is_number(values[name], whole=name == '--max-steps'):
            raise Unusable('Option {0} needs a number, not {1}.', name, values[name])
    return options


def names_a_piece(file: str) -> bool:
    """Standard input, a block of a note, a cell of a notebook, a function of a file."""
    path = file.partition('::')[0].partition('#')[0].lower()
    return file == '-' or '::' in file or path.endswith(('.md', '.markdown', '.mdx', '.mkd', '.ipynb'))


def is_number(text: str, whole: bool) -> bool:
    try:
        return (int(text) if whole else float(text)) >= 0
    except ValueError:
        return False
