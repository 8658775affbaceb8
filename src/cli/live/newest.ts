import type { RecentFinding } from '../../core/recent/findings';
import type { Seconds } from '../../core/units';

const MOST = 50;

/** Findings of a run so far, the newest first, each place once: they are told for longer than the last seconds. */
export class NewestFindings {
  readonly #known = new Map<string, { readonly finding: RecentFinding; readonly at: Seconds }>();

  /** @param now seconds @returns those that are new */
  add(findings: readonly RecentFinding[], now: Seconds): RecentFinding[] {
    const added: RecentFinding[] = [];
    for (const finding of findings) {
      const key = `${finding.kind} ${finding.file}:${finding.line}`;
      const at = now - finding.age;
      const known = this.#known.get(key);
      if (!known) added.push(finding);
      if (!known || at >= known.at) this.#known.set(key, { finding, at });
    }
    const over = [...this.#known].sort(([, a], [, b]) => b.at - a.at).slice(MOST);
    for (const [key] of over) this.#known.delete(key);
    return added;
  }

  list(now: Seconds): RecentFinding[] {
    return [...this.#known.values()]
      .sort((a, b) => b.at - a.at)
      .map(({ finding, at }) => ({ ...finding, age: Math.max(0, now - at) }));
  }
}
