import { commands, type ExtensionContext, languages, Uri, window } from 'vscode';
import type { HostMessage, ViewMessage } from './core/protocol/messages';
import { registerCommands, runWithTies, visualizeAgain, whatIf } from './editor/commands/commands';
import type { Parts } from './editor/commands/parts';
import { contexts } from './editor/contributions/contexts';
import { noteContext } from './editor/contributions/note-context';
import { directiveSupport } from './editor/directives/directives';
import { engineStatus } from './editor/engine/engine-status';
import { registerFindings } from './editor/findings/register';
import { FindingsView } from './editor/findings/view';
import { keepHistory } from './editor/history/register';
import { AwaitParts } from './editor/hover/await-parts';
import { AwaitHover } from './editor/hover/hover';
import { VisitLinks } from './editor/hover/visit-links';
import { followCursor } from './editor/lines/cursor';
import { InlineTimes } from './editor/lines/inline-times';
import { PartLines } from './editor/lines/part-lines';
import { SiteRuns } from './editor/lines/site-runs';
import { Stepping } from './editor/lines/stepping';
import { TaskLines } from './editor/lines/task-lines';
import { runProblems } from './editor/problems/run-problems';
import { CallQuestions } from './editor/program/call-questions';
import { runLenses } from './editor/program/code-lenses';
import { LastRecording } from './editor/recording/last-recording';
import { Recorded } from './editor/recording/recording';
import { RunTexts } from './editor/recording/run-texts';
import { InputAnswers } from './editor/run/input-answers';
import { LiveMode } from './editor/run/live-mode';
import { ProgramOutput } from './editor/run/output';
import { Runs } from './editor/run/runs';
import { TaskTree } from './editor/tasks/task-tree';
import { Hints } from './editor/timeline/hints';
import { PANEL_TYPE, TimelinePanel } from './editor/timeline/panel';
import { SIDE_VIEW, SideTimeline } from './editor/timeline/side-view';
import { SourceLines } from './editor/timeline/source-lines';
import type { SurfaceParts } from './editor/timeline/surface';
import { TRACE_EDITOR, TraceEditor } from './editor/timeline/trace-editor';
import { Catalogue } from './editor/words/catalogue';
import { explaining } from './editor/words/docs';

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
  const cache = Uri.joinPath(context.globalStorageUri, 'cache').fsPath;
  const answers = new InputAnswers();
  const runs = new Runs({ assets, cache }, recorded, output, answers);
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
  const live = new LiveMode({ assets: assets.fsPath, cache, recorded, answers, send, failed });
  const stepping = new Stepping({ recorded, send, show: () => panel.show() });
  const samples = Uri.joinPath(context.extensionUri, 'examples');
  const parts: Parts = { recorded, runs, output, panel, lines, assets, samples, catalogue, questions, live, send };

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
    ...registerCommands(parts),
    ...registerFindings({ recorded, findings, panel, lines, send }),
  );
}
