// Writes ThirdPartyNotices.md: every work that the packages hold, its licence, and the text of that licence.
// `node notices.mjs` after a build, which lists the npm packages in the bundles (`dist/parts.json`); `--check` only says whether it is up to date.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const pyodide = 'dist/pyodide/';

/** What is no npm package: works that are compiled into the embedded Python. */
const others = [
  { name: 'CPython', licence: 'PSF-2.0', home: 'https://www.python.org', text: 'CPython' },
  { name: 'Emscripten runtime', licence: 'MIT', home: 'https://emscripten.org', text: 'Emscripten' },
  { name: 'musl', licence: 'MIT', home: 'https://musl.libc.org', text: 'musl' },
  {
    name: 'LLVM compiler-rt, libc++',
    licence: 'Apache-2.0 WITH LLVM-exception',
    home: 'https://llvm.org',
    text: 'LLVM',
  },
  { name: 'zlib', licence: 'Zlib', home: 'https://zlib.net', text: 'zlib' },
  { name: 'bzip2', licence: 'bzip2-1.0.6', home: 'https://sourceware.org/bzip2', text: 'bzip2' },
  { name: 'liblzma (XZ Utils)', licence: '0BSD', home: 'https://tukaani.org/xz', text: 'xz' },
  { name: 'Zstandard', licence: 'BSD-3-Clause', home: 'https://facebook.github.io/zstd', text: 'zstd' },
  { name: 'libffi', licence: 'MIT', home: 'https://github.com/libffi/libffi', text: 'libffi' },
  { name: 'Expat', licence: 'MIT', home: 'https://libexpat.github.io', text: 'expat' },
  { name: 'libmpdec', licence: 'BSD-2-Clause', home: 'https://www.bytereef.org/mpdecimal', text: 'libmpdec' },
  { name: 'HACL*', licence: 'MIT', home: 'https://github.com/hacl-star/hacl-star', text: 'HACL' },
  { name: 'SQLite', licence: 'Public domain', home: 'https://www.sqlite.org', text: 'SQLite' },
];

/**
 * One entry a work, sorted by name.
 * @param parts what `dist/parts.json` holds: npm package → files of `dist/` that contain something of it
 * @returns {{ name: string, version: string, licence: string, home: string, where: string[], text: string }[]}
 * @throws where a package has no text of its licence: it has to be put into `licences/` by hand
 */
function works(parts) {
  const copied = { pyodide: [pyodide] };
  const packages = Object.entries({ ...parts, ...copied }).map(([name, where]) => ({ ...packageOf(name), where }));
  const inside = others.map(({ text, ...work }) => ({
    ...work,
    version: '',
    where: [pyodide],
    text: read(`licences/${text}.txt`),
  }));
  return [...packages, ...inside].sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
}

function packageOf(name) {
  const folder = join('node_modules', name);
  const { version, license, homepage, repository } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const own = `licences/${name.replace('/', '-')}.txt`;
  const texts = readdirSync(folder)
    .filter((file) => /^licen[cs]e/i.test(file))
    .map((file) => join(folder, file));
  // Pyodide's package has no file with its licence.
  const found = texts.length > 0 ? texts : [existsSync(own) ? own : `licences/${license}.txt`];
  const home = homepage ?? String(repository?.url ?? repository).replace(/^git\+|\.git$/g, '');
  // Icons and code of the Codicons have a licence each.
  const licence = name === '@vscode/codicons' ? 'CC-BY-4.0 (icons), MIT (code)' : license;
  return { name, version, licence, home, text: found.map(read).join('\n\n') };
}

function read(file) {
  return readFileSync(file, 'utf8')
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .trim();
}

/** The whole page. Texts that several works share word for word stand there once. */
function notices(parts) {
  const all = works(parts);
  const rows = all.map(
    ({ name, version, licence, home, where }) =>
      `| [${name}](${home}) | ${version} | ${licence} | ${where.map((file) => `\`${file}\``).join(', ')} |`,
  );
  const texts = new Map();
  for (const { name, text } of all) texts.set(text, [...(texts.get(text) ?? []), name]);
  const sections = [...texts].map(([text, names]) => `## ${names.join(', ')}\n\n${fenced(text)}`);
  return `${[
    '# Third-party notices',
    'Coroscope’s packages contain the following works of others, each under its own licence. `npm run notices` writes this page from what the bundles hold.',
    ['| work | version | licence | in |', '| --- | --- | --- | --- |', ...rows].join('\n'),
    ...sections,
  ].join('\n\n')}\n`;
}

function fenced(text) {
  const fence = text.includes('```') ? '~~~~' : '```';
  return `${fence}text\n${text}\n${fence}`;
}

const page = notices(JSON.parse(readFileSync('dist/parts.json', 'utf8')));
if (!process.argv.includes('--check')) writeFileSync('ThirdPartyNotices.md', page);
else if (readFileSync('ThirdPartyNotices.md', 'utf8') !== page) {
  console.error('ThirdPartyNotices.md is not what the bundles hold: npm run notices');
  process.exitCode = 1;
}
