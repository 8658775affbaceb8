import { firstWhere } from '../sorted';
import type { Timeline } from '../timeline/model';
import type { Translate } from '../translate';
import { oneLine } from '../words/labels';
import { MOST_NAMED, short } from './story-names';

/** What a task printed and logged in a turn. */
export function saidIn({ output, logs }: Timeline, task: number, step: number, t: Translate): string[] {
  const printed = inTurn(output, step).filter((write) => write.task === task && !write.byLogging && !write.byPython);
  const text = oneLine(
    printed
      .map((write) => write.text)
      .join('')
      .trim(),
  );
  const logged = inTurn(logs, step).filter((log) => log.task === task && !log.byPython);
  return [
    ...(text === '' ? [] : [t('It prints “{0}”.', short(text))]),
    ...logged.slice(0, MOST_NAMED).map(({ level, message }) => t('It logs {0}: “{1}”.', level, short(message))),
  ];
}

/** Whether a task, or what runs in none (0), printed or logged anything in a turn. */
export function saysAnything({ output, logs }: Timeline, task: number, step: number): boolean {
  return (
    inTurn(output, step).some((write) => write.task === task && !write.byPython && write.text.trim() !== '') ||
    inTurn(logs, step).some((log) => log.task === task && !log.byPython)
  );
}

function inTurn<T extends { readonly step: number }>(items: readonly T[], step: number): T[] {
  // In order of time, and so of turns; loops in several threads may mix them up, and then one or the other goes untold here.
  const from = firstWhere(0, items.length, (i) => items[i].step >= step);
  const found: T[] = [];
  for (let i = from; i < items.length && items[i].step === step; i++) found.push(items[i]);
  return found;
}
