import type { EngineHost } from '../../editor/host/host';

export interface Folders {
  /** Files of the extension that engines need. */
  readonly assets: string;
  /** Where engines keep files that speed up later runs. */
  readonly cache: string;
}

/** Untitled documents run where the workspace lies. */
const ON_DISK = new Set(['file', 'untitled']);

const engines = () => import('../../engines/run');

/** Interpreters, and the embedded Python in processes. */
export function engineHost({ assets, cache }: Folders): EngineHost {
  let loaded = false;
  return {
    async run(program, listener, signal) {
      const { runProgram } = await engines();
      loaded = true;
      return runProgram({ ...program, assets, cache }, listener, signal);
    },
    async live(t) {
      const [{ livePython }, { runLive }, { enginesOfNode }] = await Promise.all([
        import('../../engines/live/in-process'),
        import('../../engines/live/run'),
        engines(),
      ]);
      const python = livePython(assets, t, cache);
      return {
        warm: () => python.warm(),
        run: (options, signal) => runLive({ ...options, assets, python }, signal, enginesOfNode),
        dispose: () => python.dispose(),
      };
    },
    async select() {
      const { selectEngine } = await import('./select-engine');
      await selectEngine();
    },
    environment: () => process.env,
    engineFor: ({ scheme }, asked) => (ON_DISK.has(scheme) ? asked : 'embedded'),
    async interpreter(resource) {
      const { activeInterpreter } = await import('./interpreter');
      return activeInterpreter(resource);
    },
    async dispose() {
      if (loaded) (await engines()).disposeEngines();
    },
  };
}
