import { withParticles } from './korean-particles';

/**
 * Turns an English sentence into the reader's language. The English text is the key, `{0}`, `{1}` … are its holes:
 * the same contract as `vscode.l10n.t`, so that host, webview and terminal share one catalogue (`l10n/`).
 */
export type Translate = (message: string, ...holes: (string | number)[]) => string;

/** A translator over a catalogue of message → translation; a missing key stays English. */
export function translator(catalogue: Readonly<Record<string, string>> | undefined): Translate {
  return (message, ...holes) => {
    const known = catalogue?.[message];
    return known === undefined ? fill(message, holes) : withParticles(fill(known, holes));
  };
}

function fill(message: string, holes: readonly (string | number)[]): string {
  return message.replace(/\{(\d+)\}/g, (whole, index) => {
    const hole = holes[Number(index)];
    return hole === undefined ? whole : String(hole);
  });
}
