import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

/** Pages of people who use Coroscope, and links between them. */
const pages = [
  'README.md',
  'README.ko.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

/** What a page says, without its code. */
const text = (page: string) =>
  readFileSync(page, 'utf8').replace(/```.*?```|`[^`\n]*`/gs, (code) =>
    code.startsWith('```') ? '' : code.replace(/[[\]()]/g, ''),
  );
const headings = (page: string) => text(page).match(/^#+ .*$/gm) ?? [];

/** The fragment that GitHub and VS Code make of a heading. */
function fragmentOf(heading: string): string {
  return heading
    .replace(/^#+ /, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
}

describe('links between pages lead somewhere', () => {
  test.each(pages)('%s', (page) => {
    const dead = [...text(page).matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].filter(
      ([, file, fragment]) => {
        const target = file === '' ? page : join(dirname(page), decodeURIComponent(file));
        if (!existsSync(target)) return true;
        return (
          fragment !== undefined &&
          target.endsWith('.md') &&
          !headings(target).some((one) => fragmentOf(one) === decodeURIComponent(fragment))
        );
      },
    );
    expect(dead.map(([link]) => link)).toEqual([]);
  });
});

describe('a Korean page', () => {
  const korean = pages.filter((page) => page.endsWith('.ko.md'));

  test.each(korean)('%s has the sections of the English one', (page) => {
    const levels = (one: string) => headings(one).map((heading) => heading.replace(/ .*/, ''));
    expect(levels(page)).toEqual(levels(page.replace('.ko.md', '.md')));
  });

  test.each(korean)('%s leads to Korean pages, where there are', (page) => {
    const links = [...text(page).matchAll(/\[([^\]]*)\]\((?!https?:)([^)#\s]+)\.md/g)];
    const english = links.filter(
      ([, words, file]) =>
        words !== 'English' && !file.endsWith('.ko') && existsSync(join(dirname(page), `${file}.ko.md`)),
    );
    expect(english.map(([link]) => link)).toEqual([]);
  });
});
