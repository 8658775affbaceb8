import {
  Diagnostic,
  DiagnosticSeverity,
  type Disposable,
  languages,
  type Position,
  Range,
  type TextDocument,
  workspace,
} from 'vscode';
import { errorPlace, explainError } from '../core/explain-error';
import type { ProgramError, Timeline } from '../core/model';
import { sameFile } from '../core/same-file';
import { pathOf } from './program';
import type { Recorded } from './recording';
import { t } from './translate';

/** Marks where the last run failed, with what that means. A change of the text takes the marks away: they are of the run. */
export function runProblems(recorded: Recorded): Disposable[] {
  const shown = languages.createDiagnosticCollection('coroscope.run');
  const show = () => {
    shown.clear();
    const { status, trace } = recorded.current;
    if (status.state !== 'done' || !trace) return;
    const timeline = timelineOf(recorded);
    for (const document of workspace.textDocuments) {
      const problems = timeline ? problemsIn(document, timeline) : [];
      if (problems.length > 0) shown.set(document.uri, problems);
    }
  };
  return [
    shown,
    recorded.onDidFollow(show),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) shown.delete(document.uri);
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

function problemsIn(document: TextDocument, timeline: Timeline): Diagnostic[] {
  const file = pathOf(document);
  return timeline.errors.flatMap((error) => {
    if (error.kind === 'tracer') return [];
    const range = placeIn(document, file, timeline, error);
    return range ? [problem(error, range)] : [];
  });
}

function problem(error: ProgramError, range: Range): Diagnostic {
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

function placeIn(document: TextDocument, file: string, timeline: Timeline, error: ProgramError): Range | undefined {
  for (let site = timeline.sites[error.site]; site; site = timeline.sites[site.parent]) {
    if (!sameFile(site.code.file, file)) continue;
    const { line, column, endLine, endColumn } = site;
    if (column === null || endLine === null || endColumn === null) return lineRange(document, line);
    return document.validateRange(new Range(line - 1, column, endLine - 1, endColumn));
  }
  const place = errorPlace(error);
  return place && sameFile(place.file, file) ? lineRange(document, place.line) : undefined;
}

function lineRange(document: TextDocument, line: number): Range | undefined {
  if (line < 1 || line > document.lineCount) return undefined;
  const { range, firstNonWhitespaceCharacterIndex } = document.lineAt(line - 1);
  const start: Position = range.start.with(undefined, firstNonWhitespaceCharacterIndex);
  return range.with(start);
}
