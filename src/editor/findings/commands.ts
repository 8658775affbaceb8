import { env, window } from 'vscode';
import { findingText } from '../../core/findings/finding-list';
import { type Problem, problemsOf } from '../../core/findings/findings';
import { userSite } from '../../core/places/chain';
import type { HostMessage } from '../../core/protocol/messages';
import { linkTo } from '../../core/words/places';
import type { Actions } from '../contributions/registered';
import { advised } from '../recording/advised';
import type { Recorded } from '../recording/recording';
import type { TimelinePanel } from '../timeline/panel';
import type { SourceLines } from '../timeline/source-lines';
import { t } from '../words/translate';
import type { findingCommandNames } from './command-names';
import type { FindingNode, FindingsView } from './view';

export interface FindingParts {
  readonly recorded: Recorded;
  readonly findings: FindingsView;
  readonly panel: TimelinePanel;
  readonly lines: SourceLines;
  send(message: HostMessage): void;
}

/** Commands of the list of findings. */
export function findingCommands(parts: FindingParts): Actions<(typeof findingCommandNames)[number]> {
  const { recorded, findings } = parts;
  return {
    revealFinding: (node: unknown) => reveal(parts, problemOf(recorded, node ?? findings.selected)),
    copyFinding: (node: unknown) => copy(recorded, (node ?? findings.selected) as FindingNode | undefined),
    copyFindings: () => copy(recorded, undefined),
  };
}

/** Shows its moment in the timeline and its line in the editor. */
async function reveal({ recorded, panel, lines, send }: FindingParts, problem: Problem | undefined): Promise<void> {
  const timeline = shown(recorded);
  if (!timeline || !problem) return;
  if (!panel.isOpen) panel.show();
  send({ type: 'moment', step: problem.startStep, task: problem.task || null, segment: problem.segment ?? null });
  const site = userSite(timeline, problem.site);
  if (!site) return;
  const { file, line, column } = linkTo(site);
  await lines.open(file, line, column);
}

/** Copies one finding, those of a kind, or all. */
async function copy(recorded: Recorded, node: FindingNode | undefined): Promise<void> {
  const timeline = shown(recorded);
  if (!timeline) return;
  const problem = problemOf(recorded, node);
  const chosen = problem ? [problem] : node && 'findings' in node ? node.findings : problemsOf(timeline);
  const { root } = recorded.current;
  await env.clipboard.writeText(`${chosen.map((each) => findingText(timeline, each, root, t)).join('\n\n')}\n`);
  window.setStatusBarMessage(t('Findings copied.'), 2000);
}

/** The run with its hints, as the list shows it. */
function shown(recorded: Recorded) {
  const timeline = recorded.timeline();
  return timeline && advised(timeline, recorded.current);
}

/** Arguments of commands may be anything. */
function problemOf(recorded: Recorded, node: unknown): Problem | undefined {
  const timeline = shown(recorded);
  return timeline && problemsOf(timeline).find((problem) => problem === node);
}
