import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { reportLines } from '../core/check/lines';
import { sarifLog } from '../core/check/sarif';
import { triedText } from '../core/tried/words';
import { stopMessage } from '../core/words/deadlocks';
import { terminalLine } from '../core/words/terminal';
import { knownBy, portable, readBaseline, writeBaseline } from './baseline';
import type { CheckCommand } from './check-arguments';
import { type Found, foundIn, type TriedEdit } from './check-found';
import { checkJson } from './check-json';
import { type Checked, checked } from './check-run';
import { withTries } from './check-try';
import { Exit } from './exit';
import type { Language } from './language';
import { print, printJson, say } from './say';
import type { Screen } from './screen';
import type { Signals } from './signals';

/** `coroscope check`. @returns the exit code @throws an error of the file system */
export async function check(
  command: CheckCommand,
  screen: Screen,
  language: Language,
  assets: string,
  version: string,
  signals: Signals,
): Promise<number> {
  const { translate: t } = language;
  const baseline = baselineOf(command, screen, language);
  if (baseline === 'none') return Exit.broken;
  const isKnown = knownBy(baseline);
  const codes: number[] = [];
  const found: Found[] = [];
  const programs: Checked[] = [];
  for (const file of command.files) {
    for await (const one of checked(file, { command, screen, language, assets, signals })) {
      if (typeof one === 'number') {
        codes.push(one);
        continue;
      }
      codes.push(one.code);
      if (one.code === Exit.cancelled) return Exit.cancelled;
      const told = foundIn(one, command, isKnown, screen, language);
      const its = command.try ? await withTries(told, one) : told;
      found.push(...its);
      programs.push(one);
      if (command.json) continue;
      for (const { reported, program, leftOut, tried } of its)
        if (!leftOut) print(screen, reportLines(reported, program, screen.cwd) + (tried ? triedLines(tried, t) : ''));
      sayCutShort(one, screen, language);
    }
  }
  if (command.json) printJson(screen, checkJson(found, programs, screen.cwd));
  if (command.sarif !== undefined) writeSarif(command.sarif, found, version, screen, language);
  if (command.updateBaseline) updateBaseline(command, found, screen, language);
  say(screen, summary(found, command, t));
  return codeOf(codes, command.updateBaseline ? [] : found);
}

/** @returns `none` if there is none that can be read, after reporting it */
function baselineOf({ baseline: file, updateBaseline }: CheckCommand, screen: Screen, { translate: t }: Language) {
  if (file === undefined || updateBaseline) return undefined;
  const path = resolve(screen.cwd, file);
  if (!existsSync(path)) {
    say(screen, t('There is no baseline {0}. {1} writes it.', file, '--update-baseline'));
    return 'none';
  }
  const read = readBaseline(path);
  if (!read) say(screen, t('{0} is not a baseline that this version of Coroscope can read.', file));
  return read ?? 'none';
}

function updateBaseline(
  { baseline }: CheckCommand,
  found: readonly Found[],
  screen: Screen,
  { translate: t }: Language,
) {
  const path = resolve(screen.cwd, baseline!);
  const kept = found.filter(({ leftOut }) => !leftOut);
  writeBaseline(
    path,
    kept.map(({ fingerprint, reported: { kind, place }, program }) => {
      return { fingerprint, kind, file: portable(place?.file ?? program, screen.cwd) };
    }),
  );
  say(screen, t('The baseline is written: {0}', path));
}

function writeSarif(
  to: string,
  found: readonly Found[],
  version: string,
  screen: Screen,
  { translate }: Language,
): void {
  const path = resolve(screen.cwd, to);
  const uriOf = (file: string) => {
    const way = portable(file, screen.cwd);
    return way === file ? { uri: pathToFileURL(file).href } : { uri: encodeURI(way), uriBaseId: '%SRCROOT%' };
  };
  const log = sarifLog(
    found.filter(({ leftOut }) => !leftOut),
    version,
    uriOf,
    translate,
  );
  try {
    writeFileSync(path, `${JSON.stringify(log, null, 2)}\n`);
  } catch (error) {
    throw Object.assign(error as Error, { path });
  }
}

/** The edit, and what came of it. */
function triedLines(tried: TriedEdit, t: Language['translate']): string {
  const lines = [...tried.lines.map((line) => `+ ${line}`), triedText(tried, t)];
  return lines.map((line) => `    ${terminalLine(line)}\n`).join('');
}

/** A record that ends early cannot show what came later. */
function sayCutShort({ name, timeline }: Checked, screen: Screen, { translate: t }: Language): void {
  if (timeline.truncated) say(screen, `${name}: ${stopMessage(timeline, t)}`);
}

function summary(found: readonly Found[], { baseline }: CheckCommand, t: Language['translate']): string {
  const count = (of: (one: Found) => boolean) => found.filter(of).length;
  const shown = found.filter(({ leftOut }) => !leftOut);
  const bySeverity = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const number = shown.filter(({ reported }) => reported.severity === severity).length;
    return number > 0 ? [`${severity}: ${number}`] : [];
  });
  const ignored = count(({ leftOut }) => leftOut === 'comment');
  const known = count(({ leftOut }) => leftOut === 'baseline');
  return [
    shown.length === 0 ? t('No findings.') : t('Findings: {0} ({1}).', shown.length, bySeverity.join(', ')),
    ignored > 0 ? t('Ignored by comments: {0}.', ignored) : '',
    known > 0 ? t('Known from {0}: {1}.', baseline ?? '', known) : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** The exit code. By priority: programs that could not be checked, findings and failed programs, incomplete records. */
function codeOf(codes: readonly number[], found: readonly Found[]): number {
  for (const code of [Exit.usage, Exit.broken]) if (codes.includes(code)) return code;
  if (found.some(({ fails }) => fails) || codes.includes(Exit.failed)) return Exit.failed;
  return codes.includes(Exit.stopped) ? Exit.stopped : Exit.good;
}
