"""``coroscope --help`` where there is no Node.js."""

from __future__ import annotations

from .texts import Texts


def help_text(text: Texts) -> str:
    rows = [
        ('--html OUT.html', text('writes the timeline as one self-contained page')),
        ('--trace OUT.coroscope', text('saves the recording')),
        ('-m MODULE', text('a module, as python -m finds it')),
        ('--engine PATH', text('another interpreter, or that of this virtual environment')),
        ('--clock real|virtual', text('virtual: sleeping costs no time (default: real)')),
        ('--ties reversed', text('timers that are due together but were set at different moments fire in the other order')),
        ('--detail full', text('follows coroutines inside tasks before Python 3.12 too, which is slow')),
        ('--no-arguments', text('does not record what the coroutines of tasks were called with')),
        ('--no-library-calls', text('does not name waits by what was asked of a library: {0}', 'SELECT users, GET example.com')),
        ('--max-steps N', text('stops after N steps of the event loop')),
        ('--max-virtual-time S', text('stops after S seconds of virtual time')),
        ('--max-wall-time S', text('stops after S seconds')),
        ('--lang en|ko', text('language (default: that of the system)')),
        ('--help, --version', ''),
    ]
    width = max(len(name) for name, _ in rows)
    return '\n'.join([
        text('Coroscope shows how a Python async program really ran.'),
        '',
        '  coroscope run --html OUT.html FILE.py [ARGS…]',
        '  coroscope run --trace OUT.coroscope -m MODULE [ARGS…]',
        '  coroscope show --html OUT.html TRACE',
        f"  coroscope env OUT.coroscope  {text('prints the variables with which a Python that another program starts records itself')}",
        '',
        *(f'  {name.ljust(width)}  {what}'.rstrip() for name, what in rows),
        '',
        text('No Node.js 20 or later was found. With one, the command also draws the timeline as text, tells findings and the story, prints JSON, '
             'compares runs, and runs blocks of Markdown notes.'),
        text('Install it from {0}, or with {1}.', 'https://nodejs.org', 'pip install "coroscope[node]"'),
    ])
