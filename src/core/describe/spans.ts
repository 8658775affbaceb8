import type { Lanes } from '../lanes/lanes';
import type { SideLane } from '../lanes/side-lane';
import { type SpanGroup, spanGroups } from '../lanes/span-groups';
import { userSite } from '../places/chain';
import type { NamedSpan, Timeline } from '../timeline/model';
import type { Moment } from '../timeline/moment';
import { requestTitle } from '../timeline/spans';
import type { Translate } from '../translate';
import { formatDuration } from '../units';
import { oneLine } from '../words/labels';
import { linkTo } from '../words/places';
import { spanNumbers } from '../words/side-lanes';
import { taskTitle } from '../words/tasks';
import { rangeText } from './describe';
import type { Description, Fact } from './facts';

/** Describes a request or a span that the program named, and stretches in which many of one route went on. */

/** More names than this are only counted. */
const MOST_NAMES = 5;

export function describeSpan(lanes: Lanes, index: number, t: Translate): Description {
  const { timeline } = lanes;
  const span = timeline.spans[index];
  const { start, end, task, peer, handler, server, traceparent } = span;
  const owner = lanes.indexOf.get(task);
  const site = userSite(timeline, span.site);
  const facts: Fact[] = [
    { term: t('Time'), text: rangeText(start, end ?? timeline.duration) },
    { term: t('Duration'), text: end === undefined ? t('has not ended') : formatDuration(end - start) },
    ...resultFacts(span, t),
  ];
  if (owner !== undefined)
    facts.push({ term: t('Task'), text: taskTitle(timeline.tasks[owner]), link: { kind: 'task', task: owner } });
  if (peer !== '') facts.push({ term: t('Client'), text: oneLine(peer) });
  if (handler !== '')
    facts.push({ term: t('Handler'), text: oneLine(handler), ...(site ? { link: linkTo(site) } : {}) });
  if (server !== '') facts.push({ term: t('Server'), text: oneLine(server) });
  if (traceparent !== '') facts.push({ term: 'traceparent', text: oneLine(traceparent) });
  const group = groupOf(timeline, span);
  if (group && group.members.length > 1) facts.push({ term: alikeTerm(group, t), text: spanNumbers(group, t) });
  if (site && handler === '') facts.push({ term: t('At'), text: '', link: linkTo(site) });
  return { title: oneLine(requestTitle(span.name, span.status)), facts, source: site && linkTo(site), chain: [] };
}

function resultFacts({ outcome, error }: NamedSpan, t: Translate): Fact[] {
  if (outcome === 'raised') return [{ term: t('Outcome'), text: oneLine(`${t('raised an exception')}: ${error}`) }];
  return outcome === 'cancelled' ? [{ term: t('Outcome'), text: t('cancelled') }] : [];
}

function groupOf(timeline: Timeline, { kind, route }: NamedSpan): SpanGroup | undefined {
  return spanGroups(timeline).find((group) => group.kind === kind && group.route === route);
}

function alikeTerm({ kind, route }: SpanGroup, t: Translate): string {
  return kind === 'request' ? t('Requests to {0}', oneLine(route)) : t('All of this name');
}

export function describeCrowd(
  { timeline }: Lanes,
  { section, name, series }: SideLane,
  entry: number,
  [from, to]: readonly [Moment, Moment],
  t: Translate,
): Description {
  const kind = section === 'requests' ? 'request' : 'span';
  const group = spanGroups(timeline).find((each) => each.kind === kind && each.route === name);
  const there = (group?.members ?? []).filter((index) => {
    const { startStep, endStep } = timeline.spans[index];
    return startStep <= from.step && (endStep === undefined || endStep + 0.5 > from.step);
  });
  const titles = there.map((index) => oneLine(requestTitle(timeline.spans[index].name, timeline.spans[index].status)));
  const names = titles.slice(0, MOST_NAMES).join(', ');
  const facts: Fact[] = [{ term: t('Time'), text: rangeText(from.time, to.time) }];
  const more = titles.length - MOST_NAMES;
  if (names !== '') facts.push({ term: t('Going on'), text: more > 0 ? t('{0} and {1} more', names, more) : names });
  if (group) facts.push({ term: alikeTerm(group, t), text: spanNumbers(group, t) });
  return { title: `${oneLine(name)} · ${series?.value[entry] ?? 0}`, facts, source: undefined, chain: [] };
}
