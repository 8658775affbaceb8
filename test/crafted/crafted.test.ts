import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { madeWords, ranWords } from '../../src/core/explain/made-run-words';
import { lineRun } from '../../src/core/explain/run';
import { explainRun } from '../../src/core/explain/run-words';
import { readTimeline } from '../../src/core/timeline/build';
import { translator } from '../../src/core/translate';
import { FindingsView } from '../../src/editor/findings/view';
import { useHost } from '../../src/editor/host/host';
import { loadReader, Recorded } from '../../src/editor/recording/recording';
import { TaskTree } from '../../src/editor/tasks/task-tree';
import { hostOfNode } from '../../src/hosts/node/host';
import { command } from '../cli/coroscope';
import { definitionKinds } from '../fuzz/lying-definitions';
import { crafted, documentedKinds, everyRecord, everyText, FILE, type Field, fieldsOf } from './every-text';
import { linksIn } from './markdown';

vi.mock('vscode', async () => ({ ...(await import('../editor/fake-vscode')), ...(await import('./markdown')) }));
useHost(hostOfNode({ assets: '', cache: '' }));

/** Texts that somebody crafted, in every field of a trace that can hold one, through every place where a trace is shown. */

const OSC = '\u001b]52;c;Y2Fs\u0007\u001b]0;t\u001b\\\u001b[2J\u009b2J\u009d0;t\u009c\u0000\r\b';
const TURNED = '\u202egnp\u202c\u2066x\u2069\u200f\u061c\u2028';
const LINK = '`][Click](command:workbench.action.quit) <img src=x onerror=alert(1)> </script><b>`';
const CRAFTED = `${OSC}${TURNED}${LINK}`;
const LONG = `${'long '.repeat(4_000)}${OSC}`;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
const OBEYED = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

const t = translator(undefined);
const base = everyText();
const fields = fieldsOf(base);
const folder = mkdtempSync(join(tmpdir(), 'coroscope-test-'));
let files = 0;

function saved(trace: Uint8Array): string {
  const file = join(folder, `${++files}.coroscope`);
  writeFileSync(file, trace);
  return file;
}

/** Of the command: what it says on both streams. */
async function terminal(trace: Uint8Array): Promise<void> {
  const file = saved(trace);
  for (const options of [['--story'], ['--json'], ['--lang', 'ko', '--story']]) {
    const { stdout, stderr } = await command(['show', ...options, file]);
    expect(stdout + stderr).not.toMatch(OBEYED);
    expect(stdout + stderr).not.toContain('Coroscope itself failed');
    if (options[0] === '--json' && stdout !== '') JSON.parse(stdout);
  }
}

/** Views of VS Code: labels, descriptions, tooltips, and what a screen reader says. */
async function views(trace: Uint8Array): Promise<void> {
  const timeline = readTimeline(trace);
  const recorded = new Recorded();
  const [tasks, findings] = [new TaskTree(recorded), new FindingsView(recorded)];
  const status = { state: 'done', program: 'p', engine: 'e', reason: '' } as const;
  recorded.set({ status, trace: new Uint8Array(trace), file: FILE, source: undefined, root: '' }, timeline);
  await vi.waitFor(() => expect(findings.getChildren().length).toBeGreaterThan(0));
  const shown: unknown[] = [];
  for (const view of [tasks, findings]) {
    const pending = [...(await view.getChildren())] as never[];
    for (let node = pending.pop(); node; node = pending.pop()) {
      shown.push(view.getTreeItem(node));
      pending.push(...((await view.getChildren(node)) as never[]));
    }
  }
  expect(shown.length).toBeGreaterThan(3);
  for (const item of shown) harmlessItem(item as Item);
  for (const each of [tasks, findings, recorded]) each.dispose();
}

interface Item {
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: { readonly value: string };
  readonly accessibilityInformation?: { readonly label: string };
}

function harmlessItem({ label, description, tooltip, accessibilityInformation }: Item): void {
  for (const text of [label, description, accessibilityInformation?.label]) expect(text ?? '').not.toMatch(OBEYED);
  harmlessMarkdown(tooltip?.value ?? '');
}

function harmlessMarkdown(markdown: string): void {
  expect(markdown).not.toMatch(OBEYED);
  expect(linksIn(markdown)).toEqual([]);
}

/** What hovers tell of the run, at every line that a task stood at. */
function hovers(trace: Uint8Array): void {
  const timeline = readTimeline(trace);
  const told = [...madeWords(timeline.tasks, t), ...ranWords(timeline.coroutines, t)];
  for (const site of timeline.sites) {
    if (!site) continue;
    const start = { line: site.line, column: site.column ?? 0 };
    const range = { start, end: { line: site.line, column: (site.column ?? 0) + 20 } };
    const place = { construct: 'await', keyword: range, expression: range, range, except: [], function: undefined };
    told.push(...explainRun(lineRun(timeline, site.code.file, place as never), t));
  }
  expect(told.join(' ').length).toBeGreaterThan(20);
  for (const words of told) harmlessMarkdown(words);
}

/** A trace that is not to be shown has to say so in one message: that is `terminal`. */
function opens(trace: Uint8Array): boolean {
  try {
    readTimeline(trace);
    return true;
  } catch {
    return false;
  }
}

async function everywhere(trace: Uint8Array): Promise<void> {
  await terminal(trace);
  if (!opens(trace)) return;
  await views(trace);
  hovers(trace);
}

beforeAll(loadReader);

test('every kind of definition of the format is tried', () => {
  const documented = documentedKinds(readFileSync('docs/trace-format.md', 'utf8'));
  expect([...documented].sort()).toEqual([...definitionKinds].sort());
  for (const kind of documented)
    expect(
      fields.some(({ name }) => name.startsWith(`${kind} `)),
      kind,
    ).toBe(true);
  for (const name of ['program', 'python', 'argv[0]', 'notes[0].call', 'whatIf[0].file'])
    expect(fields.map((field) => field.name)).toContain(`META · .${name}`);
});

test.each(fields.map((field) => [field.name, field] as [string, Field]))('%s', async (_name, field) => {
  await everywhere(field.with(CRAFTED));
});

describe('all at once', () => {
  test('in what is told of a run', () =>
    everywhere(crafted(base, (text) => (/^[A-Za-z ]{1,9}$/.test(text) ? text : `${text}${CRAFTED}`))));
  test('also where the format has its own words', () => everywhere(crafted(base, () => CRAFTED)));
  test('very long', () => everywhere(crafted(base, (text) => `${text}${LONG}`)));
  test('in records of every kind', () => everywhere(crafted(everyRecord(), (text) => `${text}${CRAFTED}`)));
});

test('a page is markup of ours alone', async () => {
  const out = join(folder, 'page.html');
  await command(['show', '--html', out, saved(crafted(base, () => CRAFTED))]);
  const page = readFileSync(out, 'utf8');
  expect(page).not.toContain('<img');
  expect(page.match(/<\/script>/g)?.length).toBe(page.match(/<script/g)?.length);
  expect(/<title>([^<]*)<\/title>/.exec(page)?.[1]).toBeDefined();
});
