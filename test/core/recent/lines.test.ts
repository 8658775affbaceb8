import { describe, expect, test } from 'vitest';
import ko from '../../../l10n/bundle.l10n.ko.json';
import { type LinesOptions, recentLines } from '../../../src/core/recent/lines';
import type { Recent } from '../../../src/core/recent/recent';
import { paint } from '../../../src/core/text/canvas';
import { asciiSymbols, unicodeSymbols } from '../../../src/core/text/symbols';
import { columnsOf } from '../../../src/core/text/width';
import { translator } from '../../../src/core/translate';

const recent: Recent = {
  program: '/project/shop/server.py',
  python: '3.14.0',
  clock: 'real',
  length: 5,
  silent: 0,
  tasks: { running: 1, ready: 2, suspended: 1180, ended: 210 },
  loops: [{ thread: 'MainThread', busy: 0.34 }],
  lag: { p50: 80e-6, p95: 0.0012, max: 0.148 },
  steps: 11_550,
  busiest: [
    { name: 'handle', file: '/project/shop/server.py', line: 41, held: 1.31, count: 9, longest: 0.15 },
    { name: '주문_처리', file: '/project/shop/주문.py', line: 7, held: 0.2, count: 400, longest: 0.001 },
    { name: '_accept', file: undefined, line: 0, held: 0.02, count: 210, longest: 0.001 },
  ],
  waits: [
    {
      name: 'work',
      file: '/project/shop/server.py',
      line: 22,
      what: 'queue.get() on jobs (0)',
      now: 1100,
      waited: 5500,
    },
    { name: 'read', file: '/project/shop/주문.py', line: 30, what: '', now: 80, waited: 240 },
  ],
  routes: [
    {
      route: 'GET /items/{id}',
      kind: 'request',
      ended: 210,
      open: 2,
      failed: 0,
      p50: { seconds: 0.0031, longer: false },
      p95: { seconds: 0.012, longer: false },
    },
    {
      route: 'POST /주문',
      kind: 'request',
      ended: 3,
      open: 1,
      failed: 1,
      p50: { seconds: 4, longer: false },
      p95: { seconds: 4.8, longer: true },
    },
  ],
  findings: [],
  ended: false,
};
const options: LinesOptions = {
  width: 90,
  height: 24,
  symbols: unicodeSymbols,
  root: '/project',
  translate: translator(undefined),
  followed: 83,
  hint: 'q quits',
  findings: [
    {
      kind: 'blocking',
      severity: 'warning',
      title: 'handle() blocked the event loop for 150 ms',
      file: '/project/shop/server.py',
      line: 41,
      age: 2,
      times: 3,
    },
  ],
};
const text = (more: Partial<LinesOptions> = {}, of: Partial<Recent> = {}) =>
  paint(recentLines({ ...recent, ...of }, { ...options, ...more }), false);

test('the display', () => {
  expect(text()).toMatchInlineSnapshot(`
    "shop/server.py · 83 s · the last 5 s                                               q quits
    Tasks   running 1   ready 2   suspended 1,180   done 42/s
    Loop   busy 34% ███·······   lag p50 80 µs   p95 1.2 ms   max 148 ms   steps 2,310/s
    Requests              per second     p50      p95  open  failed
      GET /items/{id}             42  3.1 ms    12 ms     2       0
      POST /주문                 0.6     4 s  > 4.8 s     1       1
    Busiest                        held  share  times  longest
      handle  shop/server.py:41  1.31 s    26%      9   150 ms
      주문_처리  shop/주문.py:7  200 ms     4%    400     1 ms
      _accept                     20 ms     0%    210     1 ms
    Waited at                                              now           waited
      work · queue.get() on jobs (0)  shop/server.py:22  1,100  1 h 31 min 40 s
      read  shop/주문.py:30                                 80            4 min
    Findings
      ⚠ handle() blocked the event loop for 150 ms (3×)  shop/server.py:41  2 s ago
    "
  `);
});

test('in Korean', () => {
  expect(text({ translate: translator(ko) })).toMatchInlineSnapshot(`
    "shop/server.py · 83초 · 마지막 5초                                                 q quits
    태스크   실행 1   준비 2   일시 중단 1,180   완료 42/초
    루프   사용률 34% ███·······   지연 p50 80 µs   p95 1.2 ms   최대 148 ms   단계 2,310/초
    요청                  초당     p50      p95  진행 중  실패
      GET /items/{id}       42  3.1 ms    12 ms        2     0
      POST /주문           0.6     4 s  > 4.8 s        1     1
    루프를 오래 쓴 곳            쓴 시간  비율  횟수    최대
      handle  shop/server.py:41   1.31 s   26%     9  150 ms
      주문_처리  shop/주문.py:7   200 ms    4%   400    1 ms
      _accept                      20 ms    0%   210    1 ms
    기다린 곳                                             지금      기다린 시간
      work · queue.get() on jobs (0)  shop/server.py:22  1,100  1 h 31 min 40 s
      read  shop/주문.py:30                                 80            4 min
    문제점
      ⚠ handle() blocked the event loop for 150 ms (3×)  shop/server.py:41  2초 전
    "
  `);
});

describe('fits any terminal', () => {
  test.each([20, 33, 40, 60, 79, 120, 200])('of %i columns', (width) => {
    for (const translate of [translator(undefined), translator(ko)]) {
      for (const line of text({ width, translate }).trimEnd().split('\n'))
        expect(columnsOf(line), line).toBeLessThanOrEqual(width);
    }
  });

  test.each([3, 4, 5, 8, 12, 40])('of %i lines', (height) => {
    const lines = text({ height }).trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(height);
    expect(lines[1]).toContain('suspended 1,180');
    // A table is never a heading alone.
    expect(lines.at(-1)).not.toMatch(/^(Requests|Busiest|Waited at|Findings)/);
  });
});

test('ASCII alone', () => {
  const plain = text({ symbols: asciiSymbols })
    .replaceAll(/[가-힣]/g, '')
    .replaceAll('×', 'x')
    .replaceAll('µ', 'u');
  expect(plain).toMatch(/^[ -~\n]*$/);
});

test('says that nothing comes, or that the program has ended', () => {
  expect(text({}, { silent: 7 }).split('\n')[0]).toContain('nothing new for 7 s');
  expect(text({}, { ended: true, silent: 7 }).split('\n')[0]).toContain(' · ended');
});

test('nothing in a name is obeyed', () => {
  const evil = '\u001b[2J\u202eevil\n';
  const busiest = [{ ...recent.busiest[0], name: evil, file: `/project/${evil}.py` }];
  const routes = [{ ...recent.routes[0], route: evil }];
  const waits = [{ ...recent.waits[0], name: evil, what: evil }];
  const findings = [{ ...options.findings[0], title: evil }];
  const shown = text({ findings }, { program: evil, busiest, routes, waits });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
  expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
});
