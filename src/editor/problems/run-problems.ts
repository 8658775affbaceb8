import { type Disposable, languages, type TextDocument, workspace } from 'vscode';
import { sameFile } from '../../core/places/same-file';
import type { Timeline } from '../../core/timeline/model';
import type { IgnoreComments } from '../../source/ignore-comments';
import { ignoreFixes } from '../directives/ignore-fixes';
import { pathOf } from '../documents/paths';
import { pythonParts } from '../documents/python-parts';
import type { Recorded, Recording } from '../recording/recording';
import { tryFixes } from './try-fixes';

const problemParts = () => import('./run-problem-parts');
const diagnostics = () => import('./run-diagnostics');

/** Diagnostics for the findings of the last run. They are removed when the text changes, since they are about the run. */
export function runProblems(recorded: Recorded): Disposable[] {
  const shown = languages.createDiagnosticCollection('coroscope.run');
  // Avoid a message to the window with every keystroke.
  let marked = false;
  const show = async () => {
    if (marked) shown.clear();
    marked = false;
    const { status, trace } = recorded.current;
    const found = status.state === 'done' && trace ? timelineOf(recorded) : undefined;
    if (!found) return;
    const of = recorded.current;
    const texts = workspace.textDocuments.map((document) => [document, document.version] as const);
    const [parts, { diagnosticsIn }] = await Promise.all([problemParts(), diagnostics()]);
    const timeline = parts.advised(found, of);
    if (parts.problemsOf(timeline).length === 0) return;
    const comments = await Promise.all(
      texts.map(async ([document]) => ({ file: pathOf(document), comments: await ignoreComments(document) })),
    );
    // A newer run or edit came meanwhile.
    if (recorded.current.trace !== trace) return;
    for (const [document, version] of texts) {
      if (document.isClosed || document.version !== version || isOther(document, of)) continue;
      const problems = diagnosticsIn(document, timeline, parts, (file, line, problem) =>
        comments.some(
          (each) => sameFile(each.file, file) && each.comments.some((comment) => comment.ignores(line, problem)),
        ),
      );
      if (problems.length === 0) continue;
      shown.set(document.uri, problems);
      marked = true;
    }
  };
  return [
    shown,
    ignoreFixes(),
    tryFixes(),
    recorded.onDidFollow(() => void show()),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0 && shown.has(document.uri)) shown.delete(document.uri);
    }),
  ];
}

async function ignoreComments(document: TextDocument): Promise<IgnoreComments[]> {
  if (!/#\s*coroscope\s*:.*\bignore\b/i.test(document.getText())) return [];
  const [{ IgnoreComments }, parts] = await Promise.all([
    import('../directives/directive-parts'),
    pythonParts(document),
  ]);
  return parts.map(({ text }) => IgnoreComments.of(text));
}

function timelineOf(recorded: Recorded): Timeline | undefined {
  try {
    return recorded.timeline();
  } catch {
    // The views report a damaged trace.
    return undefined;
  }
}

/** A change was tried without writing it: the lines of that run are not those of the document. */
function isOther(document: TextDocument, { file, source }: Recording): boolean {
  return source !== undefined && sameFile(pathOf(document), file) && source !== document.getText();
}
