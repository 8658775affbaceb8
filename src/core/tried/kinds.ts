/** Findings that a change of one place would mend, which can be written and tried. */
export const rewrittenKinds = ['sequential-awaits', 'blocking', 'never-awaited'] as const;
export type RewrittenKind = (typeof rewrittenKinds)[number];

export function isRewritten(kind: string): kind is RewrittenKind {
  return (rewrittenKinds as readonly string[]).includes(kind);
}
