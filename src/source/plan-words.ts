import type { Translate } from '../core/translate';
import { refusalText } from './blocks';
import type { Candidate, Plan } from './plan';
import type { Reading } from './reading';

/** A call to begin with, the arguments to be filled in: `task(name, delay)`. */
export function candidateCall({ name, required }: Candidate): string {
  return `${name}(${required.join(', ')})`;
}

/** A short description of what would run. */
export function planText(plan: Plan, t: Translate): string {
  switch (plan.kind) {
    case 'file':
      return t('runs as it is written');
    case 'refused':
      return refusalText(plan.why, t);
    case 'ask':
      return plan.why === 'several'
        ? t('asks which one: {0}', plan.candidates.map(candidateCall).join(', '))
        : t('asks for the call: {0}', plan.candidates.map(candidateCall).join(', '));
    case 'ways':
      return t('shows {0} ways to do the same thing; each runs by itself', plan.ways.length);
    case 'pieces':
      if (plan.entry.kind === 'call') return t('runs {0}', plan.entry.call);
      return plan.entry.kind === 'await' ? t('awaits at module level, as in a notebook') : t('runs as it is written');
  }
}

/** The first line that is code. */
export function firstCode({ lines }: Reading): string {
  return (lines.find(({ text }) => /^\s*[^\s#]/.test(text)) ?? lines[0])?.text.trim() ?? '';
}
