import {
  type CancellationToken,
  type Disposable,
  Position,
  Range,
  type TestController,
  type TestItem,
  TestMessage,
  TestRunProfileKind,
  type TestRunRequest,
  tests,
  type Uri,
  workspace,
} from 'vscode';
import { type AsyncTest, asyncTests } from '../../source/async-tests';
import { launchOf } from '../launch/launch';
import type { LaunchParts } from '../launch/session';
import { t } from '../words/translate';
import { TEST_FILE } from './file-names';
import { testLaunch } from './launch-test';

const FILES = '**/{test_*,*_test,tests}.py';
const NOT = '**/{node_modules,.venv,venv,.git,site-packages}/**';
const MOST_FILES = 2000;

/** Characters of a test's output in which its error is looked for. */
const KEPT = 20_000;

/** Coroutine functions that are tests, in the Test Explorer and beside their lines; running one shows its timeline. */
export class AsyncTestExplorer implements Disposable {
  readonly #controller: TestController;
  readonly #tests = new WeakMap<TestItem, AsyncTest>();
  readonly #subscriptions: Disposable[];

  constructor(private readonly parts: LaunchParts) {
    this.#controller = tests.createTestController('coroscope', t('Async tests (Coroscope)'));
    this.#controller.createRunProfile(t('Visualize async'), TestRunProfileKind.Run, (request, token) =>
      this.#run(request, token),
    );
    this.#controller.resolveHandler = (item) => (item ? this.#read(item) : this.#find());
    const opened = (document: { readonly uri: Uri; getText(): string }) => {
      if (document.uri.scheme === 'file' && TEST_FILE.test(document.uri.path))
        this.#show(document.uri, document.getText());
    };
    workspace.textDocuments.forEach(opened);
    this.#subscriptions = [
      workspace.onDidOpenTextDocument(opened),
      workspace.onDidChangeTextDocument(({ document }) => opened(document)),
    ];
  }

  dispose(): void {
    for (const each of [...this.#subscriptions, this.#controller]) each.dispose();
  }

  async #find(): Promise<void> {
    for (const uri of await workspace.findFiles(FILES, NOT, MOST_FILES)) {
      const text = new TextDecoder().decode(await workspace.fs.readFile(uri));
      this.#show(uri, text);
    }
  }

  async #read(item: TestItem): Promise<void> {
    if (item.uri && !this.#tests.has(item))
      this.#show(item.uri, (await workspace.openTextDocument(item.uri)).getText());
  }

  /** Files without such tests have no entry. */
  #show(uri: Uri, text: string): void {
    const found = asyncTests(text);
    const id = uri.toString();
    if (found.length === 0) {
      this.#controller.items.delete(id);
      return;
    }
    const file =
      this.#controller.items.get(id) ?? this.#controller.createTestItem(id, workspace.asRelativePath(uri), uri);
    const items = found.map((test) => {
      const item = this.#controller.createTestItem(`${id}::${test.path.join('::')}`, test.path.join('.'), uri);
      item.range = new Range(new Position(test.line - 1, 0), new Position(test.line - 1, 0));
      this.#tests.set(item, test);
      return item;
    });
    file.children.replace(items);
    this.#controller.items.add(file);
  }

  async #run(request: TestRunRequest, token: CancellationToken): Promise<void> {
    const run = this.#controller.createTestRun(request);
    const wanted = request.include ?? [...this.#controller.items].map(([, item]) => item);
    const excluded = new Set(request.exclude);
    for (const item of wanted.flatMap((each) => this.#leaves(each))) {
      if (excluded.has(item)) continue;
      if (token.isCancellationRequested) break;
      await this.#runOne(item, run, token);
    }
    run.end();
  }

  #leaves(item: TestItem): TestItem[] {
    return this.#tests.has(item) ? [item] : [...item.children].flatMap(([, child]) => this.#leaves(child));
  }

  async #runOne(
    item: TestItem,
    run: ReturnType<TestController['createTestRun']>,
    token: CancellationToken,
  ): Promise<void> {
    const configuration = testLaunch(item.uri!, this.#tests.get(item)!);
    const folder = workspace.getWorkspaceFolder(item.uri!);
    const stop = new AbortController();
    const listening = token.onCancellationRequested(() => stop.abort());
    const began = Date.now();
    let problem = '';
    let printed = '';
    run.started(item);
    try {
      const { program } = await launchOf(configuration, folder);
      const exit = await this.parts.runs.launch(
        program,
        { folder, configuration },
        {
          ask: async () => undefined,
          chosen: () => {},
          stop: stop.signal,
          begun: () => this.parts.show(),
          failed: (message) => {
            problem = message;
          },
          // A terminal of its own shows it, which wants carriage returns.
          output: (_stream, text) => {
            printed = (printed + text).slice(-KEPT);
            run.appendOutput(text.replace(/\r?\n/g, '\r\n'), undefined, item);
          },
        },
      );
      const took = Date.now() - began;
      if (exit === 0) run.passed(item, took);
      else if (problem !== '') run.errored(item, new TestMessage(problem), took);
      else
        run.failed(
          item,
          new TestMessage(raisedIn(printed) ?? t('The test failed: see its output and its timeline.')),
          took,
        );
    } catch (error) {
      run.errored(item, new TestMessage(error instanceof Error ? error.message : String(error)));
    } finally {
      listening.dispose();
    }
  }
}

/** The last line of a traceback: `AssertionError: closed`. pytest puts an `E` before it. */
function raisedIn(output: string): string | undefined {
  return [...output.matchAll(/^(?:E {3})?((?:\w+\.)*\w*(?:Error|Exception|Failed|Warning)\b.*)$/gm)].at(-1)?.[1];
}
