import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import korean from '../../../l10n/bundle.l10n.ko.json';
import manifest from '../../../package.json';
import english from '../../../package.nls.json';
import koreanManifest from '../../../package.nls.ko.json';
import { editorBindings } from '../../../webview/interact/keys';

/** Sentences that a source file hands to its translator, `t('…')` and `words('…')`, or puts into an error for it. */
function sentences(text: string): string[] {
  const literal = String.raw`'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"`;
  const calls = text.matchAll(new RegExp(String.raw`\b(?:t|words|translate|TraceError)\(\s*(?:${literal})`, 'g'));
  return [...calls].map(([, single, double]) => (single ?? double).replace(/\\(.)/g, '$1'));
}

const files = ['src', 'webview', 'playground'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`),
);

describe('Korean', () => {
  test.each(files)('%s', (file) => {
    const missing = sentences(readFileSync(file, 'utf8')).filter((sentence) => !(sentence in korean));
    expect(missing).toEqual([]);
  });

  test('holes are the same in both languages', () => {
    const holes = (text: string) => [...new Set(text.match(/\{\d+\}/g) ?? [])].sort();
    for (const [sentence, translation] of Object.entries(korean))
      expect(holes(translation), sentence).toEqual(holes(sentence));
  });

  test('code in a sentence is the same in both languages', () => {
    const code = (text: string) => (text.match(/`[^`]+`/g) ?? []).sort();
    for (const [sentence, translation] of Object.entries(korean))
      expect(code(translation), sentence).toEqual(code(sentence));
  });
});

describe('package.json', () => {
  const used = [...JSON.stringify(manifest).matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key);

  test('every %key% has words, in English and Korean', () => {
    for (const key of used) expect([key, key in english, key in koreanManifest]).toEqual([key, true, true]);
  });

  test('no words are left over', () => {
    expect(Object.keys(english).filter((key) => !used.includes(key))).toEqual([]);
    expect(Object.keys(koreanManifest).sort()).toEqual(Object.keys(english).sort());
  });

  test('every command in a menu is declared', () => {
    const declared = new Set(manifest.contributes.commands.map(({ command }) => command));
    const menus = Object.values(manifest.contributes.menus).flat();
    for (const { command } of menus) expect(declared).toContain(command);
    const links = Object.values(english).flatMap((text) => [...text.matchAll(/command:(coroscope\.[\w.]+)/g)]);
    // VS Code itself makes one that leads to each view.
    const views = new Set(manifest.contributes.views.coroscope.map(({ id }) => `${id}.focus`));
    for (const [, command] of links) expect(declared.has(command) || views.has(command), command).toBe(true);
  });

  test('the keys that the help of the timeline lists for the editor are the keys that there are', () => {
    const { keybindings } = manifest.contributes;
    for (const { command, keys } of editorBindings) {
      const [{ key, mac }] = keybindings.filter((each) => each.command === command);
      expect([command, keys]).toEqual([command, [`Alt+${key.slice(-1)}`]]);
      expect([command, mac]).toEqual([command, key.replace('alt+', 'ctrl+')]);
    }
  });

  test('every command has a title and a category, and says when it makes sense', () => {
    const { commands, menus } = manifest.contributes;
    const palette = new Map(menus.commandPalette.map(({ command, when }) => [command, when]));
    expect(menus.commandPalette.length).toBe(palette.size);
    for (const { command, title, category, ...rest } of commands) {
      expect(title, command).toMatch(/^%command\.\w+%$/);
      expect(category, command).toBe('Coroscope');
      expect('enablement' in rest || palette.get(command), command).toBeTruthy();
    }
    // Commands that are hidden from the palette need another place in the UI.
    const elsewhere = JSON.stringify({ ...menus, commandPalette: [] });
    const code = files.map((file) => readFileSync(file, 'utf8')).join();
    for (const [command, when] of palette)
      if (when === 'false')
        expect(elsewhere.includes(`"${command}"`) || code.includes(`'${command}'`), command).toBe(true);
  });

  test('every view says something while it is empty', () => {
    const { views, viewsWelcome } = manifest.contributes;
    for (const { id, type } of views.coroscope as { id: string; type?: string }[])
      if (type !== 'webview')
        expect(
          viewsWelcome.map(({ view }) => view),
          id,
        ).toContain(id);
  });

  test('the walkthrough has four steps with a picture and an action each', () => {
    const [{ steps }] = manifest.contributes.walkthroughs;
    expect(steps.length).toBe(4);
    for (const { description, media } of steps) {
      const key = description.replaceAll('%', '') as keyof typeof english;
      for (const text of [english[key], koreanManifest[key]]) expect(text).toMatch(/\]\(command:coroscope\.[\w.]+\)/);
      // The colours are the theme's.
      const svg = readFileSync(media.svg, 'utf8');
      expect(svg).toContain('var(--vscode-');
      expect(svg.match(/(fill|stroke)="#/g)).toBeNull();
      // The page that shows it allows no styles: everything would be black.
      expect(svg).not.toMatch(/\sstyle=|<style/);
    }
  });

  test('settings that make code run are not taken from a workspace that is not trusted', () => {
    const restricted = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
    const looks = [
      'coroscope.codeLens',
      'coroscope.followPlayhead',
      'coroscope.inlineTimes',
      'coroscope.history.limit',
    ];
    const all = Object.keys(manifest.contributes.configuration.properties).filter((name) => !looks.includes(name));
    expect(all.sort()).toEqual([...restricted].sort());
  });
});
