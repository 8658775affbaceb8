import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { FrameReader, Kind } from './frames';
import { permissionFlag, spawnChild } from './process';
import { SNAPSHOT, SNAPSHOT_NOTE, snapshotNote, sourcesKey, tracerFiles } from './snapshot';

/** Part of the build: `make-snapshot.mjs DIST CACHE`. */

const [assets, cache] = process.argv.slice(2).map((path) => resolve(path));
const kept = join(cache, sourcesKey(assets, tracerFiles(assets)));

if (!existsSync(`${kept}.json`)) {
  const snapshot = await made();
  mkdirSync(cache, { recursive: true });
  writeFileSync(`${kept}.bin`, snapshot);
  writeFileSync(`${kept}.json`, JSON.stringify(snapshotNote(assets, snapshot)));
}
copyFileSync(`${kept}.bin`, join(assets, SNAPSHOT));
copyFileSync(`${kept}.json`, join(assets, SNAPSHOT_NOTE));

function made(): Promise<Uint8Array> {
  const layers = { outer: true, inner: true };
  const child = spawnChild(
    { assets, stop: join(assets, 'stop'), layers, user: {}, makeSnapshot: true },
    permissionFlag(),
  );
  child.stderr?.pipe(process.stderr);
  const frames = new FrameReader();
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (bytes) => {
      for (const { kind, payload } of frames.push(bytes)) if (kind === Kind.snapshot) resolve(payload);
    });
    child.on('error', reject);
    child.on('close', (code) => reject(new Error(`The embedded Python ended with ${code} and made no snapshot.`)));
  });
}
