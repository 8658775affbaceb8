import { hasFailed, type SpanGroup, spanGroups } from '../lanes/span-groups';
import type { Timeline } from '../timeline/model';
import type { Translate } from '../translate';
import { formatDuration } from '../units';
import { oneLine } from '../words/labels';
import { Line, line } from './canvas';
import type { Symbols } from './symbols';
import { columnsOf, cut } from './width';

/** Requests and named spans: a line for each route or name. */

const MOST_LINES = 12;
const MOST_NAME = 44;

export function spanList(timeline: Timeline, symbols: Symbols, width: number, t: Translate): Line[] {
  const groups = spanGroups(timeline);
  const requests = groups.filter(({ kind }) => kind === 'request');
  const spans = groups.filter(({ kind }) => kind === 'span');
  return [
    ...listOf(t('Requests'), requests, timeline, symbols, width, t),
    ...listOf(t('Named spans'), spans, timeline, symbols, width, t),
  ];
}

function listOf(
  heading: string,
  groups: readonly SpanGroup[],
  timeline: Timeline,
  symbols: Symbols,
  width: number,
  t: Translate,
): Line[] {
  if (groups.length === 0) return [];
  const shown = groups.slice(0, MOST_LINES);
  const names = shown.map(({ route }) => cut(oneLine(route), MOST_NAME, symbols.ellipsis));
  const widest = Math.max(...names.map(columnsOf));
  const counts = Math.max(...shown.map(({ members }) => String(members.length).length));
  const lines = [new Line(), line(heading, 'strong')];
  shown.forEach((group, i) => {
    const made = new Line();
    made.put(2, names[i], 'plain');
    const count = String(group.members.length);
    const at = made.put(widest + 4 + counts - count.length, count, 'plain') + 2;
    made.put(at, cut(factsOf(group, timeline, t), width - at, symbols.ellipsis), group.failed > 0 ? 'bad' : 'plain');
    lines.push(made);
  });
  if (groups.length > shown.length) lines.push(line(t('… {0} more', groups.length - shown.length), 'faint'));
  return lines;
}

function factsOf({ members, p50, p95, max, failed }: SpanGroup, { spans }: Timeline, t: Translate): string {
  const open = members.filter((index) => spans[index].end === undefined).length;
  const times = `p50 ${formatDuration(p50)}  p95 ${formatDuration(p95)}  ${t('max')} ${formatDuration(max)}`;
  const facts = members.length === 1 && open === 0 ? [formatDuration(max)] : open < members.length ? [times] : [];
  if (failed > 0) facts.push(failedText(members, failed, spans, t));
  if (open > 0) facts.push(t('{0} going on', open));
  return facts.join('  ');
}

/** Of one its status, or its exception. */
function failedText(members: readonly number[], failed: number, spans: Timeline['spans'], t: Translate): string {
  const first = spans[members.find((index) => hasFailed(spans[index])) ?? members[0]];
  const what = first.error === '' ? String(first.status ?? '') : oneLine(first.error);
  return members.length === 1 ? what : t('{0} failed', failed);
}
