"""The source at the current instruction of a frame: the call that it makes, else its line; short enough for a label."""

import ast
import dis

from .calls import parsed
from .lines import getline, getlines

LONGEST = 80
#: Comprehensions are functions of their own there.
CALLED = ast.Call, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp
_CALLS = frozenset(number for name, number in dis.opmap.items() if name.startswith(('CALL', 'PRECALL')) and 'INTRINSIC' not in name)
_CACHE = dis.opmap.get('CACHE', -1)


def excerpt(code, lasti, position):
    """``time.sleep(1)`` or ``while True:``. ``position``: line, column, last line and last column (None before 3.11); '' if there is no source."""
    line, column, end_line, end_column = position
    file = code.co_filename
    if not makes_call(code, lasti):
        return shortened(getline(file, line))
    if column is None:
        return shortened(only_call(file, line) or getline(file, line))
    lines = [getline(file, number).rstrip('\n') for number in range(line, min(end_line, line + 20) + 1)]
    if not lines or not lines[0]:
        return ''
    # Columns are in UTF-16 code units.
    lines[-1] = units(lines[-1], 0, end_column)
    lines[0] = units(lines[0], column, None)
    return shortened(' '.join([each.strip() for each in lines]))


def makes_call(code, lasti):
    """Whether the instruction calls something. Until 3.11 a frame that called another may stand in the instruction's cache."""
    data = code.co_code
    while lasti > 0 and data[lasti] == _CACHE:
        lasti -= 2
    return 0 <= lasti < len(data) and data[lasti] in _CALLS


def only_call(file, line):
    """The source of the one call in a line, '' if there are several: before there were columns it is not known which of them is meant."""
    tree = parsed(file)
    if tree is None:
        return ''
    found = [node for node in ast.walk(tree) if isinstance(node, CALLED) and node.lineno <= line <= node.end_lineno]
    if len(found) != 1 or not isinstance(found[0], ast.Call):
        return ''
    return ast.get_source_segment(''.join(getlines(file)), found[0]) or ''


def units(text, start, end):
    if text.isascii():
        return text[start:end]
    data = text.encode('utf-16-le', 'surrogatepass')
    return data[2 * start:None if end is None else 2 * end].decode('utf-16-le', 'replace')


def shortened(text):
    text = ' '.join(text.split())
    return text if len(text) <= LONGEST else text[:LONGEST - 1] + '…'
