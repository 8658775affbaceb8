import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/**
 * VS Code makes links of `[text](command:…)` in a notification. So what comes from a program, a trace or a file goes through
 * `noticeText`: every text with something put in does.
 */

const NOTICE = /window\s*\.show(?:Information|Warning|Error)Message\(/g;

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) yield* sources(join(folder, entry.name));
    else if (entry.name.endsWith('.ts')) yield join(folder, entry.name);
  }
}

/** The first argument of a call, from behind its bracket. */
function argument(text: string, from: number): string {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if ('([{'.includes(text[at])) depth++;
    if (')]}'.includes(text[at]) && depth-- === 0) return text.slice(from, at).trim();
    if (text[at] === ',' && depth === 0) return text.slice(from, at).trim();
  }
  throw new Error(`An argument without an end: ${text.slice(from, from + 80)}`);
}

/** What a name stands for, wherever it is declared in the file. */
function meant(text: string, said: string): string[] {
  const declared = /^\w+$/.test(said) ? [...text.matchAll(new RegExp(`const ${said} = ([^;]*);`, 'g'))] : [];
  return declared.length > 0 ? declared.map(([, value]) => value) : [said];
}

/** It is text of our own alone, maybe with a number. */
function isOurs(text: string): boolean {
  const said = text.replace(/^\w+\s*\?\s*/, '');
  return said.split(/\s+:\s+/).every((each) => /^t\(\s*('[^']*'|"[^"]*")\s*,?\s*(\w+\.length\s*,?\s*)?\)$/.test(each));
}

test('every notification is text of our own, or held by noticeText', () => {
  const notices = [...sources('src/editor'), ...sources('src/hosts')].flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    return [...text.matchAll(NOTICE)].flatMap(({ index, 0: call }) =>
      meant(text, argument(text, index + call.length)).map((said) => ({ file, said })),
    );
  });
  expect(notices.length).toBeGreaterThan(20);
  const held = notices.filter(({ said }) => said.startsWith('noticeText('));
  expect(held.length).toBeGreaterThan(8);
  expect(notices.filter((each) => !held.includes(each) && !isOurs(each.said))).toEqual([]);
});

test('so is the title of what is under way', () => {
  const titles = [...sources('src/editor')].flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    const under = [...text.matchAll(/withProgress\(/g)].map(({ index, 0: call }) =>
      argument(text, index + call.length),
    );
    return under.map((options) => ({ file, options, text }));
  });
  expect(titles.length).toBeGreaterThan(1);
  for (const { file, options, text } of titles) {
    const title = /\btitle(?::\s*([^,}]+))?/.exec(options);
    if (!title) continue;
    const given = title[1] ?? 'title';
    const isHeld = /noticeText\(/.test(given) || isOurs(given) || /\btitle = noticeText\(/.test(text);
    expect(isHeld, `${file}: ${given}`).toBe(true);
  }
});
