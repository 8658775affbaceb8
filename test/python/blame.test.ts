import { describe, expect, test } from 'vitest';
import { problemWords } from '../../src/core/findings/finding-words';
import { problemsOf } from '../../src/core/findings/findings';
import type { Timeline } from '../../src/core/timeline/model';
import { translator } from '../../src/core/translate';
import { violations } from '../core/truths';
import { interpreters, program, runs } from '../engines/here';

/** Which call is blamed for blocking the loop, in real programs on real Pythons. */

const t = translator(undefined);
const limits = { steps: 100_000, virtualTime: 1000, wallTime: 30 };

/** `line: source` of each call that held the loop, in the order of the program. */
function blamed(timeline: Timeline): string[] {
  return problemsOf(timeline)
    .filter(({ kind }) => kind === 'blocking' || kind === 'long-callback')
    .sort((a, b) => a.start - b.start)
    .map(({ site }) => `${timeline.sites[site]?.line}: ${timeline.sites[site]?.call}`);
}

const sleeps: Readonly<Record<string, readonly [source: string, expected: readonly string[]]>> = {
  'a call in the coroutine itself': [
    `import asyncio, time
async def main():
    await asyncio.sleep(0.1)
    time.sleep(0.4)
    await asyncio.sleep(0.1)
asyncio.run(main())`,
    ['4: time.sleep(0.4)'],
  ],
  'two functions below a handler': [
    `import asyncio, time
def write(row):
    time.sleep(0.4)
def save(rows):
    for row in rows:
        write(row)
async def handle(rows):
    save(rows)
    await asyncio.sleep(0)
async def main():
    await asyncio.gather(handle([1]), asyncio.sleep(0.1))
asyncio.run(main())`,
    ['3: time.sleep(0.4)'],
  ],
  'under another name, in an inner coroutine': [
    `import asyncio
from time import sleep as nap
async def inner():
    nap(0.4)
async def main():
    await inner()
asyncio.run(main())`,
    ['4: nap(0.4)'],
  ],
  'in a callback of the loop': [
    `import asyncio, time
def tick():
    time.sleep(0.4)
async def main():
    asyncio.get_running_loop().call_later(0.1, tick)
    await asyncio.sleep(0.3)
asyncio.run(main())`,
    ['3: time.sleep(0.4)'],
  ],
  'in a retry, again and again': [
    `import asyncio, time
async def fetch():
    for attempt in range(4):
        time.sleep(0.1)
async def main():
    await fetch()
asyncio.run(main())`,
    ['4: time.sleep(0.1)'],
  ],
  'in an async generator and in __aenter__': [
    `import asyncio, time
class Manager:
    async def __aenter__(self):
        time.sleep(0.3)
    async def __aexit__(self, *error):
        pass
async def items():
    time.sleep(0.4)
    yield 1
async def main():
    async with Manager():
        await asyncio.sleep(0.1)
    async for item in items():
        await asyncio.sleep(0.1)
asyncio.run(main())`,
    ['4: time.sleep(0.3)', '8: time.sleep(0.4)'],
  ],
  'none, where a thread sleeps': [
    `import asyncio, time
async def main():
    await asyncio.gather(asyncio.to_thread(time.sleep, 0.4), asyncio.sleep(0.2))
asyncio.run(main())`,
    [],
  ],
};

const virtual = [{ version: 'embedded', command: 'embedded' }, ...interpreters];

describe.each(virtual)('time.sleep on the virtual clock: $version', ({ version, command }) => {
  for (const [name, [source, expected]] of Object.entries(sleeps)) {
    if (version === 'embedded' && source.includes('to_thread')) continue;
    test(name, async () => {
      const { timeline } = await runs(program(source), { engine: command, clock: 'virtual', limits });
      expect(blamed(timeline)).toEqual(expected);
      expect(violations(timeline)).toEqual([]);
    });
  }
});

const others: Readonly<Record<string, readonly [source: string, expected: readonly string[]]>> = {
  ...sleeps,
  'a call that waits for a process, a socket, a thread': [
    `import asyncio, concurrent.futures, socket, subprocess, sys, time
async def main():
    await asyncio.sleep(0.01)
    subprocess.run([sys.executable, '-S', '-c', 'import time; time.sleep(0.5)'])
    await asyncio.sleep(0.01)
    left, right = socket.socketpair()
    left.settimeout(0.5)
    try:
        left.recv(1)
    except OSError:
        pass
    await asyncio.sleep(0.01)
    pool = concurrent.futures.ThreadPoolExecutor(1)
    job = pool.submit(time.sleep, 0.5)
    job.result()
asyncio.run(main())`,
    [
      "4: subprocess.run([sys.executable, '-S', '-c', 'import time; time.sleep(0.5)'])",
      '9: left.recv(1)',
      '15: job.result()',
    ],
  ],
  'a calculation, and one in C that calls Python': [
    `import asyncio
def crunch(limit):
    total = 0
    for number in range(limit):
        total += number * number
        total ^= number
    return total
async def main():
    await asyncio.sleep(0.01)
    crunch(6_000_000)
    await asyncio.sleep(0.01)
    sorted(range(6_000_000), key=lambda number: -number)
asyncio.run(main())`,
    ['10: crunch(6_000_000)', '12: sorted(range(6_000_000), key=lambda number: -number)'],
  ],
  'a function in C that keeps the interpreter all the while, right after a wait': [
    `import asyncio, json, re
text = json.dumps([{'a': i, 'b': [i] * 5} for i in range(500_000)])
async def main():
    await asyncio.sleep(0.01)
    json.loads(text)
    await asyncio.sleep(0.01)
    re.match('(a+)+$', 'a' * 24 + 'b')
    await asyncio.sleep(0.01)
asyncio.run(main())`,
    ['5: json.loads(text)', "7: re.match('(a+)+$', 'a' * 24 + 'b')"],
  ],
};

/** Before 3.11 Python knows the line of a call, but not which call in that line it is. */
const whole = (expected: readonly string[], source: string) =>
  expected.map((each) => {
    const line = source.split('\n')[Number(each.split(':')[0]) - 1].trim();
    return `${each.split(':')[0]}: ${(line.match(/\w\(/g) ?? []).length > 1 ? shortened(line) : each.replace(/^\d+: /, '')}`;
  });
const shortened = (text: string) => (text.length > 80 ? `${text.slice(0, 79)}…` : text);

describe.each(interpreters)('what holds the loop on the real clock: $version', ({ version, command }) => {
  const columns = Number(version.split('.')[1]) >= 11;
  for (const [name, [source, expected]] of Object.entries(others)) {
    test(name, async () => {
      const { timeline } = await runs(program(source), { engine: command, clock: 'real', limits });
      expect(blamed(timeline)).toEqual(columns ? expected.map((each) => shortenedCall(each)) : whole(expected, source));
    });
  }

  test('a step that never ends is told when it is stopped, with its line', async () => {
    const source = `import asyncio
async def main():
    await asyncio.sleep(0.1)
    while True:
        pass
asyncio.run(main())`;
    const { timeline } = await runs(program(source), {
      engine: command,
      clock: 'real',
      limits: { ...limits, wallTime: 2 },
    });
    expect(blamed(timeline).map((each) => each.split(':')[0])).toEqual([expect.stringMatching(/^[45]$/)]);
  });

  test('a program that is killed in the middle of a step leaves what held it', async () => {
    const source = `import asyncio, os, signal, threading, time
async def main():
    await asyncio.sleep(0.1)
    killer = threading.Timer(1.5, os.kill, (os.getpid(), signal.SIGKILL))
    killer.start()
    time.sleep(30)
asyncio.run(main())`;
    const { timeline } = await runs(program(source), { engine: command, clock: 'real', limits });
    expect(blamed(timeline)).toEqual(['6: time.sleep(30)']);
    const { segments } = timeline;
    const last = segments.count - 1;
    const waited = segments.end[last - 2] - segments.start[last - 2];
    expect(waited, 'the wait before it is there').toBeGreaterThan(0.09);
    const [problem] = problemsOf(timeline);
    expect(problemWords(timeline, problem, t).title).toContain('at line 6: time.sleep(30)');
  });

  test('a process that is stopped for a while holds nothing', async () => {
    const source = `import asyncio, os, signal, subprocess, sys
async def main():
    await asyncio.sleep(0.05)
    code = 'import os, signal, time; time.sleep(0.1); os.kill(%d, signal.SIGSTOP); time.sleep(1.5); os.kill(%d, signal.SIGCONT)' % (os.getpid(), os.getpid())
    helper = subprocess.Popen([sys.executable, '-S', '-c', code])
    for _ in range(60):
        await asyncio.sleep(0.01)
    helper.wait()
asyncio.run(main())`;
    const { timeline } = await runs(program(source), { engine: command, clock: 'real', limits });
    expect(blamed(timeline).filter((each) => !each.includes('helper.wait'))).toEqual([]);
  });

  test('a first import holds nothing that anybody should mend', async () => {
    const main = `import asyncio
async def main():
    await asyncio.sleep(0.01)
    import heavy
asyncio.run(main())`;
    const heavy = `total = 0\nfor number in range(4_000_000):\n    total += number\n`;
    const file = program({ 'program.py': main, 'heavy.py': heavy });
    const { timeline } = await runs(file, { engine: command, clock: 'real', limits });
    expect(blamed(timeline)).toEqual([]);
  });
});

function shortenedCall(each: string): string {
  const at = each.indexOf(': ') + 2;
  return each.slice(0, at) + shortened(each.slice(at));
}

describe.each(virtual)('what computes on the virtual clock: $version', ({ command }) => {
  test('the call is told, with the way to it', async () => {
    const { timeline } = await runs(
      program(`import asyncio
def crunch(turns):
    total = 0
    for i in range(turns):
        total += i * i
    return total
async def main():
    await asyncio.sleep(0.1)
    crunch(5_000_000)
    await asyncio.sleep(0.1)
asyncio.run(main())`),
      { engine: command, clock: 'virtual', limits },
    );
    expect(violations(timeline)).toEqual([]);
    expect(blamed(timeline)).toEqual(['9: crunch(5_000_000)']);
  });

  test('a function in C that computes is told itself, or no line is: never one beside it', async () => {
    const { timeline } = await runs(
      program(`import asyncio
def small(n):
    y = 0
    for i in range(n):
        y += i
async def main():
    small(50_000)
    x = sum(range(10_000_000))
    small(50_000)
asyncio.run(main())`),
      { engine: command, clock: 'virtual', limits },
    );
    for (const each of blamed(timeline)) expect(each).toMatch(/^(8: (x = )?sum\(|undefined)/);
  });

  test('imports cost nothing, and hide nothing of what is computed after them', async () => {
    const file = program({
      'program.py': `import asyncio
async def main():
    import one
    total = 0
    for i in range(3_000_000):
        total += i * i
asyncio.run(main())`,
      // The time of a module includes that of the modules which it imports: count it once.
      'one.py': 'import two',
      'two.py': 'import three',
      'three.py': 'total = 0\nfor number in range(6_000_000):\n    total += number * number',
    });
    const { timeline } = await runs(file, { engine: command, clock: 'virtual', limits });
    expect(violations(timeline)).toEqual([]);
    expect(timeline.duration).toBeGreaterThan(0.03);
    expect(blamed(timeline).every((each) => !each.includes('import'))).toBe(true);
  });

  test('a first step that never ends begins where it began', async () => {
    const { timeline } = await runs(
      program(`import asyncio
async def main():
    while True:
        pass
asyncio.run(main())`),
      // On a busy machine the step gets a small part of this time.
      { engine: command, clock: 'virtual', limits: { ...limits, wallTime: 4 } },
    );
    expect(timeline.truncated?.reason).toBe('wall-time');
    // Both lines are the loop.
    expect(blamed(timeline)).toEqual([expect.stringMatching(/^(3: while True:|4: pass)$/)]);
    const { segments } = timeline;
    const last = segments.count - 1;
    expect([segments.start[last], segments.end[last] > 0.1]).toEqual([0, true]);
  });
});

describe.each(interpreters)('waits for another process on the virtual clock: $version', ({ version, command }) => {
  test('take what they really take, and the call is told', async () => {
    const source = `import asyncio, os, subprocess, sys
nap = [sys.executable, '-S', '-c', 'import time; time.sleep(0.3)']
def save():
    subprocess.run(nap)
async def main():
    await asyncio.sleep(0.1)
    save()
    await asyncio.sleep(0.1)
    subprocess.check_output(nap, timeout=60)
    await asyncio.sleep(0.1)
    os.system('sleep 0.3')
    await asyncio.sleep(0.1)
asyncio.run(main())`;
    const { timeline } = await runs(program(source), { engine: command, clock: 'virtual', limits });
    const expected = [
      '4: subprocess.run(nap)',
      '9: subprocess.check_output(nap, timeout=60)',
      "11: os.system('sleep 0.3')",
    ];
    expect(blamed(timeline)).toEqual(Number(version.split('.')[1]) < 11 ? whole(expected, source) : expected);
    expect(violations(timeline)).toEqual([]);
    expect(timeline.duration).toBeGreaterThan(1.3);
  });

  test('with a time limit, in a thread too, wait no longer than the process runs', async () => {
    const source = `import asyncio, subprocess, sys
def nap(seconds, limit):
    try:
        return subprocess.run([sys.executable, '-S', '-c', f'import time; time.sleep({seconds})'], timeout=limit).returncode
    except subprocess.TimeoutExpired:
        return 'expired'
async def main():
    print(nap(0.1, 600), nap(600, 0.1))
    print(await asyncio.to_thread(nap, 0.1, 600), await asyncio.to_thread(nap, 600, 0.1))
asyncio.run(main())`;
    const { timeline, stdout } = await runs(program(source), { engine: command, clock: 'virtual', limits });
    expect(stdout).toBe('0 expired\n0 expired\n');
    // The polls of the time limit once made minutes of it.
    expect(timeline.duration).toBeLessThan(600);
  });
});

describe.each(interpreters)('threads on the virtual clock: $version', ({ command }) => {
  test('loops in several threads that compute: what is told lies in its step', async () => {
    const { timeline } = await runs(
      program(`import asyncio, threading
def crunch(turns):
    total = 0
    for i in range(turns):
        total += i * i
async def work():
    for _ in range(3):
        await asyncio.sleep(0.01)
        crunch(1_000_000)
threads = [threading.Thread(target=asyncio.run, args=(work(),)) for _ in range(2)]
for thread in threads: thread.start()
asyncio.run(work())
for thread in threads: thread.join()`),
      { engine: command, clock: 'virtual', limits },
    );
    expect(timeline.loops).toHaveLength(3);
    expect(violations(timeline)).toEqual([]);
  });
});
