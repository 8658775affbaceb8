import { type Disposable, Disposable as Disposables, type TextDocument, workspace } from 'vscode';
import { sameFile } from '../../core/places/same-file';
import { FollowedLines } from '../../source/followed-lines';
import { pathOf } from '../documents/paths';
import type { Recorded, Recording } from './recording';

/** A document as it was run, and where its lines are now. */
export interface RunText {
  /** Its path in the run: cells have numbers, which may have changed since. */
  readonly file: string;
  /** Undefined: its text at the time of the run is unknown. */
  readonly lines: FollowedLines | undefined;
}

/** The texts of documents when the last run began, and where edits have moved their lines since. */
export class RunTexts implements Disposable {
  readonly #texts = new Map<TextDocument, RunText>();
  readonly #subscriptions: Disposable;
  #run: { readonly file: string; readonly at: number | undefined } | undefined;

  constructor(private readonly recorded: Recorded) {
    this.#subscriptions = Disposables.from(
      recorded.onDidChange((recording) => this.#begin(recording)),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const lines = this.#texts.get(document)?.lines;
        if (contentChanges.length > 0) lines?.edit(contentChanges, document.lineCount, () => document.getText());
      }),
      workspace.onDidCloseTextDocument((document) => this.#texts.delete(document)),
    );
  }

  /** Of a document that has to do with the last run. */
  async of(document: TextDocument): Promise<RunText | undefined> {
    if (!this.recorded.current.trace) return undefined;
    return this.#texts.get(document) ?? this.#fromDisk(document);
  }

  /** The same without reading the disk: for documents that were open or asked for before. */
  known(document: TextDocument): RunText | undefined {
    return this.#texts.get(document);
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#texts.clear();
  }

  /** There are several events for one run: when it begins, when its engine is known, when it ends. */
  #begin({ status, file, source, at, again }: Recording): void {
    if (status.state === 'empty') return;
    if (this.#run && this.#run.file === file && this.#run.at === at) return;
    this.#run = { file, at };
    this.#texts.clear();
    for (const document of workspace.textDocuments) {
      const path = pathOf(document);
      const now = document.getText();
      if (source !== undefined && sameFile(path, file)) this.#keep(document, path, new FollowedLines(source, now));
      // What runs is what the editor holds only where it was told so; of a module the file is read.
      else if ((status.state === 'running' || again) && ranAsShown(document))
        this.#keep(document, path, new FollowedLines(now, now));
    }
  }

  #keep(document: TextDocument, file: string, lines: FollowedLines | undefined): RunText {
    const text = { file, lines };
    this.#texts.set(document, text);
    return text;
  }

  /** A file that is not newer than the run was run with this text. */
  async #fromDisk(document: TextDocument): Promise<RunText> {
    const run = this.#run;
    const file = pathOf(document);
    const { file: program, source } = this.recorded.current;
    if (source !== undefined && sameFile(file, program))
      return this.#keep(document, file, new FollowedLines(source, document.getText()));
    const lines = run && (await linesAsOf(document, run.at));
    return run === this.#run ? this.#keep(document, file, lines) : { file, lines: undefined };
  }
}

/** Cells run as they stand in the editor, files as they stand on the disk. */
function ranAsShown({ languageId, uri, isDirty }: TextDocument): boolean {
  return languageId === 'python' && (uri.scheme === 'vscode-notebook-cell' || !isDirty);
}

async function linesAsOf(document: TextDocument, at: number | undefined): Promise<FollowedLines | undefined> {
  if (at === undefined || document.uri.scheme === 'untitled') return undefined;
  try {
    const { mtime } = await workspace.fs.stat(document.uri);
    if (mtime > at) return undefined;
    const text = new TextDecoder().decode(await workspace.fs.readFile(document.uri));
    return new FollowedLines(text.replace(/^\ufeff/, ''), document.getText());
  } catch {
    return undefined;
  }
}
