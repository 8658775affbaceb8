"""Which stretches of a Python file are coloured in a page, and how."""

from __future__ import annotations

import io
import keyword
import tokenize
from typing import List, Optional

#: Numbers of the classes, as in `src/core/protocol/source-text.ts`.
KEYWORD, STRING, COMMENT, NUMBER, DEFINITION, TYPE = range(6)


def colours_of(text: str) -> List[int]:
    """Three numbers for each stretch, in order: UTF-16 code units since the end of the one before, its length, its class. Nothing for
    what is no Python. Lines end with ``\\n``."""
    starts, lines = [0], text.split('\n')
    for line in lines:
        starts.append(starts[-1] + units(line) + 1)
    colours: List[int] = []
    at, before = 0, ''
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            kind = class_of(token.type, token.string, before)
            if token.type not in (tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT):
                before = token.string
            if kind is None:
                continue
            start, end = (starts[line - 1] + units(lines[line - 1][:column]) for line, column in (token.start, token.end))
            if end > start >= at:
                colours += [start - at, end - start, kind]
                at = end
    except (tokenize.TokenError, SyntaxError, IndexError):
        # Coloured up to where it cannot be read.
        pass
    return colours


def class_of(type: int, string: str, before: str) -> Optional[int]:
    if type == tokenize.COMMENT:
        return COMMENT
    if type == tokenize.NUMBER:
        return NUMBER
    if type == tokenize.STRING or tokenize.tok_name.get(type, '').startswith(('FSTRING', 'TSTRING')):
        return STRING
    if type != tokenize.NAME:
        return None
    if before == 'def':
        return DEFINITION
    if before == 'class':
        return TYPE
    return KEYWORD if keyword.iskeyword(string) or string == 'self' else None


def units(text: str) -> int:
    """UTF-16 code units."""
    return len(text) + sum(letter > '\uffff' for letter in text)
