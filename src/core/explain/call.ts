import type { Translate } from '../translate';
import { type CallUse, instead } from './call-use';
import { type Around, code, type Range, type Subject } from './explain';
import { explainMade } from './made';

/** A call that makes an awaitable, or a definition of a function that does. Ranges as in `AwaitSite`. */
export type CallSite =
  | {
      readonly kind: 'definition';
      readonly range: Range;
      /** What a call returns, before decorators. */
      readonly subject: Subject;
      readonly decorator: string | undefined;
    }
  | {
      readonly kind: 'call';
      /** Of the callee: the arguments are other things. */
      readonly range: Range;
      readonly subject: Subject;
      readonly use: CallUse;
      readonly around: Around;
    };

/** Explains such a place from the source alone. Markdown, as `explainSite` returns it. */
export function explainCall(site: CallSite, t: Translate): string[] {
  if (site.kind === 'definition') return explainDefinition(site.subject, site.decorator, t);
  const { subject, use, around } = site;
  switch (subject.kind) {
    case 'coroutine':
      return [
        t('{0} only creates a coroutine object here: none of its code has run yet.', code(`${subject.name}()`)),
        ...fate(subject.name, use, around, t),
      ];
    case 'generator':
      return [
        t('{0} only creates an async generator here: none of its code has run yet.', code(`${subject.name}()`)),
        use.kind === 'dropped'
          ? t(
              'Nothing iterates over it, so none of its code ever runs: write {0}.',
              code(`async for … in ${subject.name}():`),
            )
          : t('It runs from one `yield` to the next as an `async for` asks for items.'),
      ];
    case 'wrong':
      return around === 'coroutine'
        ? [
            t('{0} blocks the thread: no other task gets a turn until it returns.', code(subject.text)),
            ...(subject.instead
              ? [t('Use {0} instead: it lets other tasks run meanwhile.', code(`await ${subject.instead}(…)`))]
              : []),
          ]
        : [];
    case 'task':
    case 'asyncio':
      return explainMade(subject, use, around, t);
    default:
      return [];
  }
}

function fate(name: string, use: CallUse, around: Around, t: Translate): string[] {
  switch (use.kind) {
    case 'dropped':
      return [
        t('Nobody awaits it, so none of its code ever runs; Python warns “coroutine … was never awaited”.'),
        instead(`${name}(…)`, around, t),
      ];
    case 'kept':
      return use.used
        ? [t('It runs when {0} is awaited, or made into a task: until then it is only an object.', code(use.name))]
        : [
            t(
              '{0} is not used again, so none of its code ever runs; Python warns “coroutine … was never awaited”.',
              code(use.name),
            ),
            instead(`${name}(…)`, around, t),
          ];
    case 'returned':
      return [t('The caller of this function gets the object and has to await it.')];
    case 'handed':
      return handed(use, `${name}(…)`, around, t);
    default:
      return [t('It runs when it is awaited, or made into a task.')];
  }
}

function handed(
  { to, taker, nested, eager }: Extract<CallUse, { kind: 'handed' }>,
  call: string,
  around: Around,
  t: Translate,
): string[] {
  const name = code(to);
  switch (taker) {
    case 'run':
    case 'run_until_complete':
      if (nested) return [t('{0} runs it, and returns when it has ended.', name)];
      return around === 'coroutine' || around === 'cell'
        ? [
            t('{0} refuses it because an event loop is already running here: none of its code ever runs.', name),
            t('Write {0}.', code(`await ${call}`)),
          ]
        : taker === 'run'
          ? [t('{0} runs it as the first task of an event loop, and returns when it has ended.', name)]
          : [t('{0} creates a task for it, and runs the event loop until that has ended.', name)];
    case 'wait':
      return [t('{0} takes tasks only: since Python 3.11 a coroutine is refused here.', name)];
    case 'wait_for':
      return [t('{0} awaits it, with a deadline.', name)];
    case 'run_coroutine_threadsafe':
      return [t('{0} creates a task for it in the event loop of another thread.', name)];
    case 'aclosing':
      return [t('{0} closes it when the block ends.', name)];
    default:
      if (eager)
        return [
          t(
            '{0} creates a task for it, which runs at once, up to the first `await` in it that really has to wait.',
            name,
          ),
        ];
      if (around === 'module')
        return [
          t(
            '{0} creates a task for it and puts the task at the end of the ready queue: it first runs after the tasks before it, once the event loop runs.',
            name,
          ),
        ];
      return [
        t(
          '{0} creates a task for it and puts the task at the end of the ready queue: it first runs after the tasks before it, once the current task suspends or ends.',
          name,
        ),
      ];
  }
}

function explainDefinition(subject: Subject, decorator: string | undefined, t: Translate): string[] {
  switch (subject.kind) {
    case 'coroutine':
      return [
        decorator
          ? t(
              '{0} is a coroutine function; what a call returns depends on its decorator {1}.',
              code(subject.name),
              code(decorator),
            )
          : t(
              'Calling {0} runs none of its code: it only creates a coroutine object, which runs when you await it or make it a task.',
              code(subject.name),
            ),
        subject.awaits === undefined
          ? t('There is no `await` in it: once it runs, it runs to its end, and no other task gets a turn meanwhile.')
          : t(
              'Once it runs, it keeps the event loop to itself until an `await` in it really has to wait; the first one is on line {0}.',
              subject.awaits,
            ),
      ];
    case 'generator':
      return [
        decorator
          ? t(
              '{0} is an async generator function; what a call returns depends on its decorator {1}.',
              code(subject.name),
              code(decorator),
            )
          : t(
              'Calling {0} runs none of its code: it only creates an async generator, which `async for` iterates over.',
              code(subject.name),
            ),
        t('Each iteration runs it to its next `yield`; only an `await` in it lets other tasks run.'),
      ];
    case 'manager':
      return [
        t(
          'Calling {0} runs none of its code: it only creates an async context manager, which you enter with `async with`.',
          code(subject.name),
        ),
        t('It runs up to its `yield` when the block begins, and the rest when it ends.'),
      ];
    default:
      return [];
  }
}
