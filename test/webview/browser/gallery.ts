import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunStatus } from '../../../src/core/protocol/messages';
import { registry } from './registry';
import { themeCss } from './serve';
import { type ThemeName, themes } from './themes';

/** Writes a page that shows every scene and every state in every theme, each as the panel itself, to be used and looked at. */

const OUT = 'out/gallery';

const done: RunStatus = { state: 'done', program: '/project/demo.py', engine: 'embedded', reason: '' };
const states: Readonly<Record<string, { readonly title: string; readonly status: RunStatus }>> = {
  'state-empty': { title: 'Before anything ran', status: { state: 'empty' } },
  'state-running': {
    title: 'While a program runs',
    status: { state: 'running', program: '/project/demo.py', engine: 'embedded' },
  },
  'state-failed': {
    title: 'A run that failed',
    status: {
      state: 'failed',
      program: '/project/demo.py',
      message: 'No Python was found.',
      detail: 'Looked for python3',
    },
  },
};

function page(theme: ThemeName, status: RunStatus, trace?: Uint8Array, older?: Uint8Array): string {
  const hydration = { type: 'hydrate', locale: 'en', words: {}, root: '/project', compact: false, status };
  const data = JSON.stringify({ hydration, trace: base64(trace), older: base64(older) });
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Coroscope</title>
<link rel="stylesheet" href="${theme}.css"><link rel="stylesheet" href="main.css"></head>
<body class="${themes[theme].bodyClass}"><script>
const { hydration, trace, older } = ${data.replaceAll('<', '\\u003c')};
const bytesOf = (text) => text === null ? null : Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
let kept;
function acquireVsCodeApi() {
  return {
    getState: () => kept,
    setState: (state) => { kept = state; },
    postMessage: ({ type }) => {
      if (type !== 'ready') return;
      window.postMessage({ ...hydration, trace: bytesOf(trace) }, '*');
      if (older) window.postMessage({ type: 'older', older: { trace: bytesOf(older), label: 'demo.py (12:03:11)' } }, '*');
    },
  };
}
</script><script src="main.js"></script></body></html>
`;
}

function base64(trace: Uint8Array | undefined): string | null {
  return trace ? Buffer.from(trace).toString('base64') : null;
}

function index(names: readonly (readonly [name: string, title: string])[]): string {
  const themeNames = Object.keys(themes);
  const sections = names.map(
    ([name, title]) =>
      `<section id="${name}"><h2>${title}</h2><div class="themes">${themeNames
        .map(
          (theme) =>
            `<figure><figcaption><a href="${name}.${theme}.html">${theme}</a></figcaption><div class="frame"><iframe loading="lazy" title="${title}, ${theme}" src="${name}.${theme}.html"></iframe></div></figure>`,
        )
        .join('')}</div></section>`,
  );
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Coroscope: every scene in every theme</title><style>
body { font: 14px system-ui, sans-serif; margin: 16px 24px; color: #222; background: #eee; }
nav { position: sticky; top: 0; background: #eee; padding: 8px 0; }
nav a { margin-right: 10px; }
h1 { font-size: 20px; } h2 { font-size: 16px; margin: 28px 0 4px; scroll-margin-top: 60px; }
.themes { display: grid; grid-template-columns: repeat(auto-fill, minmax(560px, 1fr)); gap: 12px; }
figure { margin: 0; } figcaption { color: #555; }
.frame { width: 100%; aspect-ratio: 1120 / 720; overflow: hidden; border: 1px solid #bbb; container-type: inline-size; }
iframe { border: 0; width: 1120px; height: 720px; transform-origin: 0 0; scale: calc(100cqw / 1120px); }
</style></head><body><h1>Coroscope: every scene in every theme</h1>
<nav>${names.map(([name, title]) => `<a href="#${name}">${title}</a>`).join(' ')}</nav>
${sections.join('\n')}</body></html>
`;
}

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
for (const file of ['main.js', 'main.css', 'codicon.ttf']) cpSync(join('dist/webview', file), join(OUT, file));
for (const theme of Object.keys(themes) as ThemeName[]) {
  writeFileSync(join(OUT, `${theme}.css`), themeCss(theme));
  for (const [name, { trace, older }] of Object.entries(registry))
    writeFileSync(join(OUT, `${name}.${theme}.html`), page(theme, done, trace(), older?.()));
  for (const [name, { status }] of Object.entries(states))
    writeFileSync(join(OUT, `${name}.${theme}.html`), page(theme, status, undefined));
}
const names = [...Object.entries(registry), ...Object.entries(states)].map(
  ([name, { title }]) => [name, title] as const,
);
writeFileSync(join(OUT, 'index.html'), index(names));
console.log(`${names.length} scenes in ${Object.keys(themes).length} themes: ${OUT}/index.html`);
