import './page/style.css';
import { errorText } from '../src/core/trace/trace-error';
import { LaneTables } from './access/lane-tables';
import { MarkTables } from './access/mark-tables';
import { HostMessages } from './app/host-messages';
import { initialView } from './app/initial-view';
import { Input } from './app/input';
import { PageWidth } from './app/page-width';
import { Renderer } from './app/renderer';
import { ShownRun } from './app/shown-run';
import { watchTheme } from './canvas/theme';
import { Filters } from './controls/filters';
import { Find } from './controls/find';
import { Help } from './controls/help';
import { Legend } from './controls/legend';
import { Toolbar } from './controls/toolbar';
import { Frames } from './frames/animation-frames';
import { FrameBudget } from './frames/frame-budget';
import { IdleTasks } from './frames/idle-tasks';
import { Actions } from './interact/actions';
import { FocusReturn } from './interact/focus-return';
import { NumberActions } from './interact/number-actions';
import { PersistedState } from './interact/persisted-state';
import { Viewport } from './interact/viewport';
import { ArrivingTrace } from './live/arriving-trace';
import { LiveNote } from './live/live-note';
import { Live } from './live/live-reader';
import { LiveScheduler } from './live/live-scheduler';
import { RerunMarks } from './live/rerun-marks';
import { NameColumn } from './names/column';
import { Names } from './names/names';
import { TaskStates } from './names/task-states';
import { Compared } from './notices/compared';
import { EmptyState } from './notices/empty-state';
import { HintLine } from './notices/hint-line';
import { Notices } from './notices/notices';
import { DragRange } from './numbers/drag-range';
import { NumbersPane } from './numbers/pane';
import { makeSash } from './page/sash';
import { buildShell } from './page/shell';
import { DetailPane } from './panes/detail';
import { FindingsPane } from './panes/findings';
import { OutputPane } from './panes/output';
import { StoryPane } from './panes/story';
import { Tabs } from './panes/tabs';
import { Player } from './playback/player';
import { PlayerBar } from './playback/player-bar';
import { Playhead } from './playback/playhead';
import { PlaceReporter } from './playback/report-places';
import { PredictCard } from './predict/card';
import { FutureCover } from './predict/future-cover';
import { Predicting } from './predict/predicting';
import { SourcePane } from './source/source-pane';
import { AxisTransition } from './stage/axis-transition';
import { fitterFor } from './stage/label-fitters';
import { Overview } from './stage/overview';
import { RunTransition } from './stage/run-transition';
import { Stage } from './stage/stage';
import { Tooltip } from './stage/tooltip';
import { DeferredView } from './state/deferred-view';
import { connect } from './state/host';
import { isLive, Store, type View } from './state/store';
import { DragHandle } from './what-if/drag-handle';

/** Wires the page together: host → store → views, all drawn in one frame. */

const promptly = () => renderer.promptly();
const parts = buildShell(document.body);
const frames = new Frames((now) => renderer.draw(now));
const store = new Store((patch) => renderer.changed(patch));
const host = connect((message) => messages.receive(message));
const viewport = new Viewport(
  parts.stage,
  (own) => {
    if (own) frames.request();
    else {
      if (store.state.following && isLive(store.state)) store.set({ following: false });
      numberActions.viewed();
      promptly();
    }
  },
  (dy) => {
    parts.scroller.scrollTop += dy;
  },
);
const stage = new Stage(parts, viewport, fitterFor, new AxisTransition(promptly), new RunTransition(promptly));
const actions = new Actions(
  store,
  host,
  () => viewport,
  (task) => renderer.scrollTo(task),
);
const numberActions = new NumberActions(store, host, () => viewport);
const persisted = new PersistedState(host, store, viewport, parts.scroller);
const live = new Live(
  store,
  (lanes) => ({ ...initialView(lanes), grouped: false, axis: store.state.axisChosen ?? 'time' }),
  (moves) => stage.moved(moves),
  () => frames.request(),
  (error) => host.post({ type: 'failure', message: errorText(error, store.state.words) }),
);
const names = new Names(parts, stage, actions, () => store.state);
const column = new NameColumn(
  parts,
  store,
  (rows, state) => names.elements(rows, state),
  () => stage.resized(),
);
const player = new Player(store, actions);
const predicting = new Predicting(store, actions);
const help = new Help(document.body, () => store.state);
const panes = {
  selection: new DetailPane(actions),
  story: new StoryPane(actions, () => store.state),
  output: new OutputPane(actions),
  findings: new FindingsPane(actions, () => store.state),
  numbers: new NumbersPane(actions, numberActions, () => store.state),
  source: new SourcePane(
    (message) => messages.receive(message),
    () => width.sourceArrived(),
  ),
};
host.setEditor(panes.source);
const tabs = new Tabs(parts, panes, (pane) => actions.showPane(pane));
const idleTasks = new IdleTasks(() => frames.request());
const deferred = (view: View, how?: { walks?: boolean; promptly?: boolean }) => new DeferredView(view, idleTasks, how);
const views = [
  new Notices(parts, actions),
  new HintLine(parts, actions),
  new EmptyState(parts, actions, host.live),
  new Toolbar(
    parts,
    actions,
    viewport,
    () => help.show(),
    () => predicting.toggle(),
  ),
  new Filters(parts, actions),
  new Find(parts, actions),
  deferred(new Legend(parts), { promptly: true }),
  deferred(new PlayerBar(parts, player, store), { promptly: true }),
  ...Object.values(panes).map((pane) =>
    deferred(pane, { walks: pane === panes.story || pane === panes.findings || pane === panes.numbers }),
  ),
  deferred(tabs.counter, { walks: true }),
  tabs,
  deferred(new LaneTables(parts)),
  deferred(new MarkTables(parts, actions, () => store.state)),
  new Tooltip(parts),
  ...(host.live ? [new FocusReturn(parts)] : []),
  help,
  new LiveNote(parts),
  new Compared(parts, actions),
  column,
  new PlaceReporter(host),
  new PredictCard(parts, predicting),
];
const overview = deferred(new Overview(parts, viewport, promptly, idleTasks));
const playhead = new Playhead(
  parts,
  () => store.state,
  actions,
  player,
  () => stage.projection,
  () => viewport.width,
);
const futureCover = new FutureCover(
  parts,
  () => stage.projection,
  () => viewport.width,
);
const taskStates = new TaskStates(parts);
// Input acts on complete lanes.
for (const type of ['pointerdown', 'pointermove', 'click', 'keydown', 'wheel'])
  window.addEventListener(type, () => live.settle(), { capture: true, passive: true });
const dragHandle = new DragHandle(parts, store, stage, actions);
new Input(parts, store, stage, viewport, actions, player, help, predicting, numberActions);
new DragRange(parts, store, stage, numberActions);
makeSash(parts, promptly);

const scheduler = new LiveScheduler(new FrameBudget(), live, idleTasks, {
  changed: () => renderer.outdated,
  picture: (apart) => renderer.picture(apart),
  request: () => frames.request(),
});

const rerunMarks = new RerunMarks();
const renderer = new Renderer(
  parts,
  store,
  frames,
  live,
  idleTasks,
  player,
  persisted,
  rerunMarks,
  { views, stage, names, column, taskStates, dragHandle, overview, playhead, futureCover },
  scheduler,
);
const shownRun = new ShownRun(store, host, stage, names, live, persisted, rerunMarks);
const messages = new HostMessages(
  store,
  shownRun,
  host,
  live,
  new ArrivingTrace(),
  renderer,
  actions,
  player,
  predicting,
);
const width = new PageWidth(store);

watchTheme(() => {
  stage.restyle();
  promptly();
});
const sizes = new ResizeObserver(() => {
  if (stage.measured()) promptly();
  else frames.request();
});
for (const element of [parts.scroller, parts.space, parts.names]) sizes.observe(element);
parts.scroller.addEventListener('scroll', promptly, { passive: true });
store.set({ namesWidth: persisted.namesWidth, axisChosen: persisted.axis });
host.post({ type: 'ready' });
