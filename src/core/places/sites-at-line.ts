import type { Timeline } from '../timeline/model';
import { isFile } from './same-file';

/** Which sites are at a source line, themselves or in a frame further out in their await chain. @returns by site id: 1 if so; undefined if none */
export function sitesAt({ sites }: Timeline, file: string, line: number): Uint8Array | undefined {
  const found = new Uint8Array(sites.length);
  const isHere = isFile(file);
  let any = false;
  // A chain only points back, so what is further out is known already.
  for (let id = 1; id < sites.length; id++) {
    const site = sites[id];
    if (!site) continue;
    const here = site.line <= line && line <= (site.endLine ?? site.line) && isHere(site.code.file);
    if (!here && !found[site.parent]) continue;
    found[id] = 1;
    any = true;
  }
  return any ? found : undefined;
}
