import type { Translate } from '../../core/translate';
import { EmbeddedEngine } from '../embedded/engine';
import { LIVE_MEMORY, LIVE_PATIENCE, LivePython } from './python';

/** Live mode's Pythons as processes of Node's. @param cache see `RunOptions` */
export function livePython(assets: string, translate: Translate, cache?: string): LivePython {
  const options = { patience: LIVE_PATIENCE, memory: LIVE_MEMORY, cache };
  return new LivePython(() => new EmbeddedEngine(assets, translate, options));
}
