import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import * as v from 'valibot';
import type { Reported } from '../core/check/reported';

/** Known findings, so that a check fails only on new ones. */

const Schema = v.object({
  format: v.literal(1),
  findings: v.array(
    v.object({ fingerprint: v.string(), kind: v.string(), file: v.string(), count: v.pipe(v.number(), v.minValue(1)) }),
  ),
});

export type Baseline = v.InferOutput<typeof Schema>;

/** @returns undefined if it is not a baseline @throws an error of the file system */
export function readBaseline(file: string): Baseline | undefined {
  try {
    return v.parse(Schema, JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof v.ValiError) return undefined;
    throw error;
  }
}

export interface KnownFinding {
  readonly fingerprint: string;
  readonly kind: string;
  readonly file: string;
}

/** Writes them sorted, so that a changed finding changes one place of the file. @throws an error of the file system */
export function writeBaseline(file: string, found: readonly KnownFinding[]): void {
  const counts = new Map<string, KnownFinding & { count: number }>();
  for (const { fingerprint, kind, file: of } of found) {
    const known = counts.get(fingerprint);
    if (known) known.count++;
    else counts.set(fingerprint, { fingerprint, kind, file: of, count: 1 });
  }
  const order = ({ file, kind, fingerprint }: KnownFinding) => `${file}\n${kind}\n${fingerprint}`;
  const findings = [...counts.values()].sort((a, b) => (order(a) < order(b) ? -1 : 1));
  const text = `${JSON.stringify({ format: 1, findings } satisfies Baseline, null, 2)}\n`;
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw Object.assign(error as Error, { path: file });
  }
}

/** Whether the next finding with this fingerprint is known. Of several with the same one, as many are known as the baseline counts. */
export function knownBy(baseline: Baseline | undefined): (fingerprint: string) => boolean {
  const left = new Map(baseline?.findings.map(({ fingerprint, count }) => [fingerprint, count]));
  return (fingerprint) => {
    const count = left.get(fingerprint) ?? 0;
    left.set(fingerprint, count - 1);
    return count > 0;
  };
}

/**
 * An id that does not change when the line moves: of kind, file, function, and the text of the line without its indentation.
 * @param line its text, if known
 */
export function fingerprintOf({ kind, place }: Reported, program: string, line: string | undefined, root: string) {
  const file = portable(place?.file ?? program, root);
  const parts = [kind, file, place?.function ?? '', line?.trim() ?? ''];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

/** A path relative to the root, with slashes: the same on every machine. */
export function portable(file: string, root: string): string {
  const way = relative(root, file).replaceAll('\\', '/');
  return way.startsWith('../') || /^\w:/.test(way) ? file : way;
}
