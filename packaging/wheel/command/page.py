"""A recorded run as one self-contained page, made without Node.js: the template was built from the same sources as that of the command."""

from __future__ import annotations

import base64
import errno
import gzip
import html
import json
import os
import stat
import tokenize
from typing import BinaryIO, Dict, Iterable, Iterator, List, Sequence

from .. import FOLDER
from .colours import colours_of
from .exits import tell
from .texts import Texts
from .trace import About, NoTrace, about

__all__ = ['NoTrace', 'write_page']

#: Bytes of a trace that are compressed at once: of a large one never all is in memory.
PIECE = 4 << 20
#: Characters: a longer file, or more of them, would make the page too large to send.
MOST_OF_A_FILE, MOST_OF_ALL = 256 * 1024, 1024 * 1024
SHIPPED = os.path.join(FOLDER, 'command', 'page')


def write_page(trace: str, to: str, text: Texts, folders: Sequence[str], run_now: bool = False) -> None:
    """Writes the trace at ``trace`` as a page. Files of these folders may stand beside the timeline, as far as they did not change after the
    record was written (``run_now``: it was, just now). Raises ``NoTrace`` or ``OSError``."""
    path = os.path.abspath(to)
    with open(trace, 'rb') as stream:
        found = about(stream, trace)
        until = float('inf') if run_now else os.fstat(stream.fileno()).st_mtime
        data = {'locale': text.locale, 'words': words(text), 'root': os.getcwd(), 'sources': sources(found, folders, until)}
        make_folder(os.path.dirname(path))
        write_whole(path, parts(stream, data, f'{os.path.basename(found.program)} – Coroscope', text))
    tell(text('The timeline as a page: {0}', path))


def make_folder(folder: str) -> None:
    try:
        os.makedirs(folder, exist_ok=True)
    except FileExistsError as error:
        # A file stands there.
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), error.filename)


def write_whole(path: str, pieces: Iterable[str]) -> None:
    """Writes a file, or leaves none. Raises ``OSError`` with its name."""
    try:
        with open(path, 'w', encoding='utf-8', newline='\n') as page:
            try:
                for piece in pieces:
                    page.write(piece)
                page.flush()
            except BaseException:
                # One that is not whole is of no use.
                if stat.S_ISREG(os.fstat(page.fileno()).st_mode):
                    os.unlink(path)
                raise
    except OSError as error:
        error.filename = error.filename or path
        raise


def parts(trace: BinaryIO, data: Dict[str, object], title: str, text: Texts) -> Iterator[str]:
    with open(os.path.join(SHIPPED, 'template.html'), encoding='utf-8', newline='') as stream:
        before, after = stream.read().split('@TRACE@')
    shown = words(text)
    for name, message in json.loads(read('messages.json')).items():
        said = shown.get(message, message)
        # One stands in JSON, the other in markup.
        after = after.replace(f'@{name}@', json.dumps(said)[1:-1].replace('<', '\\u003c') if name == 'TROUBLE' else html.escape(said, quote=False))
    before = before.replace('@LANG@', text.locale).replace('@TITLE@', html.escape(title, quote=False))
    yield before.replace('@ABOUT@', packed(json.dumps(data).encode()))
    trace.seek(0)
    yield '['
    separator = ''
    while True:
        piece = trace.read(PIECE)
        if not piece:
            break
        yield f'{separator}"{packed(piece)}"'
        separator = ','
    yield ']' + after


def sources(found: About, folders: Sequence[str], until: float) -> List[Dict[str, object]]:
    """A trace may name any file of this machine, and a page is sent to others: read is nothing but Python in these folders."""
    shown: List[Dict[str, object]] = []
    left = MOST_OF_ALL
    for file in found.files:
        if not os.path.isabs(file) or not file.lower().endswith(('.py', '.pyw')):
            continue
        try:
            there = os.path.realpath(file)
            if not any(is_in(there, os.path.realpath(folder)) for folder in folders) or os.stat(there).st_mtime > until:
                continue
            with tokenize.open(there) as stream:
                text = stream.read(MOST_OF_A_FILE + 1)
        except (OSError, SyntaxError, UnicodeDecodeError):
            continue
        if len(text) > min(MOST_OF_A_FILE, left):
            continue
        left -= len(text)
        shown.append({'file': file, 'text': text, 'colours': colours_of(text)})
    return shown


def is_in(file: str, folder: str) -> bool:
    try:
        return os.path.commonpath([file, folder]) == folder
    except ValueError:
        # On another drive.
        return False


def words(text: Texts) -> Dict[str, str]:
    return json.loads(read(f'{text.locale}.json')) if text.locale != 'en' else {}


def read(name: str) -> str:
    with open(os.path.join(SHIPPED, name), encoding='utf-8') as stream:
        return stream.read()


def packed(data: bytes) -> str:
    return base64.b64encode(gzip.compress(data, 9)).decode('ascii')
