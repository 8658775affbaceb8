import {
  Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  type Disposable,
  Location,
  languages,
  type Position,
  Range,
  type TextDocument,
  workspace,
} from 'vscode';
import { sameFile } from '../core/places/same-file';
import type { ProgramError, Timeline } from '../core/timeline/model';
import { pathOf } from './paths';
import type { Recorded } from './recording';
import { t } from './translate';

/** Loaded when a run first had errors. */
const explanations = () => import('../core/words/errors');
type Explanations = Awaited<ReturnType<typeof explanations>>;

/** Marks where the last run failed, with what that means. A change of the text takes the marks away: they are of the run. */
export function runProblems(recorded: Recorded): Disposable[] {
  const shown = languages.createDiagnosticCollection('coroscope.run');
  // With every key each of these would be a message to the window for nothing.
  let marked = false;
  const show = async () => {
    if (marked) shown.clear();
    marked = false;
    const { status, trace } = recorded.current;
    const timeline = status.state === 'done' && trace ? timelineOf(recorded) : undefined;
    if (!timeline || timeline.errors.length === 0) return;
    const texts = workspace.textDocuments.map((document) => [document, document.version] as const);
    const words = await explanations();
    // What was run, or typed, meanwhile has its own marks, or none.
    if (recorded.current.trace !== trace) return;
    for (const [document, version] of texts) {
      if (document.isClosed || document.version !== version) continue;
      const problems = problemsIn(document, timeline, words);
      if (problems.length === 0) continue;
      shown.set(document.uri, problems);
      marked = true;
    }
  };
  return [
    shown,
    recorded.onDidFollow(() => void show()),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0 && shown.has(document.uri)) shown.delete(document.uri);
    }),
  ];
}

function timelineOf(recorded: Recorded): Timeline | undefined {
  try {
    return recorded.timeline();
  } catch {
    // A damaged trace is told of where it is shown.
    return undefined;
  }
}

function problemsIn(document: TextDocument, timeline: Timeline, words: Explanations): Diagnostic[] {
  const file = pathOf(document);
  return timeline.errors.flatMap((error) => {
    if (error.kind === 'tracer') return [];
    // A group is marked where its exceptions were raised, and second where it was raised itself.
    const held = (error.holds ?? []).flatMap((each) => {
      const range = each.site > 0 ? rangeAt(document, file, timeline, each.site) : undefined;
      return range ? [problem({ ...error, ...each, holds: undefined }, range, words)] : [];
    });
    const range = placeIn(document, file, timeline, error, words);
    if (!range) return held;
    const own = problem(error, range, words);
    if (held.length > 0) {
      own.severity = DiagnosticSeverity.Information;
      own.relatedInformation = held.map(
        (each) => new DiagnosticRelatedInformation(new Location(document.uri, each.range), each.message),
      );
    }
    return [...held, own];
  });
}

function problem(error: ProgramError, range: Range, { explainError }: Explanations): Diagnostic {
  const { kind, type, message } = error;
  const explained = explainError(error, t);
  const told =
    message === '' ? type : message.includes(type) || kind === 'never-awaited' ? message : `${type}: ${message}`;
  const text = [told, explained?.meaning, explained?.advice].filter((part) => part).join('\n');
  const serious = kind === 'uncaught' || kind === 'handler';
  const made = new Diagnostic(range, text, serious ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning);
  made.source = 'Coroscope';
  made.code = type;
  return made;
}

function placeIn(
  document: TextDocument,
  file: string,
  timeline: Timeline,
  error: ProgramError,
  { errorPlace }: Explanations,
): Range | undefined {
  const range = rangeAt(document, file, timeline, error.site);
  if (range) return range;
  const place = errorPlace(error);
  return place && sameFile(place.file, file) ? lineRange(document, place.line) : undefined;
}

function rangeAt(document: TextDocument, file: string, { sites }: Timeline, id: number): Range | undefined {
  for (let site = sites[id]; site; site = sites[site.parent]) {
    if (!sameFile(site.code.file, file)) continue;
    const { line, column, endLine, endColumn } = site;
    if (column === null || endLine === null || endColumn === null) return lineRange(document, line);
    return document.validateRange(new Range(line - 1, column, endLine - 1, endColumn));
  }
  return undefined;
}

function lineRange(document: TextDocument, line: number): Range | undefined {
  if (line < 1 || line > document.lineCount) return undefined;
  const { range, firstNonWhitespaceCharacterIndex } = document.lineAt(line - 1);
  const start: Position = range.start.with(undefined, firstNonWhitespaceCharacterIndex);
  return range.with(start);
}
