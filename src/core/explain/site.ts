import type { Translate } from '../translate';
import { explainAsyncio } from './asyncio';
import { type Explanation, MAYBE, NEVER, raising, said } from './claim';
import { explainComprehension } from './comprehension';
import { explainCoroutine, itsAwaits } from './coroutine';
import { type AwaitSite, type Comprehension, code, lineIn, type Subject } from './explain';
import { uncalled } from './made';
import { explainWith } from './with';

/**
 * Explains a line from the source alone: what is awaited, whether it suspends, where control goes and what resumes the task.
 * Markdown, with text of the program as inline code.
 */
export function explainSite(site: AwaitSite, t: Translate): readonly string[] {
  return siteExplanation(site, t).words;
}

/** The same, with the explanation as data. */
export function siteExplanation(site: AwaitSite, t: Translate): Explanation {
  if (!site.allowed) return refused(site, t);
  if (site.construct === 'with') return explainWith(site.subject, t);
  const plain =
    site.construct === 'for' ? explainFor(site.subject, t) : withStale(site, explainAwait(site.subject, t), t);
  return site.comprehension ? inComprehension(site, site.comprehension, plain, t) : plain;
}

/** Adds a warning: what was tested before the `await` may have changed after it. */
function withStale({ stale }: AwaitSite, plain: Explanation, t: Translate): Explanation {
  if (!stale || plain.claim.suspends === 'never') return plain;
  return said(
    plain.claim,
    plain.words,
    t(
      'Other tasks run while it is suspended: {0}, which line {1} tests, may be different when line {2} changes it. Test it again there, or keep the others out with `async with lock:`.',
      code(stale.name),
      stale.read,
      stale.write,
    ),
  );
}

function refused({ around }: AwaitSite, t: Translate): Explanation {
  const refusal = t('Python allows this only inside `async def`.');
  const claim = raising('SyntaxError');
  if (around === 'module')
    return said(claim, refusal, t('Put it into an `async def main()`, and start that with `asyncio.run(main())`.'));
  return around === 'function'
    ? said(claim, refusal, t('Write `async def` instead of `def` for the function around it.'))
    : said(claim, refusal);
}

/** A generator expression only makes something here; the others await once an item, which may be not at all. */
function inComprehension(site: AwaitSite, kind: Comprehension, plain: Explanation, t: Translate): Explanation {
  const { makes: _, ...claim } = plain.claim;
  return said(claim, explainComprehension(site, kind, plain.words, t));
}

function explainAwait(subject: Subject, t: Translate): Explanation {
  switch (subject.kind) {
    case 'coroutine':
      return explainCoroutine(subject, t);
    case 'task':
      if (subject.refused !== undefined) return said(raising('TypeError'), uncalled(subject, subject.refused, t));
      return said(
        MAYBE,
        subject.of
          ? t(
              '{0} is a task that runs {1}, created on line {2}: the loop runs it by itself, awaited or not.',
              code(subject.name),
              call(subject.of),
              lineIn(subject.line, subject.cell, t),
            )
          : t('{0} is a task: the loop runs it by itself, awaited or not.', code(subject.name)),
        t('This suspends unless the task is already done.'),
        t(
          'Control goes to the event loop; when the task ends, it wakes this one, and its result (or its exception) comes out here.',
        ),
      );
    case 'asyncio':
      return explainAsyncio(subject, 'await', t);
    case 'instance':
      return awaitInstance(subject, t);
    case 'generator':
      return said(
        raising('TypeError'),
        t('{0} is an async generator, and those cannot be awaited: this raises `TypeError`.', call(subject.name)),
        t('Loop over it with `async for`.'),
      );
    case 'manager':
      return said(
        raising('TypeError'),
        t('{0} is an async context manager, and those cannot be awaited: this raises `TypeError`.', call(subject.name)),
        t('Enter it with `async with`.'),
      );
    case 'uncalled':
      return said(
        raising('TypeError'),
        t('{0} is a function, and it is not called here: this raises `TypeError`.', code(subject.name)),
        t('Write {0}.', code(`await ${subject.name}(…)`)),
      );
    case 'plain':
      return awaitPlain(subject, t);
    case 'refused':
      return said(
        raising('SyntaxError'),
        t('Python does not allow this: `await` takes a name, a call, or an expression in parentheses.'),
        t('Put {0} in parentheses if that is what you want to await.', code(subject.text)),
      );
    case 'wrong':
      return said(
        raising('TypeError'),
        t('{0} cannot be awaited: this raises `TypeError`.', code(subject.text)),
        subject.instead ? t('Use {0} instead: it lets other tasks run meanwhile.', code(subject.instead)) : [],
      );
    default:
      return explainForeign(subject, t);
  }
}

function awaitInstance(subject: Extract<Subject, { kind: 'instance' }>, t: Translate): Explanation {
  const [name, method] = [code(subject.name), code(subject.method)];
  if (subject.line === undefined)
    return subject.inherits
      ? said(MAYBE, t('{0} has no {1} in this file: unless it inherits one, this raises `TypeError`.', name, method))
      : said(raising('TypeError'), t('{0} has no {1}: this raises `TypeError`.', name, method));
  return said(
    MAYBE,
    t(
      'This is an object of {0}: `await` calls its {1} (line {2}).',
      name,
      method,
      lineIn(subject.line, subject.cell, t),
    ),
    t('It suspends wherever that method yields, and only there.'),
    t('Control then goes to the event loop; what was yielded brings it back when it is done.'),
  );
}

function awaitPlain({ name, gives, ...place }: Extract<Subject, { kind: 'plain' }>, t: Translate): Explanation {
  const line = lineIn(place.line, place.cell, t);
  const first = t(
    '{0} (line {1}) is a plain `def`: it runs at once, to its end, and the event loop waits meanwhile.',
    call(name),
    line,
  );
  if (gives === 'nothing')
    return said(raising('TypeError'), first, t('It returns `None`, which cannot be awaited: this raises `TypeError`.'));
  if (gives === 'generator')
    return said(
      raising('TypeError'),
      t('{0} (line {1}) is a plain generator, and those cannot be awaited: this raises `TypeError`.', call(name), line),
    );
  return said(MAYBE, first, t('What it returns must be awaitable, otherwise this raises `TypeError`.'));
}

function explainFor(subject: Subject, t: Translate): Explanation {
  switch (subject.kind) {
    case 'generator':
      return said(
        itsAwaits(subject.awaits),
        t(
          '{0} is an async generator: before each iteration, `async for` runs it to its next `yield`, inside the same task.',
          call(subject.name),
        ),
        subject.awaits === undefined
          ? [
              t('It never suspends: there is no `await` in it.'),
              t('So no other task gets a turn between two items, however many there are.'),
            ]
          : [
              t(
                'It suspends only if something in it really has to wait; its first `await` is on line {0}.',
                lineIn(subject.awaits, subject.cell, t),
              ),
              t(
                'Control then goes to the event loop and comes back right there; the `yield` itself never goes through the loop.',
              ),
            ],
      );
    case 'instance':
      return forInstance(subject, t);
    case 'asyncio':
      return explainAsyncio(subject, 'for', t);
    case 'coroutine':
    case 'manager':
    case 'uncalled':
    case 'plain':
    case 'task':
    case 'wrong':
      if (subject.kind === 'plain' && subject.gives === undefined) break;
      return said(
        raising('TypeError'),
        t(
          '{0} is not an asynchronous iterator: this raises `TypeError`.',
          subject.kind === 'wrong'
            ? code(subject.text)
            : subject.kind === 'uncalled'
              ? code(subject.name)
              : call(subject.name),
        ),
        t('`async for` needs an async generator, or an object with `__aiter__` and `__anext__`.'),
      );
  }
  return said(
    MAYBE,
    t('Before each iteration, `async for` awaits the next item of {0}.', code(textOf(subject))),
    t('It may suspend there; then control goes to the event loop, and comes back when the item is there.'),
    t('Run the file to see how often it does.'),
  );
}

function forInstance(
  { name, line, awaits, inherits }: Extract<Subject, { kind: 'instance' }>,
  t: Translate,
): Explanation {
  if (line === undefined && !inherits) {
    return said(
      raising('TypeError'),
      t('{0} has no {1}: this raises `TypeError`.', code(name), code('__aiter__')),
      t('`async for` needs an async generator, or an object with `__aiter__` and `__anext__`.'),
    );
  }
  const isNever = awaits === undefined && line !== undefined;
  return said(
    isNever ? NEVER : MAYBE,
    t('This is an object of {0}: before each iteration, `async for` awaits its {1}.', code(name), code('__anext__()')),
    isNever
      ? t('It never suspends: there is no `await` in it.')
      : t('It may suspend before each iteration; then control goes to the event loop until the next item is there.'),
    t('`StopAsyncIteration` ends the loop.'),
  );
}

function explainForeign(subject: Subject, t: Translate): Explanation {
  return said(
    MAYBE,
    subject.kind === 'library'
      ? t(
          '{0} comes from {1}; from this file alone Coroscope cannot tell what it returns.',
          code(subject.name),
          code(subject.module),
        )
      : t(
          'From this file alone Coroscope cannot tell what {0} is: a coroutine, a task, a future or an object with `__await__`.',
          code(textOf(subject)),
        ),
    t(
      'It suspends only if it has to wait; then control goes to the event loop, and comes back when what it waits for is done.',
    ),
    t('Run the file to see whether it does.'),
  );
}

function textOf(subject: Subject): string {
  return 'text' in subject ? subject.text : subject.name;
}

function call(name: string): string {
  return code(`${name}()`);
}
