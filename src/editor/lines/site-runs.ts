import { type Event, type Position, type TextDocument, window } from 'vscode';
import type { CallSite } from '../../core/explain/call';
import type { AwaitSite, Place } from '../../core/explain/explain';
import type { LineRun } from '../../core/explain/run';
import type { Timeline } from '../../core/timeline/model';
import type { FollowedLines } from '../../source/followed-lines';
import { pathOf } from '../documents/paths';
import type { Recorded } from '../recording/recording';
import type { RunText, RunTexts } from '../recording/run-texts';
import { t } from '../words/translate';

/** Loaded when there is a run to look into. */
const reading = () => import('./site-run-parts');

/** Whether documents of this kind can contain code that was run. */
export function canRun({ languageId }: TextDocument): boolean {
  return languageId === 'python' || languageId === 'markdown';
}

/** What an await did in the last run, and whether its line has changed since. */
export interface SiteRun {
  readonly timeline: Timeline;
  /** Undefined: the line has changed. */
  readonly run: LineRun | undefined;
  /** The document has changed. */
  readonly changed: boolean;
}

/** What a call, or a definition, did in the last run. */
export interface CallRun {
  readonly timeline: Timeline;
  /** Undefined: the line has changed. */
  readonly words: readonly string[] | undefined;
  /** Rows of the first segments of the tasks that were made. */
  readonly rows: Uint32Array;
  readonly changed: boolean;
}

/** Functions that create tasks; other calls are not recorded. */
const MAKERS = new Set(['run', 'gather', 'as_completed']);

function tellsOfRun(call: CallSite): boolean {
  if (call.kind === 'definition') return 'name' in call.subject;
  const { subject } = call;
  return subject.kind === 'task' || (subject.kind === 'asyncio' && MAKERS.has(subject.name));
}

function nameOf({ subject }: CallSite): string {
  return 'name' in subject ? subject.name : '';
}

/** Looks up what places in a document did in the last run. */
export class SiteRuns {
  readonly onDidChange: Event<unknown>;

  constructor(
    private readonly recorded: Recorded,
    private readonly texts: RunTexts,
  ) {
    this.onDidChange = recorded.onDidFollow;
  }

  /** A document of the last run, as it was run. */
  async textOf(document: TextDocument): Promise<{ readonly timeline: Timeline; readonly text: RunText } | undefined> {
    const timeline = this.timeline();
    if (!timeline || !canRun(document)) return undefined;
    const { runsCode } = await reading();
    // Most files are not part of it: do not read them from disk.
    if (!runsCode(timeline, this.texts.known(document)?.file ?? pathOf(document))) return undefined;
    const text = await this.texts.of(document);
    return text && this.timeline() === timeline ? { timeline, text } : undefined;
  }

  /** @param site in positions of the current document @returns undefined if the document is not part of the run */
  async of(document: TextDocument, site: AwaitSite): Promise<SiteRun | undefined> {
    const known = site.allowed ? await this.textOf(document) : undefined;
    if (!known) return undefined;
    const { timeline, text } = known;
    const { lineRun } = await reading();
    const then = text.lines && siteBefore(document, text.lines, site);
    const run = then && lineRun(timeline, text.file, then);
    return { timeline, run, changed: !text.lines?.isSame(document.getText()) };
  }

  /** What a call made, or how often a function ran. @param start of the call, or of the `def`, as the document is now */
  async ofCall(document: TextDocument, call: CallSite, start: Place): Promise<CallRun | undefined> {
    const known = await this.textOf(document);
    if (!known || !tellsOfRun(call)) return undefined;
    const { timeline, text } = known;
    const { madeWords, ranWords, runsOf, tasksMadeAt } = await reading();
    const changed = !text.lines?.isSame(document.getText());
    const then = text.lines?.before(start.line, document.lineAt(start.line - 1).text);
    if (then === undefined) return { timeline, words: undefined, rows: new Uint32Array(0), changed };
    if (call.kind === 'definition') {
      const words = ranWords(runsOf(timeline, text.file, then, nameOf(call)), t);
      return { timeline, words, rows: new Uint32Array(0), changed };
    }
    const tasks = tasksMadeAt(timeline, text.file, { ...start, line: then });
    return { timeline, words: madeWords(tasks, t), rows: Uint32Array.from(tasks, ({ first }) => first), changed };
  }

  /** The line of the run at a position; undefined if the run has no such line. */
  async lineAt(document: TextDocument, { line }: Position): Promise<{ file: string; line: number } | undefined> {
    const text = (await this.textOf(document))?.text;
    if (!text || line >= document.lineCount) return undefined;
    const then = text.lines?.before(line + 1, document.lineAt(line).text);
    return then === undefined ? undefined : { file: text.file, line: then };
  }

  /** The visits of the line at the cursor. */
  async atCursor(): Promise<Uint32Array | undefined> {
    const editor = window.activeTextEditor;
    const place = editor && (await this.lineAt(editor.document, editor.selection.active));
    const timeline = this.timeline();
    if (!place || !timeline) return undefined;
    const { sitesAt, visitsOf } = await reading();
    const here = sitesAt(timeline, place.file, place.line);
    return here && visitsOf(timeline).among(here);
  }

  timeline(): Timeline | undefined {
    try {
      return this.recorded.timeline();
    } catch {
      // The panel says what is wrong with the trace.
      return undefined;
    }
  }
}

/** The site in the document as it was run; undefined if one of its lines has changed. */
function siteBefore(document: TextDocument, lines: FollowedLines, site: AwaitSite): AwaitSite | undefined {
  const { start, end } = site.range;
  const shifts = new Map<number, number>();
  for (let line = start.line; line <= end.line; line++) {
    const then = lines.before(line, document.lineAt(line - 1).text);
    if (then === undefined) return undefined;
    shifts.set(line, then);
  }
  const moved = (place: Place) => ({ ...place, line: shifts.get(place.line) ?? place.line });
  return { ...site, range: { start: moved(start), end: moved(end) }, except: site.except.map(moved) };
}
