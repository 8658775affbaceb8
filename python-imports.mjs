import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parser } from '@lezer/python';

/**
 * Part of `npm run lint`: who may import whom in the Python package. Each folder, and each module beside the folders, imports only from
 * those in the lines before its own, and no modules import each other in a circle; imports inside functions count. dependency-cruiser does
 * the same for TypeScript (`.dependency-cruiser.mjs`), and does not read Python.
 */
const order = [
  ['__init__'],
  ['source', 'directives'],
  ['resources'],
  ['records'],
  ['watch'],
  ['libraries'],
  ['waits'],
  ['loops'],
  ['clock'],
  ['coroutines', 'program', 'requests'],
  ['kept'],
  ['session'],
  ['children'],
  ['attach'],
  ['embedded', 'cli', 'in_program'],
  ['pytest_plugin', '__main__'],
];
const PACKAGE = 'src/python/coroscope';

const files = readdirSync(PACKAGE, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.py'));
const imports = new Map(files.map((file) => [file, importsOf(file)]));
const problems = [...files.flatMap(outOfOrder), ...circles()];
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);
console.log(`✔ ${PACKAGE}: imports of ${files.length} modules are in order`);

/** The files of the package that a file imports. Imports of its own package are relative ones. */
function importsOf(file) {
  const text = readFileSync(join(PACKAGE, file), 'utf8');
  const found = new Set();
  parser.parse(text).iterate({
    enter({ name: node, from, to }) {
      if (node !== 'ImportStatement') return;
      const [, dots, module, names] = /^from\s+(\.+)\s*([\w.]*)\s+import\s+(.*)$/s.exec(text.slice(from, to)) ?? [];
      if (!dots) return;
      const up = Array.from(dots.slice(1), () => '..');
      const base = join(dirname(file), ...up, ...module.split('.'));
      for (const [name] of names.replace(/#.*|\bas\s+\w+/g, '').matchAll(/\w+/g)) {
        const candidates = [join(base, `${name}.py`), `${base}.py`, join(base, '__init__.py')];
        const target = candidates.find((candidate) => files.includes(candidate));
        if (target) found.add(target);
      }
    },
  });
  return [...found];
}

function outOfOrder(file) {
  const folder = folderOf(file);
  const line = lineOf(folder);
  if (line < 0) return [`${PACKAGE}/${file}: "${folder}" has no place in the order of python-imports.mjs.`];
  return imports
    .get(file)
    .filter((target) => folderOf(target) !== folder && lineOf(folderOf(target)) >= line)
    .map((target) => `${PACKAGE}/${file} imports ${target}: "${folderOf(target)}" does not come before "${folder}".`);
}

function folderOf(file) {
  return file.split('/')[0].replace(/\.py$/, '');
}

function lineOf(folder) {
  return order.findIndex((line) => line.includes(folder));
}

/** One circle for each module at which the search comes back to where it is. */
function circles() {
  const done = new Set();
  const found = [];
  const visit = (file, path) => {
    const at = path.indexOf(file);
    if (at >= 0) found.push(`${PACKAGE}: circle of imports: ${[...path.slice(at), file].join(' → ')}`);
    if (at >= 0 || done.has(file)) return;
    for (const target of imports.get(file)) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  return found;
}
