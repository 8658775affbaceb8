import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import subsetFont from 'subset-font';

const RULE = /\.codicon-([\w-]+)::?before\s*\{\s*content:\s*(["'])(.*?)\2;?\s*\}\s*/g;

/**
 * Keeps of VS Code's icons those that the script names, as rules and in the font: some dozens of hundreds. Each exported page carries both.
 * @param folder where the build writes `main.js`, `main.css` and `codicon.ttf`
 */
export function onlyUsedIcons(folder) {
  return {
    name: 'icons',
    setup(build) {
      build.onEnd(async ({ errors }) => {
        if (errors.length > 0) return;
        const [script, style, font] = ['main.js', 'main.css', 'codicon.ttf'].map((name) => join(folder, name));
        const used = new Set();
        const program = readFileSync(script, 'utf8');
        const rules = readFileSync(style, 'utf8').replaceAll(RULE, (rule, name, _quote, content) => {
          if (!program.includes(name)) return '';
          used.add(character(content));
          return rule;
        });
        if (used.size === 0) throw new Error(`${style} has no rule for any icon: has their form changed?`);
        writeFileSync(style, rules);
        writeFileSync(font, await subsetFont(readFileSync(font), [...used].join(''), { targetFormat: 'sfnt' }));
      });
    },
  };
}

/** `\ea60` in CSS is one character. */
function character(content) {
  return content.replace(/\\([0-9a-f]{1,6}) ?/gi, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)));
}
