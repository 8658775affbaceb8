import { columnsOf } from '../core/text/width';
import type { Timeline } from '../core/timeline/model';
import type { Translate } from '../core/translate';
import { formatDuration } from '../core/units';
import { pathJson } from '../core/why/json';
import { pathOfAsked } from '../core/why/span-path';
import { readWhat } from '../core/why/target';
import { noPathText, pathLines, pathTitle } from '../core/why/words';
import { print, printJson, say } from './say';
import type { Screen } from './screen';

/** Prints what led to a task's end, a moment of it, or the end of the program. @param what see `readWhat` */
export function printWhy(timeline: Timeline, what: string, json: boolean, screen: Screen, t: Translate): void {
  const target = readWhat(timeline, what);
  if ('none' in target) {
    say(screen, noPathText(target, t));
    if (json) printJson(screen, { format: 1, why: null });
    return;
  }
  const path = pathOfAsked(timeline, target.asked)!;
  if (json) {
    printJson(screen, pathJson(timeline, path));
    return;
  }
  const rows = pathLines(timeline, path, screen.cwd, t).map(({ start, length, share, text }) => {
    return [formatDuration(start), formatDuration(length), `${Math.round(100 * share)}%`, text] as const;
  });
  const heads = [t('at'), t('took'), t('share')];
  const widths = heads.map((head, i) => Math.max(...[head, ...rows.map((row) => row[i])].map(columnsOf)));
  const padded = (text: string, i: number) => ' '.repeat(widths[i] - columnsOf(text)) + text;
  const lines = rows.map(([at, took, share, text]) => `  ${[at, took, share].map(padded).join('  ')}  ${text}`);
  const head = rows.length > 0 ? [`  ${heads.map(padded).join('  ')}`] : [];
  print(screen, `${[pathTitle(timeline, path, t), ...head, ...lines].join('\n')}\n`);
}
