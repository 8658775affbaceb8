import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/**
 * Lists the npm packages that the bundles hold, in `parts.json` beside them: `ThirdPartyNotices.md` is made of it, and a test compares
 * the two.
 * @param out the folder of all bundles
 */
export function listParts(out) {
  const parts = {};
  return {
    name: 'parts',
    setup: (build) => {
      build.initialOptions.metafile = true;
      build.onEnd(({ metafile }) => {
        for (const [file, { inputs }] of Object.entries(metafile?.outputs ?? {})) {
          if (file.endsWith('.map') || file.endsWith('.LEGAL.txt')) continue;
          for (const input of Object.keys(inputs)) add(packageOf(input), shipped(relative(out, file)));
        }
        mkdirSync(out, { recursive: true });
        writeFileSync(join(out, 'parts.json'), `${JSON.stringify(parts, null, 2)}\n`);
      });
    },
  };

  function add(name, file) {
    if (name === undefined) return;
    parts[name] = [...new Set([...(parts[name] ?? []), file])].sort();
  }
}

/** The package that a file of `node_modules` belongs to. */
function packageOf(input) {
  return /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
}

/** Names of chunks change with what is in them. */
function shipped(file) {
  return dirname(file) === 'chunks' ? 'dist/chunks/' : `dist/${file}`;
}
