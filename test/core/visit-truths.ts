import { chainOf } from '../../src/core/places/chain';
import { meanwhile } from '../../src/core/places/loop-during-wait';
import { sitesAt } from '../../src/core/places/sites-at-line';
import { visitsOf } from '../../src/core/places/visits';
import { State, type Timeline } from '../../src/core/timeline/model';

/** What a line is said to have waited is what tasks were suspended at it, counted here the slow way: segment by segment, frame by frame. */
export function* visitsAreTrue(timeline: Timeline): Generator<string> {
  const { segments } = timeline;
  const lines = new Map<string, { file: string; line: number; count: number; total: number }>();
  let whole = 0;
  for (let row = 0; row < segments.count; row++) {
    if (segments.state[row] !== State.suspended) continue;
    whole++;
    const length = segments.end[row] - segments.start[row];
    const passed = new Set<string>();
    for (const { code, line } of chainOf(timeline, segments.site[row])) {
      const key = `${code.file}:${line}`;
      if (!code.user || passed.has(key)) continue;
      passed.add(key);
      const known = lines.get(key) ?? { file: code.file, line, count: 0, total: 0 };
      lines.set(key, { ...known, count: known.count + 1, total: known.total + length });
    }
  }
  const visits = visitsOf(timeline);
  if (visits.whole.count !== whole) yield `${visits.whole.count} visits of ${whole} suspensions`;
  for (const [key, { file, line, count, total }] of lines) {
    const told = visits.byLine(file).get(line);
    if (told?.count !== count || !near(told.total, total))
      yield `${key} is said to have waited ${told?.count} times, ${told?.total} s; it did ${count} times, ${total} s`;
    const rows = visits.among(sitesAt(timeline, file, line) ?? new Uint8Array(0));
    for (let i = 1; i < rows.length; i++)
      if (segments.startStep[rows[i]] < segments.startStep[rows[i - 1]]) yield `${key}: visit ${i} is out of order`;
    if (new Set(rows).size !== rows.length) yield `${key}: a visit counts twice`;
    if (rows.length < count) yield `${key} has ${rows.length} visits, of ${count}`;
    const { waited, idle, runners } = meanwhile(timeline, rows);
    const busy = runners.reduce((sum, { time }) => sum + time, idle);
    if (busy > waited * (1 + 1e-9) + 1e-9) yield `${key}: ${busy} s went by while ${waited} s were waited`;
  }
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
}
