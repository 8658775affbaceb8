import { resolve } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
// @ts-expect-error: it is part of the build, which is plain JavaScript.
import { inChunks } from '../../esbuild-chunks.mjs';

/** What VS Code has to read before the extension has started: its first file, and what that imports other than by `import()`. */

const ENTRY = 'src/extension.ts';
/** Of JavaScript as it ships. It was 389 kB when all of it was one file. */
const MOST_BYTES = 90_000;
/** Registering commands and views needs none of these. */
const HEAVY =
  /node_modules|\/engines\/|\/export\/(?!source-reader)|source\/(?!line-map|followed-lines)|core\/(timeline\/build|trace|protocol|layout|rows|overview|findings|explain|describe|compare|history|text|json)/;

let eager: Metafile['outputs'][string][];
let outputs: Metafile['outputs'];

beforeAll(async () => {
  const { metafile } = await build({
    ...inChunks,
    entryPoints: [ENTRY],
    outdir: resolve('dist'),
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    external: ['vscode'],
    metafile: true,
  });
  outputs = metafile!.outputs;
  const seen = new Set<string>();
  const follow = (path: string) => {
    if (seen.has(path) || !outputs[path]) return;
    seen.add(path);
    for (const { path: next, kind } of outputs[path].imports) if (kind !== 'dynamic-import') follow(next);
  };
  follow(Object.keys(outputs).find((path) => outputs[path].entryPoint === ENTRY)!);
  eager = [...seen].map((path) => outputs[path]);
});

test('what starts with the editor is small', () => {
  expect(eager.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(MOST_BYTES);
});

test('readers, parsers, engines and explanations are loaded when they are used', () => {
  const inputs = eager.flatMap((output) => Object.entries(output.inputs));
  expect(inputs.filter(([path, { bytesInOutput }]) => bytesInOutput > 0 && HEAVY.test(path))).toEqual([]);
  // The names above are those of today.
  const later = Object.values(outputs).flatMap((output) => Object.keys(output.inputs));
  for (const name of ['valibot', '@lezer/python', 'core/timeline/build.ts', 'core/protocol/', 'core/findings/'])
    expect(
      later.some((path) => path.includes(name)),
      name,
    ).toBe(true);
});
