import { l10n } from 'vscode';
import { withParticles } from '../../core/korean-particles';
import type { Translate } from '../../core/translate';

/** Translates into VS Code's display language. */
export const t: Translate = (message, ...holes) => {
  const text = l10n.t(message, ...holes);
  // There is none in English.
  return l10n.bundle ? withParticles(text) : text;
};
