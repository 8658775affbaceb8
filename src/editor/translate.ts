import { l10n } from 'vscode';
import type { Translate } from '../core/translate';

/** The words of VS Code's display language. */
export const t: Translate = (message, ...holes) => l10n.t(message, ...holes);
