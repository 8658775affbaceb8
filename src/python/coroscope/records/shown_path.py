"""The path of an address without values that look like keys."""

import re

from .arguments import HIDDEN, looks_secret

LONGEST = 200
#: Shorter ones are keys only if something marks them, which has one of these signs.
SHORTEST_KEY = 20
_MARKED = re.compile('[-_@ ]')


def shown_path(path):
    """A path without its query. A part of it that looks like a key, as in a link that resets a password, is hidden."""
    if type(path) is not str:
        return ''
    path = path.partition('?')[0].partition('#')[0]
    if len(path) >= SHORTEST_KEY or _MARKED.search(path):
        path = '/'.join([HIDDEN if looks_secret(part) else part for part in path[:2 * LONGEST].split('/')])
    return path if len(path) <= LONGEST else path[:LONGEST - 1] + HIDDEN
