import { commands, type ExtensionContext, languages, Uri, window } from 'vscode';
import type { HostMessage, ViewMessage } from '../core/protocol/messages';
import { registerCommands, runWithTies, visualizeAgain, whatIf } from './commands/commands';
import type { Parts } from './commands/parts';
import { contexts } from './contributions/contexts';
import { noteContext } from './contributions/note-context';
import { directiveSupport } from './directives/directives';
import { engineStatus } from './engine/engine-status';
import { registerFindings } from './findings/register';
import { FindingsView } from './findings/view';
import { keepHistory } from './history/register';
import { AwaitParts } from './hover/await-parts';
import { AwaitHover } from './hover/hover';
import { VisitLinks } from './hover/visit-links';
import { launching } from './launch/register';
import { followCursor } from './lines/cursor';
import { InlineTimes } from './lines/inline-times';
import { PartLines } from './lines/part-lines';
import { SiteRuns } from './lines/site-runs';
import { Stepping } from './lines/stepping';
import { TaskLines } from './lines/task-lines';
import { runProblems } from './problems/run-problems';
import { CallQuestions } from './program/call-questions';
import { runLenses } from './program/code-lenses';
import { LastRecording } from './recording/last-recording';
import { Recorded } from './recording/recording';
import { RunTexts } from './recording/run-texts';
import { InputAnswers } from './run/input-answers';
import { LiveMode } from './run/live-mode';
import { ProgramOutput } from './run/output';
import { Runs } from './run/runs';
import { TaskTree } from './tasks/task-tree';
import { exploringTests } from './tests/register';
import { Hints } from './timeline/hints';
import { PANEL_TYPE, TimelinePanel } from './timeline/panel';
import { SIDE_VIEW, SideTimeline } from './timeline/side-view';
import { SourceLines } from './timeline/source-lines';
import type { SurfaceParts } from './timeline/surface';
import { TRACE_EDITOR, TraceEditor } from './timeline/trace-editor';
import { Catalogue } from './words/catalogue';
import { explaining } from './words/docs';

/** The sample that one click opens where nothing has run yet. */
const FIRST_SAMPLE = 'breakfast.py';

/** Wires the parts together. Nothing heavy is loaded here: engines and parsers come with their first use. */
export function activate(context: ExtensionContext): void {
  const assets = Uri.joinPath(context.extensionUri, 'dist');
  const media = Uri.joinPath(context.extensionUri, 'media');
  const recorded = new Recorded();
  const output = new ProgramOutput();
  const catalogue = new Catalogue(context);
  const lines = new SourceLines();
  const texts = new RunTexts(recorded);
  const standing = new TaskLines(media, texts, recorded);
  const tasks = new TaskTree(recorded);
  const findings = new FindingsView(recorded);
  const keeping = new LastRecording(context.storageUri ?? context.globalStorageUri, recorded, (message) =>
    output.say(message),
  );
  const answers = new InputAnswers();
  const runs = new Runs(recorded, output, answers);
  const failed = (message: string) => output.say(message);
  const hints = new Hints(context.globalState);
  const surface: SurfaceParts = {
    assets,
    catalogue,
    recorded,
    receive,
    failed,
    greeting: () => [{ type: 'live', live: live.state }],
    dismissed: () => hints.dismissed,
    counted: (change) => stepping.counted(change),
  };
  const panel = new TimelinePanel(surface, media, () => keeping.restore());
  const side = new SideTimeline(surface);
  const send = (message: HostMessage) => {
    for (const view of [panel, side]) view.send(message);
  };
  const siteRuns = new SiteRuns(recorded, texts);
  const times = new InlineTimes(siteRuns, texts);
  const visits = new VisitLinks(panel, send, siteRuns);
  const questions = new CallQuestions(context.workspaceState);
  const live = new LiveMode({ recorded, answers, send, failed });
  const stepping = new Stepping({ recorded, send, show: () => panel.show() });
  const samples = Uri.joinPath(context.extensionUri, 'examples');
  const launches = { runs, answers, show: () => panel.show() };
  const parts: Parts = { recorded, runs, output, panel, lines, samples, catalogue, questions, live, send };

  function receive(message: Parameters<SurfaceParts['receive']>[0]): void {
    if (message.type === 'open') void lines.open(message.file, message.line, message.column, message.focus);
    else if (message.type === 'playhead') play(message);
    else if (message.type === 'selected') void tasks.select(message.task);
    else if (message.type === 'run') void visualizeAgain(parts, message.clock);
    else if (message.type === 'whatIf') void whatIf(parts, message.changes);
    else if (message.type === 'ties') void runWithTies(parts, message.order);
    else if (message.type === 'cancel') runs.cancel();
    else if (message.type === 'dismiss') hints.dismiss(message.hint);
    else if (message.type === 'sample') void commands.executeCommand('coroscope.openSample', FIRST_SAMPLE);
    else if (message.type === 'trust') void commands.executeCommand('workbench.trust.manage');
    else if (message.type === 'live') void live.turn(message.on);
    else if (message.type === 'failure') output.say(message.message);
  }

  function play({ places, turn, again, driven }: Omit<Extract<ViewMessage, { type: 'playhead' }>, 'type'>): void {
    standing.show(places, { again, driven });
    tasks.at(turn);
    times.makeRoom(places !== null);
  }

  context.subscriptions.push(
    recorded,
    output,
    lines,
    standing,
    // What goes on from the picture before tells of its playhead itself.
    recorded.onDidChange(({ again }) => !again && play({ places: null, turn: null })),
    panel,
    texts,
    new PartLines(recorded, texts),
    times,
    ...visits.register(),
    runs,
    live,
    stepping,
    contexts(recorded),
    keeping.follow(),
    ...keepHistory(context, { recorded, panel, output }),
    engineStatus(recorded),
    explaining(Uri.joinPath(context.extensionUri, 'docs')),
    ...runProblems(recorded),
    ...directiveSupport(),
    ...runLenses(),
    noteContext(),
    followCursor(siteRuns, send),
    languages.registerHoverProvider(
      [{ language: 'python' }, { language: 'markdown' }],
      new AwaitHover(new AwaitParts(), siteRuns, visits),
    ),
    window.registerWebviewPanelSerializer(PANEL_TYPE, panel),
    window.registerWebviewViewProvider(SIDE_VIEW, side),
    window.registerCustomEditorProvider(TRACE_EDITOR, new TraceEditor(surface)),
    tasks,
    findings,
    ...launching(launches),
    exploringTests(launches),
    ...registerCommands(parts),
    ...registerFindings({ recorded, findings, panel, lines, send }),
  );
}
