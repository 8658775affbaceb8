import {
  commands,
  type Disposable,
  type Event,
  EventEmitter,
  type TextDocumentContentProvider,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { KeptRun } from '../../core/history/kept-run';
import { errorText } from '../../core/trace-error';
import { t } from '../translate';
import type { History } from './history';
import { runName, whenText } from './run-words';

const SCHEME = 'coroscope-compare';

/** The texts of comparisons that are open, for the diff editor to read. */
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

  /** A window that is opened again asks for what it showed: the address names the runs. */
  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const known = this.#texts.get(uri.toString());
    if (known !== undefined) return known;
    const [before, after, side] = uri.query.split('&');
    const runs = [await this.history.find(before), await this.history.find(after)];
    if (!runs[0] || !runs[1]) return t('One of the two runs is not kept any more.');
    try {
      const texts = await compared(this.history, [runs[0], runs[1]]);
      return side === 'before' ? texts.before : texts.after;
    } catch (error) {
      return errorText(error, t);
    }
  }

  /** @returns the address under which a text is read */
  put(runs: readonly [KeptRun, KeptRun], side: 'before' | 'after', text: string): Uri {
    const run = side === 'before' ? runs[0] : runs[1];
    const uri = Uri.from({
      scheme: SCHEME,
      // Text, whatever the program is written in.
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

/** Shows two runs beside each other in a diff editor. */
export async function compare(
  comparisons: Comparisons,
  history: History,
  runs: readonly [KeptRun, KeptRun],
): Promise<void> {
  try {
    const texts = await compared(history, runs);
    const [before, after] = [
      comparisons.put(runs, 'before', texts.before),
      comparisons.put(runs, 'after', texts.after),
    ];
    const title = `${names(runs).before} ↔ ${names(runs).after}`;
    await commands.executeCommand('vscode.diff', before, after, title, { preview: true });
  } catch (error) {
    window.showErrorMessage(t('The runs cannot be compared: {0}', errorText(error, t)));
  }
}

async function compared(history: History, runs: readonly [KeptRun, KeptRun]) {
  const [{ readTimeline }, { compareTimelines }, { comparisonText }, ...traces] = await Promise.all([
    import('../../core/timeline'),
    import('../../core/compare/compare'),
    import('../../core/compare/text'),
    history.read(runs[0]),
    history.read(runs[1]),
  ]);
  const comparison = compareTimelines(readTimeline(traces[0]), readTimeline(traces[1]));
  const described = runs.map((run) =>
    [names([run, run]).before, run.engine, run.clock === 'virtual' ? t('virtual clock') : t('real clock')].join(' · '),
  );
  const shown = { before: described[0], after: described[1] };
  return {
    before: comparisonText(comparison, 'before', shown, t),
    after: comparisonText(comparison, 'after', shown, t),
  };
}

function names([before, after]: readonly [KeptRun, KeptRun]) {
  const name = (run: KeptRun) => `${runName(run)} (${whenText(run)})`;
  return { before: name(before), after: name(after) };
}
