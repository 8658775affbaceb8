import { describe, expect, test } from 'vitest';
import { cancellationOf } from '../../src/core/causes/cancellations';
import { storyOf } from '../../src/core/describe/story';
import { sentenceText } from '../../src/core/describe/story-words';
import { problemWords } from '../../src/core/findings/finding-words';
import { problemsOf } from '../../src/core/findings/findings';
import { buildLanes } from '../../src/core/lanes/lanes';
import { State, type Timeline } from '../../src/core/timeline/model';
import { translator } from '../../src/core/translate';
import { interpreters, program, runs } from '../engines/here';

/** Programs that end, or cancel, from within: by a signal that they send to themselves, or `sys.exit()`. */

const t = translator(undefined);
const engines = [{ version: 'embedded', command: 'embedded' }, ...interpreters];

async function on(command: string, source: string): Promise<Timeline> {
  const { timeline } = await runs(program(source), { engine: command, clock: 'virtual' });
  return timeline;
}

function findings(timeline: Timeline): string[] {
  return problemsOf(timeline).map((problem) => {
    const { title, why, advice } = problemWords(timeline, problem, t);
    return `${title} ${why} ${advice}`;
  });
}

function told(timeline: Timeline): string {
  const lanes = buildLanes(timeline);
  const story = storyOf(lanes);
  return Array.from({ length: story.count }, (_, i) => sentenceText(lanes, story, story.sentence(i), t)).join('\n');
}

const SIGINT_FROM_TIMER = `import asyncio, os, signal
async def worker():
    await asyncio.sleep(10)
async def main():
    asyncio.get_running_loop().call_later(1, os.kill, os.getpid(), signal.SIGINT)
    await asyncio.gather(worker(), asyncio.sleep(5))
asyncio.run(main())`;

const SIGINT_IN_STEP = `import asyncio, signal
async def other():
    await asyncio.sleep(0.3)
    signal.raise_signal(signal.SIGINT)
async def main():
    task = asyncio.create_task(other())
    try:
        await asyncio.sleep(10)
    finally:
        print("cleaned up")
try:
    asyncio.run(main())
except KeyboardInterrupt:
    print("interrupted")`;

const SIGINT_IN_OWN_STEP = `import asyncio, signal
async def main():
    await asyncio.sleep(0.1)
    signal.raise_signal(signal.SIGINT)
    await asyncio.sleep(1)
try:
    asyncio.run(main())
except KeyboardInterrupt:
    print("interrupted")`;

const BEFORE_FIRST_STEP = `import asyncio
async def job():
    print("never")
async def main():
    task = asyncio.create_task(job())
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("caught")
asyncio.run(main())`;

const READY = `import asyncio
async def waits(event):
    await event.wait()
async def main():
    event = asyncio.Event()
    task = asyncio.create_task(waits(event), name="waits")
    await asyncio.sleep(1)
    event.set()
    task.cancel()
    await asyncio.wait([task])
asyncio.run(main())`;

const KILLED = (send: string) => `import asyncio, os, signal
async def tick():
    while True:
        await asyncio.sleep(1)
async def main():
    task = asyncio.create_task(tick())
    await asyncio.sleep(2.5)
    ${send}
asyncio.run(main())`;

const EXIT_IN_TASK = `import asyncio, sys
async def child():
    await asyncio.sleep(0.1)
    sys.exit(3)
async def main():
    task = asyncio.create_task(child())
    await asyncio.sleep(1)
asyncio.run(main())`;

describe.each(engines)('ended from within: $version', ({ command, version }) => {
  const cancelsMain = version === 'embedded' || Number(version.split('.')[1]) >= 11;

  test.each([
    ['a timer', SIGINT_FROM_TIMER, 'worker()'],
    ['a step of another task', SIGINT_IN_STEP, 'main()'],
  ])('SIGINT that comes in %s is what cancels', async (_, source, who) => {
    const told = findings(await on(command, source));
    if (cancelsMain) expect(told.join('\n')).toContain(`${who} was cancelled by SIGINT, as Ctrl+C sends it.`);
    // Before 3.11 asyncio.run() raises KeyboardInterrupt first, and cancels what is left.
    else expect(told.join('\n')).toContain(`${who} had not finished when the program ended, so it was cancelled.`);
    expect(told.join('\n')).not.toMatch(/cancelled by (a timer|other\(\))/);
  });

  test('SIGINT that a task sends in its own step', async () => {
    const timeline = await on(command, SIGINT_IN_OWN_STEP);
    const [main] = timeline.tasks;
    // Before 3.11 the KeyboardInterrupt comes out of that very step.
    if (!cancelsMain) return expect(main.outcome.kind).not.toBe('cancelled');
    expect(cancellationOf(timeline, main)).toMatchObject({ kind: 'interrupt', signal: 2 });
    expect(told(timeline)).toContain('it awaited sleep 1 s when it was cancelled by SIGINT, as Ctrl+C sends it.');
  });

  test('a task that was cancelled before its first step, and by whom', async () => {
    expect(told(await on(command, BEFORE_FIRST_STEP))).toContain('job() was cancelled by main() before its first step');
  });

  test('a task that was cancelled while it was ready', async () => {
    expect(told(await on(command, READY))).toContain(
      'resumes with CancelledError: it was ready again after event when it was cancelled by main().',
    );
  });

  test.each([
    ['os.kill(os.getpid(), signal.SIGKILL)', 'SIGKILL'],
    ['os.kill(os.getpid(), signal.SIGTERM)', 'SIGTERM'],
    ['signal.raise_signal(signal.SIGHUP)', 'SIGHUP'],
    ['os.abort()', 'SIGABRT'],
  ])('%s ends the record in the step that calls it', async (send, name) => {
    const timeline = await on(command, KILLED(send));
    expect(timeline.truncated).toMatchObject({ reason: 'killed', message: `Ended by ${name}.` });
    expect(timeline.duration).toBeCloseTo(2.5, 6);
    const [main] = timeline.tasks;
    expect(timeline.segments.state[main.first + main.count - 1]).toBe(State.running);
  });

  test('sys.exit() in a task is told as what ended the others', async () => {
    const told = findings(await on(command, EXIT_IN_TASK));
    expect(told.join('\n')).toContain('main() had not finished when the program ended, so it was cancelled.');
    expect(told.join('\n')).toContain('child() raised SystemExit: 3, which ends the event loop at once');
  });
});
