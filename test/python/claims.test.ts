import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Claim } from '../../src/core/explain/claim';
import type { AwaitSite } from '../../src/core/explain/explain';
import { siteExplanation } from '../../src/core/explain/site';
import { translator } from '../../src/core/translate';
import { awaitSites } from '../../src/source/await-sites';
import { interpreters } from '../engines/here';
import { programs } from './programs';

/**
 * What the hover says of an await, held against what the await really did: every program of the test tree runs bare, with a counter at
 * each of its awaits (`probe_awaits.py`).
 */
interface Counted {
  readonly construct: AwaitSite['construct'];
  readonly line: number;
  readonly column: number;
  readonly begun: number;
  readonly suspended: number;
  readonly straight: number;
  readonly raised: Readonly<Record<string, number>>;
  readonly left_suspended: number;
  readonly left_straight: number;
  readonly makes: readonly number[];
}

const others = ['examples', 'test/vscode/workspace', 'test/python/claims'].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.py'))
    .map((name) => ({ name: `${folder}/${name}`, file: resolve(folder, name), since: 9 })),
);
const all = [...programs, ...others];
const folder = mkdtempSync(join(tmpdir(), 'coroscope-test-'));
const t = translator(undefined);
const held = { always: 0, maybe: 0, never: 0, raises: 0, makes: 0, leaving: 0 };

/** Most programs wait nearly all of their time: many wait beside each other. */
const AT_ONCE = 24;

// What asyncio does differs by version: the oldest and the newest tell apart what holds everywhere.
const pythons = [...new Set([interpreters[0], interpreters.at(-1)])].filter((each) => each !== undefined);

describe.each(pythons)('bare Python $version', ({ command, version }) => {
  const minor = Number(version.split('.')[1]);
  const runs: (() => Promise<Counted[] | undefined>)[] = [];
  for (const { name, file, since } of all) {
    if (since > minor) {
      console.log(`skipped: ${name} on ${version}: needs Python 3.${since}`);
      continue;
    }
    const mine = runs.length;
    runs.push(onlyOnce(() => countedIn(command, file, `${version}-${name.replaceAll('/', '-')}`)));
    test(name, async () => {
      for (const run of runs.slice(mine, mine + AT_ONCE)) run();
      const text = readFileSync(file, 'utf8');
      const sites = awaitSites(text).filter(({ allowed }) => allowed);
      const counted = await runs[mine]();
      const wrong = counted ? sites.flatMap((site) => [...violations(site, counted, minor)]) : [];
      expect(wrong).toEqual([]);
    });
  }
});

afterAll(() => console.log(`held: ${JSON.stringify(held)}`));

function onlyOnce<T>(work: () => Promise<T>): () => Promise<T> {
  let begun: Promise<T> | undefined;
  return () => {
    begun ??= work();
    // The test that waits for it reports a failure.
    begun.catch(() => {});
    return begun;
  };
}

/** @returns undefined for a program that Python refuses */
async function countedIn(command: string, file: string, label: string): Promise<Counted[] | undefined> {
  const out = join(folder, `${label}.json`);
  const env = { ...process.env, PYTHONPATH: resolve('test/python'), PYTHONDONTWRITEBYTECODE: '1' };
  // Many a program fails on purpose, and one that is cut off may leave processes that hold its pipes: only its end counts.
  const child = spawn(command, [resolve('test/python/probe_awaits.py'), file, out], {
    env,
    cwd: folder,
    stdio: 'ignore',
  });
  await once(child, 'exit');
  return JSON.parse(readFileSync(out, 'utf8')) ?? undefined;
}

function* violations(site: AwaitSite, counted: readonly Counted[], minor: number): Generator<string> {
  const { claim, words } = siteExplanation(site, t);
  const at = site.construct === 'await' ? site.range.start : site.expression.start;
  const seen = counted.find(
    ({ construct, line, column }) => construct === site.construct && line === at.line && column === at.column,
  );
  const place = `${site.construct} at ${at.line}:${at.column}: ${words.join(' ')}\n    but`;
  if (!seen) yield `${place} Python has no await there`;
  else if (seen.begun > 0) yield* against(claim, seen, minor, place);
}

function* against(claim: Claim, seen: Counted, minor: number, place: string): Generator<string> {
  const { suspended, straight, left_suspended: leftSuspended, left_straight: leftStraight } = seen;
  held[claim.raises ? 'raises' : claim.suspends]++;
  if (claim.raises) {
    const others = Object.keys(seen.raised).filter((type) => type !== claim.raises);
    const older = seen.construct === 'with' && minor < 11 ? 'AttributeError' : '';
    if (suspended + straight > 0) yield `${place} it went on`;
    for (const type of others) if (type !== older) yield `${place} it raised ${type}`;
    return;
  }
  if (claim.suspends === 'always' && straight > 0) yield `${place} it did not suspend`;
  if (claim.suspends === 'never' && suspended > 0) yield `${place} it suspended`;
  if (claim.leaving !== undefined) held.leaving++;
  if (claim.leaving === 'always' && leftStraight > 0) yield `${place} leaving did not suspend`;
  if (claim.leaving === 'never' && leftSuspended > 0) yield `${place} leaving suspended`;
  if (claim.makes === undefined) return;
  held.makes++;
  for (const made of seen.makes) if (made !== claim.makes) yield `${place} ${made} tasks were made`;
}
