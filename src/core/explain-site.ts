import { type AwaitSite, code, type Subject } from './explain';
import { explainAsyncio } from './explain-asyncio';
import { explainComprehension } from './explain-comprehension';
import type { Translate } from './words';

/**
 * What a line does, as the source alone tells it: what is awaited, whether it suspends, where control goes and what brings it back.
 * Markdown; whatever comes from the program stands in inline code.
 */
export function explainSite(site: AwaitSite, t: Translate): string[] {
  if (!site.allowed) return [t('Python refuses this here: it may stand only inside `async def`.')];
  if (site.construct === 'with') return explainWith(site.subject, t);
  const words = site.construct === 'for' ? explainFor(site.subject, t) : explainAwait(site.subject, t);
  return site.comprehension ? explainComprehension(site, site.comprehension, words, t) : words;
}

function explainAwait(subject: Subject, t: Translate): string[] {
  switch (subject.kind) {
    case 'coroutine':
      return [
        t(
          '{0} is a coroutine: the call only made an object, and this `await` runs it, inside the same task.',
          call(subject.name),
        ),
        ...insideOf(subject, t),
      ];
    case 'task':
      return [
        subject.of
          ? t(
              '{0} is a task that runs {1}, made on line {2}: the loop runs it by itself, awaited or not.',
              code(subject.name),
              call(subject.of),
              subject.line,
            )
          : t('{0} is a task: the loop runs it by itself, awaited or not.', code(subject.name)),
        t('This suspends unless the task is already done.'),
        t(
          'Control goes to the event loop; when the task ends, it wakes this one, and its result (or its exception) comes out here.',
        ),
      ];
    case 'asyncio':
      return explainAsyncio(subject, 'await', t);
    case 'instance':
      return subject.line === undefined
        ? [
            t(
              '{0} has no {1} in this file: unless it inherits one, this raises `TypeError`.',
              code(subject.name),
              code(subject.method),
            ),
          ]
        : [
            t(
              'This is an object of {0}: `await` calls its {1} (line {2}).',
              code(subject.name),
              code(subject.method),
              subject.line,
            ),
            t('It suspends wherever that method yields, and only there.'),
            t('Control then goes to the event loop; what was yielded brings it back when it is done.'),
          ];
    case 'generator':
      return [
        t('{0} is an async generator, and those cannot be awaited: this raises `TypeError`.', call(subject.name)),
        t('Loop over it with `async for`.'),
      ];
    case 'manager':
      return [
        t('{0} is an async context manager, and those cannot be awaited: this raises `TypeError`.', call(subject.name)),
        t('Enter it with `async with`.'),
      ];
    case 'uncalled':
      return [
        t('{0} is a function, and it is not called here: this raises `TypeError`.', code(subject.name)),
        t('Write {0}.', code(`await ${subject.name}(…)`)),
      ];
    case 'plain':
      return [
        t(
          '{0} (line {1}) is a plain `def`: it runs at once, to its end, and the event loop waits meanwhile.',
          call(subject.name),
          subject.line,
        ),
        t('What it returns must be awaitable, otherwise this raises `TypeError`.'),
      ];
    case 'wrong':
      return [
        t('{0} gives nothing that can be awaited: this raises `TypeError`.', code(subject.text)),
        ...(subject.instead ? [t('Use {0} instead: it lets other tasks run meanwhile.', code(subject.instead))] : []),
      ];
    default:
      return explainForeign(subject, t);
  }
}

function explainFor(subject: Subject, t: Translate): string[] {
  switch (subject.kind) {
    case 'generator':
      return [
        t(
          '{0} is an async generator: before each turn `async for` runs it on to its next `yield`, inside the same task.',
          call(subject.name),
        ),
        ...(subject.awaits === undefined
          ? [
              t('It never suspends: there is no `await` in it.'),
              t('So no other task gets a turn between two items, however many there are.'),
            ]
          : [
              t('It suspends only where something in it does; its first `await` is on line {0}.', subject.awaits),
              t(
                'Control then goes to the event loop and comes back right there; the `yield` itself never goes through the loop.',
              ),
            ]),
      ];
    case 'instance':
      return [
        t(
          'This is an object of {0}: before each turn `async for` awaits its {1}.',
          code(subject.name),
          code('__anext__()'),
        ),
        subject.awaits === undefined && subject.line !== undefined
          ? t('It never suspends: there is no `await` in it.')
          : t('It may suspend before each turn; then control goes to the event loop until the next item is there.'),
        t('`StopAsyncIteration` ends the loop.'),
      ];
    case 'asyncio':
      return explainAsyncio(subject, 'for', t);
    case 'coroutine':
    case 'plain':
    case 'wrong':
      return [
        t(
          '{0} is not an asynchronous iterator: this raises `TypeError`.',
          subject.kind === 'wrong' ? code(subject.text) : call(subject.name),
        ),
        t('`async for` needs an async generator, or an object with `__aiter__` and `__anext__`.'),
      ];
    default:
      return [
        t('Before each turn `async for` awaits the next item of {0}.', code(textOf(subject))),
        t('It may suspend there; then control goes to the event loop, and comes back when the item is there.'),
        t('Run the file to see how often it does.'),
      ];
  }
}

function explainWith(subject: Subject, t: Translate): string[] {
  switch (subject.kind) {
    case 'manager':
      return [
        t(
          '{0} is an async context manager (line {1}): it runs to its `yield` on the way in, and on from there on the way out.',
          call(subject.name),
          subject.line,
        ),
        ...(subject.awaits === undefined
          ? [t('It never suspends: there is no `await` in it.')]
          : [
              t('It suspends only where something in it does; its first `await` is on line {0}.', subject.awaits),
              t('Control then goes to the event loop and comes back right there.'),
            ]),
      ];
    case 'instance':
      return [
        t(
          '`async with` awaits {0} of {1} on the way in, and {2} when the block is left, however it is left.',
          code('__aenter__()'),
          code(subject.name),
          code('__aexit__()'),
        ),
        t(
          'Each suspends only where something in it does; then control goes to the event loop and comes back right there.',
        ),
      ];
    case 'asyncio':
      return explainAsyncio(subject, 'with', t);
    case 'coroutine':
    case 'generator':
    case 'plain':
    case 'wrong':
    case 'task':
      return [
        t(
          '{0} is not an async context manager: this raises `TypeError`.',
          subject.kind === 'wrong' ? code(subject.text) : call(subject.name),
        ),
      ];
    default:
      return [
        t(
          '`async with` awaits {0} of {1} on the way in, and {2} when the block is left, however it is left.',
          code('__aenter__()'),
          code(textOf(subject)),
          code('__aexit__()'),
        ),
        t('Both may suspend; then control goes to the event loop, and comes back when they are done.'),
        t('Run the file to see what they wait for.'),
      ];
  }
}

function insideOf(subject: { readonly name: string; readonly awaits: number | undefined }, t: Translate): string[] {
  if (subject.awaits === undefined) {
    return [
      t('It never suspends: there is no `await` in it.'),
      t('Control goes straight into it and straight back; no other task gets a turn.'),
    ];
  }
  return [
    t('It suspends only where something in it does; its first `await` is on line {0}.', subject.awaits),
    t(
      'Then the whole chain of awaits gives control to the event loop, which later resumes it right there; the value it returns comes out here.',
    ),
  ];
}

function explainForeign(subject: Subject, t: Translate): string[] {
  const what =
    subject.kind === 'library'
      ? t(
          '{0} comes from {1}; the source of this file does not tell what it returns.',
          code(subject.name),
          code(subject.module),
        )
      : t(
          'The source of this file does not tell what {0} is: a coroutine, a task, a future or an object with `__await__`.',
          code(textOf(subject)),
        );
  return [
    what,
    t(
      'It suspends only if it has to wait; then control goes to the event loop, and comes back when what it waits for is done.',
    ),
    t('Run the file to see whether it does.'),
  ];
}

function textOf(subject: Subject): string {
  return 'text' in subject ? subject.text : subject.name;
}

function call(name: string): string {
  return code(`${name}()`);
}
