import { type Disposable, type Event, EventEmitter, type TextDocumentContentProvider, Uri, workspace } from 'vscode';
import type { KeptRun } from '../../core/history/kept-run';
import { t } from '../words/translate';
import type { History } from './history';
import { runName } from './run-words';

const SCHEME = 'coroscope-compare';

/** Provides the texts of open comparisons to the diff editor. */
export class Comparisons implements TextDocumentContentProvider, Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changes = new EventEmitter<Uri>();
  readonly onDidChange: Event<Uri> = this.#changes.event;
  readonly #registered = [
    workspace.registerTextDocumentContentProvider(SCHEME, this),
    workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === SCHEME) this.#texts.delete(uri.toString());
    }),
  ];

  constructor(private readonly history: History) {}

  /** A restored window asks for its texts again: the URI names the runs. */
  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const known = this.#texts.get(uri.toString());
    if (known !== undefined) return known;
    const [before, after, side] = uri.query.split('&');
    const runs = [await this.history.find(before), await this.history.find(after)];
    if (!runs[0] || !runs[1]) return t('One of the two runs is no longer saved.');
    try {
      const { comparedTexts } = await import('./compared-texts');
      const texts = await comparedTexts(this.history, [runs[0], runs[1]]);
      return side === 'before' ? texts.before : texts.after;
    } catch (error) {
      const { errorText } = await import('../../core/trace/trace-error');
      return errorText(error, t);
    }
  }

  /** @returns the URI of a text */
  put(runs: readonly [KeptRun, KeptRun], side: 'before' | 'after', text: string): Uri {
    const run = side === 'before' ? runs[0] : runs[1];
    const uri = Uri.from({
      scheme: SCHEME,
      // Plain text, whatever the file name.
      path: `/${runName(run).replace(/[\\/]/g, ' ')}.txt`,
      query: [runs[0].id, runs[1].id, side].join('&'),
    });
    this.#texts.set(uri.toString(), text);
    this.#changes.fire(uri);
    return uri;
  }

  dispose(): void {
    for (const each of this.#registered) each.dispose();
    this.#changes.dispose();
  }
}
