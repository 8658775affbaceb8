import type { Memento } from 'vscode';
import type { HintName } from '../../core/protocol/messages';

const KEY = 'coroscope.dismissedHints';
/** Same as `hintNames`, repeated here because that module is not loaded at activation. */
const NAMES: ReadonlySet<unknown> = new Set<HintName>(['steps', 'time', 'tasks']);

/** Remembers, in all workspaces, which hints of the timeline were dismissed. */
export class Hints {
  constructor(private readonly memory: Memento) {}

  get dismissed(): readonly HintName[] {
    const kept = this.memory.get<unknown>(KEY);
    return Array.isArray(kept) ? kept.filter((name): name is HintName => NAMES.has(name)) : [];
  }

  dismiss(hint: HintName): void {
    void this.memory.update(KEY, [...new Set([...this.dismissed, hint])]);
  }
}
