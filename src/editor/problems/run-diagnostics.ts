import {
  Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  Location,
  type Position,
  Range,
  type TextDocument,
} from 'vscode';
import type { Problem } from '../../core/findings/findings';
import { sameFile } from '../../core/places/same-file';
import type { ProgramError, Timeline } from '../../core/timeline/model';
import type { Site } from '../../core/trace/records';
import { pathOf } from '../documents/paths';
import { t } from '../words/translate';

/** Loaded when a run first had problems. */
export type ProblemParts = typeof import('./run-problem-parts');

/** A problem of the last run at its line. */
export class RunDiagnostic extends Diagnostic {
  override readonly source = 'Coroscope';

  constructor(
    range: Range,
    message: string,
    severity: DiagnosticSeverity,
    /** What an ignore comment has to name. */
    readonly kind: Problem['kind'],
  ) {
    super(range, message, severity);
  }
}

const SEVERITIES: Readonly<Record<Problem['severity'], DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

/** @param ignored whether a comment at this line of a file, or a function around it, leaves such a problem out */
export function diagnosticsIn(
  document: TextDocument,
  timeline: Timeline,
  parts: ProblemParts,
  ignored: (file: string, line: number, problem: Problem) => boolean,
): RunDiagnostic[] {
  const file = pathOf(document);
  const leadsThroughIgnored = (problem: Problem) =>
    parts.chainOf(timeline, problem.site).some(({ code, line }) => code.user && ignored(code.file, line, problem));
  return parts
    .problemsOf(timeline)
    .filter(({ severity, kind }) => (severity !== 'info' || parts.isHint(kind)) && kind !== 'tracer')
    .filter((problem) => !leadsThroughIgnored(problem))
    .flatMap((problem) =>
      'error' in problem
        ? ofError(document, file, timeline, problem, problem.error, parts)
        : ofProblem(document, file, timeline, problem, parts),
    )
    .filter(({ range, kind, severity }) => {
      const told = severity === DiagnosticSeverity.Error ? 'error' : 'warning';
      return !ignored(file, range.start.line + 1, { kind, severity: told } as Problem);
    });
}

function ofProblem(
  document: TextDocument,
  file: string,
  timeline: Timeline,
  problem: Problem,
  { problemWords, userSite }: ProblemParts,
): RunDiagnostic[] {
  const site = userSite(timeline, problem.site);
  if (!site || !sameFile(site.code.file, file)) return [];
  const range = rangeOf(document, site);
  if (!range) return [];
  const { title, why, advice } = problemWords(timeline, problem, t);
  const made = new RunDiagnostic(
    range,
    [title, why, advice].filter((part) => part).join('\n'),
    SEVERITIES[problem.severity],
    problem.kind,
  );
  made.code = problem.kind;
  return [made];
}

/** An exception group is marked where its exceptions were raised, then where it was raised itself. */
function ofError(
  document: TextDocument,
  file: string,
  timeline: Timeline,
  problem: Problem,
  error: ProgramError,
  parts: ProblemParts,
): RunDiagnostic[] {
  const held = (error.holds ?? []).flatMap((each) => {
    const range = each.site > 0 ? rangeAt(document, file, timeline, each.site) : undefined;
    return range ? [errorAt(range, timeline, { ...error, ...each, holds: undefined }, problem, parts)] : [];
  });
  const range = placeIn(document, file, timeline, error, parts);
  if (!range) return held;
  const own = errorAt(range, timeline, error, problem, parts);
  if (held.length > 0) {
    own.severity = DiagnosticSeverity.Information;
    own.relatedInformation = held.map(
      (each) => new DiagnosticRelatedInformation(new Location(document.uri, each.range), each.message),
    );
  }
  return [...held, own];
}

function errorAt(
  range: Range,
  timeline: Timeline,
  error: ProgramError,
  { kind }: Problem,
  { explainErrorIn }: ProblemParts,
): RunDiagnostic {
  const { type, message } = error;
  const explained = explainErrorIn(timeline, error, t);
  const told =
    message === '' ? type : message.includes(type) || error.kind === 'never-awaited' ? message : `${type}: ${message}`;
  const text = [told, explained?.meaning, explained?.advice].filter((part) => part).join('\n');
  const serious = error.kind === 'uncaught' || error.kind === 'handler';
  const made = new RunDiagnostic(range, text, serious ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning, kind);
  made.code = type;
  return made;
}

function placeIn(
  document: TextDocument,
  file: string,
  timeline: Timeline,
  error: ProgramError,
  { errorPlace }: ProblemParts,
): Range | undefined {
  const range = rangeAt(document, file, timeline, error.site);
  if (range) return range;
  const place = errorPlace(error);
  return place && sameFile(place.file, file) ? lineRange(document, place.line) : undefined;
}

function rangeAt(document: TextDocument, file: string, { sites }: Timeline, id: number): Range | undefined {
  for (let site = sites[id]; site; site = sites[site.parent])
    if (sameFile(site.code.file, file)) return rangeOf(document, site);
  return undefined;
}

function rangeOf(document: TextDocument, { line, column, endLine, endColumn }: Site): Range | undefined {
  if (column === null || endLine === null || endColumn === null) return lineRange(document, line);
  return document.validateRange(new Range(line - 1, column, endLine - 1, endColumn));
}

function lineRange(document: TextDocument, line: number): Range | undefined {
  if (line < 1 || line > document.lineCount) return undefined;
  const { range, firstNonWhitespaceCharacterIndex } = document.lineAt(line - 1);
  const start: Position = range.start.with(undefined, firstNonWhitespaceCharacterIndex);
  return range.with(start);
}
