"""redis-py (and aioredis, from which it comes). Commands by their names, never their keys: these often hold sessions, addresses or tokens."""

import re

MOST_COMMANDS = 2
_WORD = re.compile(r'[A-Za-z][A-Za-z0-9_.]{0,23}')
#: Commands whose second word is part of the command.
_TWO_WORDS = frozenset(('ACL', 'CLIENT', 'CLUSTER', 'COMMAND', 'CONFIG', 'DEBUG', 'FUNCTION', 'LATENCY', 'MEMORY', 'MODULE', 'OBJECT', 'PUBSUB', 'SCRIPT',
                        'SENTINEL', 'SLOWLOG', 'XGROUP', 'XINFO'))


def command(args):
    """``GET`` of ``('GET', key)``, ``CONFIG GET`` of ``('CONFIG GET', name)`` and of ``('CONFIG', 'GET', name)``; '' of anything else."""
    texts = []
    for value in args[:2] if type(args) is tuple else ():
        if type(value) is bytes:
            value = value[:64].decode('latin-1')
        texts.append(value[:64] if type(value) is str else '')
    # A text with spaces is split as redis-py does it: what follows the command are keys and values.
    words = ' '.join(texts[:1]).split() + texts[1:]
    if not words or not _WORD.fullmatch(words[0]):
        return ''
    first = words[0].upper()
    if first in _TWO_WORDS and len(words) > 1 and _WORD.fullmatch(words[1]):
        return f'{first} {words[1].upper()}'
    return first


def executed(names):
    return f'Redis {command(names.get("args")) or "command"}'


def pipeline(names):
    stack = names['stack'] if 'stack' in names else getattr(names['self'], 'command_stack', ())
    found = [command(each[0]) for each in list(stack)[:MOST_COMMANDS] if type(each) is tuple]
    if len(stack) > MOST_COMMANDS:
        found.append(f'+{len(stack) - MOST_COMMANDS}')
    return 'Redis pipeline ' + ', '.join(each or 'command' for each in found) if found else 'Redis pipeline'


def messages(names):
    return 'Redis messages'


CALLS = {}
for client in ('redis.asyncio.client', 'aioredis.client'):
    CALLS.update({
        (client, 'execute_command'): executed,
        (client, 'immediate_execute_command'): executed,
        (client, 'execute'): pipeline,
        (client, 'get_message'): messages,
        (client, 'listen'): messages,
    })
CALLS[('redis.asyncio.cluster', 'execute_command')] = executed
