"""A query, cut to its verb and table. Nothing else of it is ever shown: texts, numbers and conditions may be values."""

import re

from ..records.arguments import HIDDEN, looks_secret

#: So much of a query is read.
LONGEST = 4000
LONGEST_NAME = 60
MOST_QUERIES = 1000

_PART = re.compile(r'''
    \s+
  | --[^\n]*
  | /\*.*?(?:\*/|\Z)
  | (?P<text>[eE]'(?:[^'\\]|\\.|'')*(?:'|\Z) | '(?:[^']|'')*(?:'|\Z) | \$(?P<tag>(?:[^\W\d]\w*)?)\$.*?(?:\$(?P=tag)\$|\Z))
  | (?P<quoted>"[^"]*(?:"|\Z) | `[^`]*(?:`|\Z) | \[[A-Za-z_]\w*\])
  | (?P<word>[^\W\d][\w$]*)
  | (?P<sign>.)
''', re.VERBOSE | re.DOTALL)
_PLAIN = re.compile(r'[^\W\d][\w$ -]*')

#: Verbs, and the word after which their table stands; None: they have none.
_AFTER = {
    'SELECT': 'FROM', 'DELETE': 'FROM', 'INSERT': 'INTO', 'REPLACE': 'INTO', 'MERGE': 'INTO', 'UPDATE': 'UPDATE', 'CREATE': 'TABLE', 'ALTER': 'TABLE',
    'DROP': 'TABLE', 'TRUNCATE': 'TRUNCATE', 'COPY': 'COPY', 'LOCK': 'LOCK', 'TABLE': 'TABLE',
    **dict.fromkeys(('BEGIN', 'START', 'COMMIT', 'END', 'ROLLBACK', 'ABORT', 'SAVEPOINT', 'RELEASE', 'SET', 'RESET', 'SHOW', 'LISTEN', 'UNLISTEN',
                     'NOTIFY', 'CALL', 'DO', 'EXECUTE', 'PREPARE', 'DEALLOCATE', 'DECLARE', 'FETCH', 'MOVE', 'CLOSE', 'EXPLAIN', 'ANALYZE', 'VACUUM',
                     'REINDEX', 'CLUSTER', 'REFRESH', 'GRANT', 'REVOKE', 'COMMENT', 'DISCARD', 'CHECKPOINT', 'VALUES', 'PRAGMA', 'ATTACH', 'DETACH',
                     'USE')),
}
#: What may stand before the name of a table.
_BETWEEN = frozenset(('TABLE', 'IF', 'NOT', 'EXISTS', 'ONLY', 'OR', 'ABORT', 'FAIL', 'IGNORE', 'REPLACE', 'ROLLBACK', 'LATERAL'))
#: What makes no table, though ``TABLE`` may stand further on.
_KINDS = frozenset(('INDEX', 'VIEW', 'FUNCTION', 'PROCEDURE', 'TRIGGER', 'TYPE', 'SEQUENCE', 'SCHEMA', 'DATABASE', 'EXTENSION', 'USER', 'ROLE'))

_known = {}


def statement(query):
    """``SELECT users`` of a query; its verb alone where it names no table, '' where that is not known."""
    if type(query) is not str:
        return ''
    known = _known.get(query)
    if known is None:
        known = _statement(query[:LONGEST])
        if len(query) <= LONGEST:
            if len(_known) >= MOST_QUERIES:
                _known.clear()
            _known[query] = known
    return known


def _statement(query):
    parts = list(_parts(query))
    verb, at = _verb(parts)
    if not verb:
        return ''
    after = _AFTER[verb]
    table = _table(parts, at, after) if after else ''
    return f'{verb} {table}' if table else verb


def _parts(query):
    """(word in capitals, name as it is written, depth of parentheses); a sign is a word without a name."""
    depth = 0
    for part in _PART.finditer(query):
        kind, text = part.lastgroup, part.group()
        if part.group('word') is not None:
            yield text.upper(), text, depth
        elif part.group('quoted') is not None:
            yield '', text[1:-1], depth
        elif part.group('sign') is not None:
            if text == ')':
                depth -= 1
            yield text, '', depth
            if text == '(':
                depth += 1
        elif kind is not None:
            yield "'", '', depth


def _verb(parts):
    """The first word, or of ``WITH … AS (…) SELECT …`` the first verb behind what stands in parentheses; and where it stands."""
    first = next((i for i, (word, _, _) in enumerate(parts) if word not in ('(', ';')), None)
    if first is None:
        return '', 0
    word, _, base = parts[first]
    if word != 'WITH':
        return (word, first) if word in _AFTER else ('', 0)
    for i in range(first + 1, len(parts)):
        word, _, depth = parts[i]
        if depth == base and word in ('SELECT', 'INSERT', 'UPDATE', 'DELETE', 'MERGE', 'VALUES'):
            return word, i
    return '', 0


def _table(parts, at, after):
    base = parts[at][2]
    for i in range(at, len(parts)):
        word, _, depth = parts[i]
        if word == ';' or after == 'TABLE' and word in _KINDS:
            return ''
        if word == after and depth == base:
            return _name(parts, i + 1)
    return ''


def _name(parts, at):
    """The name that stands there, with that of its schema; in a query within parentheses, that of its table."""
    while at < len(parts) and parts[at][0] in _BETWEEN:
        at += 1
    if at < len(parts) and parts[at][0] == '(':
        word, where = _verb(parts[at + 1:])
        return _table(parts, at + 1 + where, _AFTER[word]) if word and _AFTER[word] else ''
    names = []
    while at < len(parts) and parts[at][1]:
        names.append(parts[at][1])
        if at + 1 >= len(parts) or parts[at + 1][0] != '.':
            break
        at += 2
    shown = '.'.join(names)
    if not shown or not all(_PLAIN.fullmatch(name) for name in names):
        return ''
    return HIDDEN if len(shown) > LONGEST_NAME or any(map(looks_secret, names)) else shown
