import { statsCsv } from '../core/stats/csv';
import { statsOf } from '../core/stats/stats';
import { statsTable } from '../core/stats/table';
import { type Checked, checked } from './check-run';
import { Exit } from './exit';
import type { Language } from './language';
import { print, printJson, say } from './say';
import type { Screen } from './screen';
import type { Signals } from './signals';
import type { StatsCommand } from './stats-arguments';

/** `coroscope stats`. @returns the exit code, as of `run` @throws an error of the file system */
export async function stats(
  command: StatsCommand,
  screen: Screen,
  language: Language,
  assets: string,
  signals: Signals,
): Promise<number> {
  const { translate: t } = language;
  const { tables, form } = command;
  const runs: Checked[] = [];
  for await (const one of checked(command.file, { command, screen, language, assets, signals })) {
    if (typeof one === 'number') return one;
    runs.push(one);
  }
  if (runs.length > 1 && form !== 'text') {
    say(screen, t('{0} has several blocks that run. Write one of them: {1}', command.file, runs[0].name));
    return Exit.usage;
  }
  for (const { name, timeline } of runs) {
    const all = statsOf(timeline);
    // Most programs answer no requests.
    const told = tables.filter((table) => table !== 'request' || tables.length === 1 || all.request.length > 0);
    if (runs.length > 1) print(screen, `${name}\n`);
    if (form === 'csv') screen.stdout.write(statsCsv(all[tables[0]]));
    else if (form === 'json') {
      const chosen = Object.fromEntries(tables.map((table) => [table, all[table]]));
      printJson(screen, { format: 1, program: timeline.meta.program, duration: timeline.duration, ...chosen });
    } else print(screen, told.map((table) => statsTable(table, all[table], screen.cwd, t)).join('\n'));
  }
  return Math.max(Exit.good, ...runs.map(({ code }) => code));
}
