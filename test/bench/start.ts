import { spawnSync } from 'node:child_process';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { median } from './measured';

/**
 * Milliseconds of the processor that loading and activating the extension take, each time in a process of its own, with a stand-in of
 * VS Code. `DIST=folder,folder` measures several builds in turn: those of several versions beside each other.
 */

const ROUNDS = Number(process.env.ROUNDS ?? 15);
const BUILDS = (process.env.DIST ?? 'dist').split(',').map((folder) => resolve(folder));

const program = (standIn: string) => `
const Module = require('node:module');
const vscode = require(${JSON.stringify(standIn)});
const load = Module._load;
Module._load = function (request, ...rest) {
  return request === 'vscode' ? vscode : load.call(this, request, ...rest);
};
// What the extension host has loaded before any extension.
for (const name of ['fs', 'fs/promises', 'path', 'os', 'crypto', 'child_process', 'worker_threads', 'stream']) require('node:' + name);
const before = process.cpuUsage();
const { activate } = require(process.argv[2]);
const loaded = process.cpuUsage(before);
const memento = { get: () => undefined, update: async () => {}, keys: () => [] };
const at = (path) => vscode.Uri.file(path);
activate({ subscriptions: [], extensionUri: at('/extension'), workspaceState: memento, globalState: memento, storageUri: at('/storage'), globalStorageUri: at('/storage') });
const all = process.cpuUsage(before);
const milliseconds = ({ user, system }) => (user + system) / 1000;
console.log(JSON.stringify([milliseconds(loaded), milliseconds(all)]));
process.exit();
`;

export function startTable(folder: string): string[] {
  const standIn = join(folder, 'vscode.cjs');
  buildSync({
    entryPoints: ['test/editor/fake-vscode.ts'],
    outfile: standIn,
    bundle: true,
    platform: 'node',
    format: 'cjs',
  });
  const script = join(folder, 'start.cjs');
  writeFileSync(script, program(resolve(standIn)));
  const times = BUILDS.map((): [number, number][] => []);
  for (let round = 0; round < ROUNDS; round++)
    for (const [i, build] of BUILDS.entries()) {
      const { stdout, stderr } = spawnSync(process.execPath, [script, join(build, 'extension.js')], {
        encoding: 'utf8',
      });
      if (!stdout) throw new Error(stderr);
      times[i].push(JSON.parse(stdout));
    }
  const rows = BUILDS.map((build, i) => {
    const load = times[i].map(([loaded]) => loaded);
    const all = times[i].map(([, activated]) => activated);
    const figures = (values: number[]) => `${median(values).toFixed(1)} (${Math.min(...values).toFixed(1)})`;
    return `| ${build} | ${(size(build) / 1000).toFixed(0)} | ${figures(load)} | ${figures(all)} |`;
  });
  return [
    '| start of the extension, ms of CPU: median (least) | kB in all | loaded | loaded and activated |',
    '|---|---|---|---|',
    ...rows,
  ];
}

/** Bytes of JavaScript, whenever it is loaded. */
function size(build: string): number {
  const chunks = join(build, 'chunks');
  const names = readdirSync(dirname(chunks)).includes('chunks') ? readdirSync(chunks) : [];
  return [join(build, 'extension.js'), ...names.map((name) => join(chunks, name))]
    .filter((path) => path.endsWith('.js'))
    .reduce((sum, path) => sum + statSync(path).size, 0);
}
