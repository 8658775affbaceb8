import type { Translate } from '../translate';
import { durationWords, formatCount, formatDuration } from '../units';
import { oneLine } from '../words/labels';
import { displayPath } from '../words/places';
import type { RecentFinding } from './findings';
import { rateText, tookText } from './rate';
import type { Recent } from './recent';

/** The last seconds in one line, for a log. */
export function briefText({ tasks, loops, lag, routes, busiest, length }: Recent, root: string, t: Translate): string {
  const { running, ready, suspended, ended } = tasks;
  const busy = loops.map((each) => `${Math.round(100 * each.busy)}%`).join(' ');
  const requests = routes.filter(({ kind }) => kind === 'request');
  const answered = requests.reduce((sum, each) => sum + each.ended, 0);
  const [slowest] = requests
    .filter(({ p95 }) => p95 !== undefined)
    .sort((a, b) => (b.p95?.seconds ?? 0) - (a.p95?.seconds ?? 0));
  const [most] = busiest;
  return [
    t(
      'tasks: {0} running, {1} ready, {2} suspended, done {3}',
      formatCount(running),
      formatCount(ready),
      formatCount(suspended),
      rateText(ended, length, t),
    ),
    ...(busy === '' ? [] : [t('loop busy {0}', busy)]),
    ...(lag ? [t('lag p95 {0}, max {1}', formatDuration(lag.p95), formatDuration(lag.max))] : []),
    ...(answered > 0 && slowest?.p95
      ? [
          t(
            'requests {0}, slowest {1} p95 {2}',
            rateText(answered, length, t),
            oneLine(slowest.route),
            tookText(slowest.p95),
          ),
        ]
      : []),
    ...(most
      ? [t('busiest {0} {1}', placeText(most.name, most.file, most.line, root), formatDuration(most.held))]
      : []),
  ].join('; ');
}

/** A finding as a line of a log. */
export function findingText({ title, file, line, age }: RecentFinding, root: string, t: Translate): string {
  const when = age >= 1 ? t('{0} ago', durationWords(Math.round(age), t)) : '';
  return [placeText('', file, line, root), oneLine(title), when && `(${when})`].filter(Boolean).join(' ');
}

function placeText(name: string, file: string | undefined, line: number, root: string): string {
  const place = file === undefined ? '' : `${oneLine(displayPath(file, root))}:${line}`;
  return [oneLine(name), place].filter(Boolean).join(' ');
}
