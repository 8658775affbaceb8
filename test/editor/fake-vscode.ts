/**
 * As much of VS Code as starting the extension and opening its views needs, with a count of all that has to be disposed of.
 * Anything else is accepted, and returns undefined.
 */

/** What is alive, by kind: `listener`, `webview`, `decoration`, `registration` … */
export const alive = new Map<string, number>();

function count(kind: string, change: number): void {
  alive.set(kind, (alive.get(kind) ?? 0) + change);
}

export class Disposable {
  #done = false;

  constructor(private readonly end: () => unknown) {}

  static from(...all: { dispose(): unknown }[]): Disposable {
    return new Disposable(() => all.forEach((each) => void each.dispose()));
  }

  dispose(): void {
    if (!this.#done) this.end();
    this.#done = true;
  }
}

export class EventEmitter<T> {
  readonly #listeners = new Set<(value: T) => unknown>();

  readonly event = (listener: (value: T) => unknown): Disposable => {
    // The same function may listen twice.
    const own = (value: T) => listener(value);
    this.#listeners.add(own);
    count('listener', 1);
    return new Disposable(() => this.#drop(own));
  };

  fire(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }

  dispose(): void {
    for (const listener of this.#listeners) this.#drop(listener);
  }

  #drop(listener: (value: T) => unknown): void {
    if (this.#listeners.delete(listener)) count('listener', -1);
  }
}

function made<T extends object>(kind: string, parts: T): T & { dispose(): void } {
  count(kind, 1);
  const end = new Disposable(() => count(kind, -1));
  return Object.assign(parts, { dispose: () => end.dispose() });
}

export class Uri {
  private constructor(
    readonly scheme: string,
    readonly path: string,
    readonly query = '',
  ) {}

  static file(path: string): Uri {
    return new Uri('file', path);
  }
  static parse(text: string): Uri {
    return Uri.file(text.replace(/^file:\/\//, ''));
  }
  static from({ scheme, path, query }: { scheme: string; path: string; query?: string }): Uri {
    return new Uri(scheme, path, query);
  }
  static joinPath({ scheme, path }: Uri, ...parts: string[]): Uri {
    return new Uri(scheme, [path, ...parts].join('/'));
  }
  get fsPath(): string {
    return this.path;
  }
  toString(): string {
    return `${this.scheme}://${this.path}${this.query && `?${this.query}`}`;
  }
}

/** A webview whose page says what the test lets it say. */
export class FakeWebview {
  options = {};
  html = '';
  readonly cspSource = 'here';
  readonly sent: unknown[] = [];
  readonly #received = new EventEmitter<unknown>();
  readonly onDidReceiveMessage = this.#received.event;

  asWebviewUri(uri: Uri): Uri {
    return uri;
  }
  async postMessage(message: unknown): Promise<boolean> {
    this.sent.push(message);
    return true;
  }
  say(message: unknown): void {
    this.#received.fire(message);
  }
  end(): void {
    this.#received.dispose();
  }
}

/** A panel, a view or a custom editor. */
export function fakePanel() {
  const disposed = new EventEmitter<void>();
  const hidden = new EventEmitter<void>();
  const webview = new FakeWebview();
  count('webview', 1);
  const end = new Disposable(() => {
    count('webview', -1);
    disposed.fire();
    for (const each of [disposed, hidden]) each.dispose();
    webview.end();
  });
  return {
    webview,
    title: '',
    iconPath: undefined,
    active: true,
    visible: true,
    onDidDispose: disposed.event,
    onDidChangeViewState: hidden.event,
    onDidChangeVisibility: hidden.event,
    reveal: () => {},
    show: () => {},
    dispose: () => end.dispose(),
  };
}

/** Panels that the extension has opened, and what it has registered, by name. */
export const opened: ReturnType<typeof fakePanel>[] = [];
export const registered = new Map<string, (...given: never[]) => unknown>();
export const providers = new Map<string, unknown>();
/** Files on the disk. */
export const files = new Map<string, Uint8Array>();

const events = new Map<string, EventEmitter<unknown>>();

/** Whatever is asked for: events, registrations, questions that nobody answers. */
function namespace(own: Record<string, unknown>): Record<string, unknown> {
  return new Proxy(own, {
    get(target, name: string) {
      if (name in target) return target[name];
      if (name.startsWith('onDid')) {
        if (!events.has(name)) events.set(name, new EventEmitter());
        return events.get(name)!.event;
      }
      if (name.startsWith('register')) return () => made('registration', {});
      return async () => undefined;
    },
  });
}

function provider(id: string, value: unknown): Disposable {
  providers.set(id, value);
  return made('registration', {}) as unknown as Disposable;
}

/** Error messages that were shown. */
export const complaints: string[] = [];

export const window = namespace({
  showErrorMessage: async (text: string) => void complaints.push(text),
  visibleTextEditors: [],
  tabGroups: { all: [] },
  activeTextEditor: undefined,
  activeColorTheme: { kind: 1 },
  createTreeView: () => made('tree', { visible: true, selection: [], reveal: async () => {} }),
  createOutputChannel: () => made('channel', { append() {}, appendLine() {}, clear() {}, show() {} }),
  createStatusBarItem: () => made('status', { show() {}, hide() {} }),
  createTextEditorDecorationType: () => made('decoration', {}),
  createWebviewPanel: () => {
    const panel = fakePanel();
    opened.push(panel);
    return panel;
  },
  registerWebviewPanelSerializer: provider,
  registerWebviewViewProvider: provider,
  registerCustomEditorProvider: provider,
});

export const workspace = namespace({
  isTrusted: true,
  textDocuments: [],
  notebookDocuments: [],
  workspaceFolders: undefined,
  getWorkspaceFolder: () => undefined,
  getConfiguration: () => ({ get: () => undefined, update: async () => {} }),
  fs: {
    async readFile({ path }: Uri) {
      const found = files.get(path);
      if (!found) throw Object.assign(new Error(`${path} is not there`), { code: 'FileNotFound' });
      return found;
    },
    async writeFile({ path }: Uri, bytes: Uint8Array) {
      files.set(path, bytes);
    },
    async readDirectory({ path }: Uri) {
      return [...files.keys()].filter((name) => name.startsWith(`${path}/`)).map((name) => [name, 1]);
    },
    stat: async () => ({ mtime: 0, ctime: 0, size: 0, type: 1 }),
    async createDirectory() {},
    async delete() {},
  },
});

export const languages = namespace({
  createDiagnosticCollection: () => made('diagnostics', { clear() {}, set() {}, delete() {} }),
  createLanguageStatusItem: () => made('status', {}),
});

export const commands = namespace({
  registerCommand: (name: string, run: (...given: never[]) => unknown) => {
    registered.set(name, run);
    return made('command', {});
  },
});

export const debug = namespace({});
export const DebugConfigurationProviderTriggerKind = { Initial: 1, Dynamic: 2 };
export const env = { language: 'en', clipboard: { writeText: async () => {}, readText: async () => '' } };
export const extensions = namespace({ getExtension: () => undefined });
export const l10n = { t: (text: string) => text };

class Plain {
  constructor(...given: unknown[]) {
    Object.assign(this, { given });
  }
}

export {
  Plain as CancellationTokenSource,
  Plain as CodeAction,
  Plain as CodeLens,
  Plain as CompletionItem,
  Plain as Diagnostic,
  Plain as Hover,
  Plain as InlayHint,
  Plain as MarkdownString,
  Plain as Position,
  Plain as Range,
  Plain as Selection,
  Plain as SnippetString,
  Plain as ThemeColor,
  Plain as ThemeIcon,
  Plain as TreeItem,
  Plain as WorkspaceEdit,
};

/** Enumerations: each name is its own value. */
const names = new Proxy({} as Record<string, string>, { get: (_, name: string) => name });

export {
  names as CodeActionKind,
  names as ColorThemeKind,
  names as CompletionItemKind,
  names as ConfigurationTarget,
  names as DecorationRangeBehavior,
  names as DiagnosticSeverity,
  names as InlayHintKind,
  names as LanguageStatusSeverity,
  names as OverviewRulerLane,
  names as ProgressLocation,
  names as QuickPickItemKind,
  names as StatusBarAlignment,
  names as TextEditorRevealType,
  names as TreeItemCollapsibleState,
  names as ViewColumn,
};
