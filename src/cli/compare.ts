import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { compareTimelines } from '../core/compare/compare';
import { comparisonJson, comparisonTable } from '../core/compare/table';
import { readTimeline } from '../core/timeline';
import type { CompareCommand } from './arguments';
import type { Language } from './language';
import { writePage } from './present';
import type { Screen } from './screen';

/** Tells how two recorded runs differ. @throws TraceError, or an error of the file system */
export function compare(command: CompareCommand, screen: Screen, language: Language, assets: string): void {
  const [before, after] = command.traces.map((file) => new Uint8Array(readFileSync(resolve(screen.cwd, file))));
  const comparison = compareTimelines(readTimeline(before), readTimeline(after));
  const [a, b] = command.traces;
  if (command.json) screen.stdout.write(`${JSON.stringify(comparisonJson(comparison), null, 2)}\n`);
  else screen.stdout.write(comparisonTable(comparison, { before: a, after: b }, language.translate));
  if (command.html === undefined) return;
  const title = `${basename(a)} ↔ ${basename(b)} – Coroscope`;
  const beside = { trace: before, label: basename(a) };
  writePage(command.html, { trace: after, beside, title }, screen, language, assets);
}
