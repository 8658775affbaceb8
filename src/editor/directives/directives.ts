import {
  CodeAction,
  CodeActionKind,
  type CodeActionProvider,
  type CompletionContext,
  CompletionItem,
  CompletionItemKind,
  type CompletionItemProvider,
  type Diagnostic,
  DiagnosticSeverity,
  type Disposable,
  Hover,
  type HoverProvider,
  languages,
  MarkdownString,
  type Position,
  Range,
  SnippetString,
  type TextDocument,
  WorkspaceEdit,
  Diagnostic as Wrong,
  window,
  workspace,
} from 'vscode';
import { pythonParts } from '../documents/python-parts';
import { t } from '../words/translate';

/** Loaded with the first such comment, since the parser must not slow down activation. */
const parser = () => import('./directive-parts');

const PYTHON = [{ language: 'python' }, { language: 'markdown' }];
const isRead = ({ languageId }: TextDocument) => PYTHON.some(({ language }) => language === languageId);
const COMMENT = /#\s*coroscope\b/i;
/** Milliseconds after the last keystroke: half a word is not a mistake yet. */
const PATIENCE_MS = 400;

/** `# coroscope:` comments in the editor: diagnostics, completions and hovers. */
export function directiveSupport(): Disposable[] {
  const problems = new DirectiveProblems();
  return [
    problems,
    languages.registerCodeActionsProvider(PYTHON, new DirectiveFixes(), {
      providedCodeActionKinds: [CodeActionKind.QuickFix],
    }),
    languages.registerCompletionItemProvider(PYTHON, new DirectiveCompletion(), ' ', ':', '#', '[', ','),
    languages.registerHoverProvider(PYTHON, new DirectiveHover()),
  ];
}

/** The replacement text of a quick fix, by diagnostic. */
class DirectiveProblem extends Wrong {
  fix: string | undefined;
}

class DirectiveProblems implements Disposable {
  readonly #shown = languages.createDiagnosticCollection('coroscope.directives');
  readonly #timers = new Map<TextDocument, ReturnType<typeof setTimeout>>();
  readonly #registered: readonly Disposable[];

  constructor() {
    this.#registered = [
      workspace.onDidOpenTextDocument((document) => void this.#check(document)),
      workspace.onDidChangeTextDocument(({ document }) => this.#later(document)),
      workspace.onDidCloseTextDocument((document) => {
        this.#forget(document);
        this.#shown.delete(document.uri);
      }),
    ];
    for (const { document } of window.visibleTextEditors) void this.#check(document);
  }

  dispose(): void {
    for (const document of this.#timers.keys()) this.#forget(document);
    for (const each of [...this.#registered, this.#shown]) each.dispose();
  }

  #forget(document: TextDocument): void {
    clearTimeout(this.#timers.get(document));
    this.#timers.delete(document);
  }

  #later(document: TextDocument): void {
    if (!isRead(document)) return;
    this.#forget(document);
    this.#timers.set(
      document,
      setTimeout(() => {
        this.#timers.delete(document);
        void this.#check(document);
      }, PATIENCE_MS),
    );
  }

  async #check(document: TextDocument): Promise<void> {
    if (!isRead(document)) return;
    const text = document.getText();
    if (!COMMENT.test(text)) return this.#shown.delete(document.uri);
    const { version } = document;
    const { readDirectives, directiveProblem } = await parser();
    const parts = await pythonParts(document);
    if (document.version !== version || document.isClosed) return;
    const problems = parts.flatMap((part) =>
      readDirectives(part.text).problems.map((problem): Diagnostic => {
        const range = new Range(part.position(problem.from), part.position(problem.to));
        const shown = new DirectiveProblem(range, directiveProblem(problem, t), DiagnosticSeverity.Warning);
        shown.source = 'Coroscope';
        shown.code = problem.kind;
        shown.fix = problem.fix;
        return shown;
      }),
    );
    this.#shown.set(document.uri, problems);
  }
}

/** Quick fixes: the right spelling; on lines that need a missing module, a comment that simulates them. */
class DirectiveFixes implements CodeActionProvider {
  provideCodeActions(
    document: TextDocument,
    _range: Range,
    { diagnostics }: { readonly diagnostics: readonly Diagnostic[] },
  ): CodeAction[] {
    return diagnostics.flatMap((diagnostic) => {
      if (diagnostic.source !== 'Coroscope') return [];
      const action = (title: string, edit: (change: WorkspaceEdit) => void) => {
        const made = new CodeAction(title, CodeActionKind.QuickFix);
        made.edit = new WorkspaceEdit();
        made.diagnostics = [diagnostic];
        made.isPreferred = true;
        edit(made.edit);
        return made;
      };
      if (diagnostic instanceof DirectiveProblem && diagnostic.fix !== undefined) {
        const { fix, range } = diagnostic;
        return [action(t('Change to {0}', fix), (change) => change.replace(document.uri, range, fix))];
      }
      if (diagnostic.code === 'MissingModuleError') {
        const { range } = document.lineAt(diagnostic.range.start);
        const comment = '  # coroscope: takes 800ms returns None';
        return [
          action(t('Simulate this line with a comment'), (change) => change.insert(document.uri, range.end, comment)),
        ];
      }
      return [];
    });
  }
}

class DirectiveCompletion implements CompletionItemProvider {
  async provideCompletionItems(
    document: TextDocument,
    position: Position,
    _token: unknown,
    _context: CompletionContext,
  ): Promise<CompletionItem[]> {
    const before = document.lineAt(position).text.slice(0, position.character);
    // In Markdown, most lines that begin with # are headings.
    if (before.includes('#') && !(await pythonParts(document)).some((part) => part.place(position))) return [];
    const begun = /#\s*(?:c(?:o(?:r(?:o(?:s(?:c(?:o(?:pe?)?)?)?)?)?)?)?)?$/.exec(before);
    if (begun) return begun[0].trim() === '#' ? [] : [head(position, begun[0].replace(/^#\s*/, '').length)];
    const clauses = /#\s*coroscope\s*:\s*(.*)$/i.exec(before);
    if (!clauses || /\b(?:returns|raises|of)\s/.test(clauses[1])) return [];
    const { words, clauseHelp, problemKinds } = await parser();
    if (/\bignore\s*\[[^\]]*$/.test(clauses[1])) return problemKinds.map((kind) => item(kind, kind, []));
    const behind = /\byields\s+\d+\s+\S*$/.test(clauses[1])
      ? [item('every', 'every 500ms', ['500ms']), item('of', 'of [1, 2]', ['[1, 2]'])]
      : [];
    return [
      ...behind,
      ...words.map((word, i) => {
        const { example, blanks, text } = clauseHelp(word, t);
        const made = item(word, example, blanks, text);
        // The most useful completions first.
        made.sortText = String(i);
        return made;
      }),
    ];
  }
}

function head(position: Position, typed: number): CompletionItem {
  const made = item(
    'coroscope:',
    'coroscope: ',
    [],
    t('Says how this line runs, without the network or the module that it needs.'),
  );
  made.range = new Range(position.translate(0, -typed), position);
  made.command = { command: 'editor.action.triggerSuggest', title: '' };
  return made;
}

function item(label: string, example: string, blanks: readonly string[], text?: string): CompletionItem {
  const made = new CompletionItem(label, CompletionItemKind.Keyword);
  const snippet = new SnippetString();
  let at = 0;
  for (const blank of blanks) {
    const from = example.indexOf(blank, at);
    snippet.appendText(example.slice(at, from)).appendPlaceholder(blank);
    at = from + blank.length;
  }
  made.insertText = snippet.appendText(example.slice(at));
  made.documentation = text;
  made.detail = 'Coroscope';
  return made;
}

class DirectiveHover implements HoverProvider {
  async provideHover(document: TextDocument, position: Position): Promise<Hover | undefined> {
    const { text } = document.lineAt(position);
    const comment = COMMENT.exec(text);
    if (!comment || position.character < comment.index) return undefined;
    const range = document.getWordRangeAtPosition(position, /[a-z]+/);
    const { words, clauseHelp } = await parser();
    const word = words.find((each) => range && each === document.getText(range));
    if (!word || !range) return undefined;
    const { example, text: help } = clauseHelp(word, t);
    return new Hover(
      new MarkdownString().appendCodeblock(`# coroscope: ${example}`, 'python').appendMarkdown(help),
      range,
    );
  }
}
