import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Uri } from 'vscode';
import type { ProcessHost } from '../../editor/host/host';
import type { Folders } from './engines';

export function processHost({ assets }: Folders): ProcessHost {
  return {
    async list() {
      const { pythonProcesses } = await import('../../engines/attach/processes');
      return pythonProcesses();
    },
    async attach(pid, attached, stop, t) {
      const { attach } = await import('../../engines/attach/attach');
      // It stays: a long trace is shown from its file.
      const trace = join(mkdtempSync(join(tmpdir(), 'coroscope-')), `process-${pid}.coroscope`);
      const request = { pid, trace, arguments: true, assets, env: process.env, translate: t };
      const end = await attach(request, ({ loops }) => attached(loops), stop);
      return { trace: Uri.file(trace), goesOn: end === 'detached' };
    },
  };
}
