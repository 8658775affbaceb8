import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { transform } from 'esbuild';

/**
 * A bundle for Node in chunks, of which those behind an `import()` are read when they are first used, all of them CommonJS: esbuild
 * splits only ES modules, so those are made first, and each is turned into CommonJS then. Extension hosts load ES modules, too, since
 * VS Code 1.100, but each of their files through promises and hooks: that costs more of the processor, and waits for whatever else starts.
 */
export const inChunks = {
  format: 'esm',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  entryNames: '[name]',
  write: false,
};

/** Writes what {@link inChunks} makes. */
export const asCommonJs = {
  name: 'commonjs',
  setup: (build) => build.onEnd(({ outputFiles = [] }) => write(outputFiles, build.initialOptions)),
};

async function write(files, { minify, sourcemap, target }) {
  const options = { format: 'cjs', platform: 'node', target, minify, supported: { 'dynamic-import': false } };
  for (const { path, text } of files) {
    mkdirSync(dirname(path), { recursive: true });
    if (!path.endsWith('.js')) {
      writeFileSync(path, text);
      continue;
    }
    const { code, map } = await transform(text, { ...options, sourcemap: sourcemap && 'external', sourcefile: path });
    writeFileSync(path, sourcemap ? `${code}//# sourceMappingURL=${basename(path)}.map\n` : code);
    if (sourcemap) writeFileSync(`${path}.map`, map);
  }
}
