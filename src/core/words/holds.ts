import { chainOf } from '../places/chain';
import type { Hold, Timeline } from '../timeline/model';
import type { Site } from '../trace/records';
import type { Translate } from '../translate';
import { formatDuration } from '../units';
import { shortName } from './names';

/** What held a loop, and what to write instead, for people. */

/** `time.sleep(1)`: the source of the call that is to blame; empty where it is not known. */
export function callText({ sites }: Pick<Timeline, 'sites'>, site: number): string {
  return sites[site]?.call ?? '';
}

/** `line 22: time.sleep(1)`. */
export function placedCall({ sites }: Pick<Timeline, 'sites'>, site: number, t: Translate): string {
  const { line, call } = sites[site] ?? { line: 0 };
  return call ? t('line {0}: {1}', line, call) : t('line {0}', line);
}

/** The calls by which the code of a task came to the one that is to blame, outermost first; none if it made that call itself. */
function calledThrough(timeline: Pick<Timeline, 'sites'>, site: number): Site[] {
  const user = chainOf(timeline, site).filter(({ code, call }) => code.user && call !== undefined);
  const from = user.findLastIndex(({ code }) => code.kind === 'coroutine' || code.kind === 'asyncgen');
  return user.slice(Math.max(0, from), -1);
}

/** `deep() (line 12) → deeper() (line 6)`; empty if there is nothing in between. */
export function throughText(timeline: Pick<Timeline, 'sites'>, site: number, t: Translate): string {
  return calledThrough(timeline, site)
    .map(({ call, line }) => t('{0} (line {1})', call ?? '', line))
    .join(' → ');
}

/** Why nothing else could run. */
export function holdReason(timeline: Timeline, hold: Hold | undefined, t: Translate): string {
  if (!hold || hold.site === 0)
    return t(
      'The event loop runs everything in one thread and cannot interrupt running code: nothing else runs until it ends.',
    );
  const through = throughText(timeline, hold.site, t);
  const own = ownReason(callText(timeline, hold.site), t);
  if (own) return through === '' ? own : `${t('Called through {0}.', through)} ${own}`;
  const reason =
    hold.blocked > hold.computing
      ? t(
          'It waits without an await, in the only thread of the event loop. The loop cannot interrupt it: nothing else runs until it returns.',
        )
      : t(
          'It computes in the only thread of the event loop. The loop cannot interrupt it: nothing else runs until it is done.',
        );
  return through === '' ? reason : `${t('Called through {0}.', through)} ${reason}`;
}

/** A wait for something that only the blocked loop itself could do. */
const RESULT = /(^|[\w)\]])\.(result|exception)\(.*\)$/;
/** Coroutine functions of asyncio: a call does nothing until it is awaited. */
const NOT_AWAITED =
  /^asyncio\.(sleep|wait_for|wait|to_thread|open_connection|start_server|create_subprocess_\w+)\(.*\)$/;

function ownReason(call: string, t: Translate): string | undefined {
  if (RESULT.test(call))
    return t(
      'It waits for another result in the thread of the event loop. If that comes from this loop (run_coroutine_threadsafe(), a task), it can never come: the loop cannot run anything while its thread waits here.',
    );
  if (NOT_AWAITED.test(call))
    return t(
      '{0} without await only creates a coroutine object and returns at once: the code goes on without ever giving the event loop a turn.',
      call,
    );
  return undefined;
}

const WITH_EXECUTOR = /^(with .*\b)?([\w.]+\.)?(Thread|Process|Interpreter)PoolExecutor\(|\.shutdown\(.*\)$/;

/** Calls that have a counterpart which can be awaited. */
const COUNTERPARTS: readonly (readonly [RegExp, string])[] = [
  [/^subprocess\./, 'asyncio.create_subprocess_exec(…)'],
  [/^os\.system\(/, 'asyncio.create_subprocess_shell(…)'],
  [/^(requests|urllib\.request)\./, 'httpx.AsyncClient'],
  [/^input\(/, 'asyncio.to_thread(input)'],
  [/^socket\.(create_connection|getaddrinfo)\(/, 'asyncio.open_connection(…)'],
];

/** What to write instead. */
export function holdAdvice(timeline: Timeline, hold: Hold | undefined, t: Translate): string {
  if (!hold || hold.site === 0)
    return t(
      'Run blocking code in a thread (await asyncio.to_thread(…)), or use its async counterpart. Split long calculations with await asyncio.sleep(0).',
    );
  const call = callText(timeline, hold.site);
  const direct = calledThrough(timeline, hold.site).length === 0;
  if (NOT_AWAITED.test(call)) return t('Write await {0}.', call);
  if (RESULT.test(call))
    return t(
      'In a coroutine, await the coroutine or task itself, or await asyncio.wrap_future(future). run_coroutine_threadsafe(…).result() is for other threads only.',
    );
  if (hold.blocked <= hold.computing)
    return t(
      'Move the calculation out of the event loop with await asyncio.to_thread(…) or a process pool, or let other tasks run in between: await asyncio.sleep(0).',
    );
  const delay = /^(?:time\.)?sleep\((.*)\)$/.exec(call)?.[1];
  if (delay !== undefined)
    return direct
      ? t('Write await asyncio.sleep({0}).', delay)
      : t(
          'Make the functions in between async def and write await asyncio.sleep({0}), or run the outermost call in a thread: await asyncio.to_thread(…).',
          delay,
        );
  if (WITH_EXECUTOR.test(call))
    return t(
      'The end of the with block waits for all jobs of the executor. Await them inside of the block, or create the executor outside of the coroutine.',
    );
  if (/\.join\(.*\)$/.test(call))
    return t('Write await asyncio.to_thread({0}).', call.replace(/\(\)$/, '').replace(/\((.+)\)$/, ', $1'));
  const counterpart = COUNTERPARTS.find(([pattern]) => pattern.test(call))?.[1];
  return counterpart
    ? t('Use {0}, or run it in a thread: await asyncio.to_thread(…).', counterpart)
    : t('Run it in a thread (await asyncio.to_thread(…)), or use an async library.');
}

/** `time.sleep(1) in Client.get, 1 s`: for a fact. */
export function holdFact(timeline: Timeline, hold: Hold, t: Translate): string {
  const site = timeline.sites[hold.site] ?? timeline.sites[hold.inner];
  if (!site) return '';
  const length = formatDuration(hold.computing + hold.blocked);
  const call = site.call ?? `${shortName(site.code.function)}()`;
  return hold.blocked > hold.computing ? t('{0} waits, {1}', call, length) : t('{0} computes, {1}', call, length);
}
