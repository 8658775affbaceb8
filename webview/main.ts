import './page/style.css';
import { sameTasks } from '../src/core/compare/same-tasks';
import { MANY_TASKS } from '../src/core/lanes/groups';
import { buildLanes, type Lanes } from '../src/core/lanes/lanes';
import { type SectionKind, sectionKinds } from '../src/core/lanes/side-lane';
import type { Beside, HostMessage, Rerun, RunStatus } from '../src/core/protocol/messages';
import { NO_FILTER } from '../src/core/rows/filter';
import { readTimeline } from '../src/core/timeline/build';
import { errorText } from '../src/core/trace/trace-error';
import { translator } from '../src/core/translate';
import { LabelFitter } from '../src/core/words/labels';
import { LaneTables } from './access/lane-tables';
import { MarkTables } from './access/mark-tables';
import { Input } from './app/input';
import { watchTheme } from './canvas/theme';
import { Filters } from './controls/filters';
import { Find } from './controls/find';
import { Help } from './controls/help';
import { Legend } from './controls/legend';
import { axisName, Toolbar } from './controls/toolbar';
import { Frames } from './frames/animation-frames';
import { FrameBudget, type WorkSlices } from './frames/frame-budget';
import { IdleTasks } from './frames/idle-tasks';
import { Actions } from './interact/actions';
import { PersistedState } from './interact/persisted-state';
import { Viewport } from './interact/viewport';
import { LiveNote } from './live/live-note';
import { Live, sameIn, selectionOf } from './live/live-reader';
import { LiveScheduler } from './live/live-scheduler';
import { now as clock, RerunMarks } from './live/rerun-marks';
import { NameColumn } from './names/column';
import { Names, scrollIntoView } from './names/names';
import { Standings } from './names/standings';
import { Blank } from './notices/blank';
import { Compared } from './notices/compared';
import { Notices } from './notices/notices';
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
import { Curtain } from './predict/curtain';
import { Predicting } from './predict/predicting';
import { SourcePane } from './source/source-pane';
import { AxisTransition } from './stage/axis-transition';
import { Morph } from './stage/morph';
import { Overview } from './stage/overview';
import { Stage } from './stage/stage';
import { Tooltip } from './stage/tooltip';
import { carryOver } from './state/carry-over';
import { DeferredView } from './state/deferred-view';
import { connect } from './state/host';
import { initialState, isLive, type State, Store, type View } from './state/store';
import { DragHandle } from './what-if/drag-handle';

/** Wires the page together: host → store → views, all drawn in one frame. */

/** Small programs show their coroutines from the start: a beginner should not have to look for them. */
const OPEN_UP_TO_ROWS = 14;
const MOST_LANES_OPEN = 12;

const parts = buildShell(document.body);
const frames = new Frames(draw);
const store = new Store((patch) => {
  // A run that grows is drawn as it fits, all else at once: a person waits for it.
  if (patch.growth === undefined || !drawn.lanes) promptly();
  else frames.request();
});
const host = connect(receive);
const viewport = new Viewport(
  parts.stage,
  (own) => {
    if (own) frames.request();
    else {
      if (store.state.following && isLive(store.state)) store.set({ following: false });
      promptly();
    }
  },
  (dy) => {
    parts.scroller.scrollTop += dy;
  },
);
const stage = new Stage(parts, viewport, fitterFor, new AxisTransition(promptly), new Morph(promptly));
/** A task whose row is to be scrolled to, as soon as there is one: what it stands below may just be opening. */
let sought: number | undefined;
const actions = new Actions(
  store,
  host,
  () => viewport,
  (task) => {
    sought = task;
    promptly();
  },
);
const persisted = new PersistedState(host, store, viewport, parts.scroller);
const live = new Live(
  store,
  (lanes) => ({ ...firstShown(lanes), grouped: false, axis: persisted.axis ?? 'time' }),
  (moves) => stage.moved(moves),
  () => frames.request(),
  (error) => host.post({ type: 'failure', message: errorText(error, store.state.words) }),
);
const rerunMarks = new RerunMarks();
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
  source: new SourcePane(receive, () => {
    carriesSource = true;
    fitWidth();
  }),
};
host.setEditor(panes.source);
const tabs = new Tabs(parts, panes, (pane) => actions.showPane(pane));
const idleTasks = new IdleTasks(() => frames.request());
const deferred = (view: View, how?: { walks?: boolean; promptly?: boolean }) => new DeferredView(view, idleTasks, how);
const views = [
  new Notices(parts, actions),
  new Blank(parts, actions, host.live),
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
  ...Object.values(panes).map((pane) => deferred(pane, { walks: pane === panes.story || pane === panes.findings })),
  deferred(tabs.counter, { walks: true }),
  tabs,
  deferred(new LaneTables(parts)),
  deferred(new MarkTables(parts, actions, () => store.state)),
  new Tooltip(parts),
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
const curtain = new Curtain(
  parts,
  () => stage.projection,
  () => viewport.width,
);
const standings = new Standings(parts);
// Whatever a person does, it is done to lanes that are whole.
for (const type of ['pointerdown', 'pointermove', 'click', 'keydown', 'wheel'])
  window.addEventListener(type, () => live.settle(), { capture: true, passive: true });
const grip = new DragHandle(parts, store, stage, actions);
new Input(parts, store, stage, viewport, actions, player, help, predicting);
makeSash(parts, promptly);

const scheduler = new LiveScheduler(new FrameBudget(), live, idleTasks, {
  changed: () => store.state !== drawn,
  picture,
  request: () => frames.request(),
});

let drawn: State = initialState;

/** An exported page has files with it. */
let carriesSource = false;

/** Bytes were appended, and the host has not been told that they are read. */
let unread = false;

function promptly(): void {
  scheduler.promptly();
  frames.request();
}

function draw(now: DOMHighResTimeStamp): void {
  player.advance(now);
  if (live.goesOn) {
    scheduler.frame();
    if (unread && !live.more) {
      unread = false;
      host.post({ type: 'read' });
    }
    return;
  }
  scheduler.end();
  idleTasks.all();
  for (const _ of picture(false));
}

/** All that is seen, brought up to date. `apart`: over some frames, with what is shown as it was until the last of them. */
function* picture(apart: boolean): WorkSlices {
  yield 'views';
  const { state } = store;
  const previous = drawn;
  drawn = state;
  if (state !== previous) dress(state, previous);
  for (const view of views) view.update(state, previous);
  // Lanes last: their room is what the other parts leave.
  stage.arrange(state, previous, (rows) => column.arranged(rows, state));
  seek();
  yield* stage.drawing(state, apart, () => {
    names.update(state);
    standings.update(state);
  });
  grip.update(state);
  overview.update(state, previous);
  playhead.update(state, previous);
  curtain.update(state);
  rerunMarks.drawn();
  if (persisted.drawn()) promptly();
}

function seek(): void {
  if (sought === undefined) return;
  const row = stage.rows.find((candidate) => candidate.kind === 'task' && candidate.task === sought);
  if (row) scrollIntoView(parts, row, stage.rows[0].height);
  sought = undefined;
}

/** Writes only what has changed: each write would cost the frame a layout of the page. */
function dress({ locale, compact, axis, words }: State, previous: State): void {
  if (locale !== previous.locale || !document.documentElement.lang) document.documentElement.lang = locale;
  if (compact !== previous.compact) parts.app.classList.toggle('compact', compact);
  if (axis === previous.axis && words === previous.words && parts.corner.textContent) return;
  parts.corner.textContent = axisName(axis, words);
  parts.sash.setAttribute('aria-label', words('Height of the panes'));
}

const fitters = new Map<string, LabelFitter>();

function fitterFor(font: string): LabelFitter {
  let fitter = fitters.get(font);
  if (!fitter) {
    const context = document.createElement('canvas').getContext('2d')!;
    context.font = font;
    fitter = new LabelFitter((text) => context.measureText(text).width);
    fitters.set(font, fitter);
  }
  return fitter;
}

function receive(message: HostMessage): void {
  if (message.type !== 'append') live.settle();
  if (message.type === 'hydrate') {
    const { locale, words, root, compact, status, trace } = message;
    store.set({ locale, words: translator(words), root, compact });
    show(status, trace);
    predicting.startIfAsked();
  } else if (message.type === 'status') {
    const { status, trace, again } = message;
    if (!again || !trace || !showAgain(status, trace, again)) show(status, trace);
  } else if (message.type === 'live') store.set({ live: message.live });
  else if (message.type === 'predict') predicting.start();
  else if (message.type === 'why') actions.toggleWhy();
  else if (message.type === 'move') player.move(message.move, message.at);
  else if (message.type === 'beside') putBeside(message.beside);
  else if (message.type === 'append') {
    live.append(message.bytes);
    unread = true;
    frames.request();
  } else if (message.type === 'reveal') {
    const { lanes } = store.state;
    const selection = lanes && selectionOf(lanes, message.task, message.segment);
    if (selection) actions.select(selection, { reveal: true });
  } else if (message.type === 'moment') actions.goTo(message);
  else store.set({ cursor: { file: message.file, line: message.line } });
}

/** Another run to compare with, or none any more. What cannot be read is not compared with. */
function putBeside(beside: Beside | null): void {
  names.reset();
  const { selection, words } = store.state;
  const kept = selection?.kind === 'ghost' || selection?.kind === 'ghosts' ? undefined : selection;
  try {
    const older = beside ? { lanes: buildLanes(readTimeline(beside.trace)), label: beside.label } : undefined;
    store.set({ older, selection: kept, hover: undefined });
  } catch (error) {
    store.set({ older: undefined, selection: kept, hover: undefined });
    host.post({ type: 'failure', message: errorText(error, words) });
  }
}

/** The program that is shown, edited: the picture goes on from what it is. @returns whether it could */
function showAgain(status: RunStatus, trace: Uint8Array, again: Rerun): boolean {
  const { state } = store;
  if (!state.lanes || isLive(state)) return false;
  const received = clock();
  try {
    const lanes = buildLanes(readTimeline(trace));
    const same = sameTasks(state.lanes.timeline, lanes.timeline, { renamed: true });
    stage.carryOver(state.lanes, same);
    names.reset();
    store.set({ status, unreadable: undefined, ...carryOver(state, lanes, same, firstShown(lanes)) });
    persisted.carryOver(trace);
    rerunMarks.decoded(again, received);
    return true;
  } catch {
    // The other way says what is wrong with it.
    return false;
  }
}

function show(status: RunStatus, trace: Uint8Array | null): void {
  const { state } = store;
  // A run that begins has no engine yet.
  const goesOn = isLive(state) && status.state === 'running' && status.engine !== '' && trace === null;
  if (goesOn) {
    store.set({ status });
    return;
  }
  persisted.flush();
  live.end();
  const shown = isLive(state) && status.state === 'done' ? state : undefined;
  // What was put beside the run that ends now stays.
  if (!shown) store.set({ older: undefined });
  if (status.state === 'running') {
    live.begin();
    if (trace) live.append(trace);
  }
  if (!trace || status.state === 'running') {
    // A run that begins or failed leaves nothing of the run before: that would pass for its result.
    store.set({
      status,
      lanes: undefined,
      unreadable: undefined,
      selection: undefined,
      hover: undefined,
      playhead: undefined,
      playing: false,
      ...(status.state === 'running' ? { run: state.run + 1, following: true } : {}),
    });
    return;
  }
  try {
    const lanes = buildLanes(readTimeline(trace));
    names.reset();
    const first = firstShown(lanes);
    store.set({
      status,
      lanes,
      unreadable: undefined,
      hover: undefined,
      playing: false,
      run: shown ? state.run : state.run + 1,
      ...first,
      ...persisted.recall(trace, lanes),
      // Who watched the run goes on looking at what it was.
      ...(shown?.lanes ? { ...lookedAt(shown), selection: sameIn(shown.lanes, lanes, shown.selection) } : {}),
    });
  } catch (error) {
    const message = errorText(error, store.state.words);
    store.set({
      status,
      lanes: undefined,
      unreadable: message,
      selection: undefined,
      hover: undefined,
    });
    host.post({ type: 'failure', message });
  }
}

function firstShown(lanes: Lanes): Partial<State> {
  return {
    selection: undefined,
    why: undefined,
    collapsed: new Set(),
    opened: openAtFirst(lanes),
    grouped: lanes.timeline.tasks.length >= MANY_TASKS,
    openGroups: new Set(),
    filter: NO_FILTER,
    folded: foldedAtFirst(lanes),
    playhead: undefined,
  };
}

function lookedAt({ lanes, axis, collapsed, library, filter }: State): Partial<State> {
  return { collapsed, library, filter, ...(lanes && lanes.timeline.duration > 0 ? { axis } : {}) };
}

/** A section of very many lanes would push away all that is below it. */
function foldedAtFirst({ sides }: Lanes): ReadonlySet<SectionKind> {
  const many = (section: SectionKind) => sides.filter((side) => side.section === section).length > MOST_LANES_OPEN;
  return new Set(sectionKinds.filter(many));
}

function openAtFirst({ branches }: Lanes): ReadonlySet<number> {
  const nested = branches.flatMap(({ levels }, task) => (levels.length > 1 ? [task] : []));
  const rows = branches.length + nested.reduce((sum, task) => sum + branches[task].levels.length, 0);
  return new Set(rows <= OPEN_UP_TO_ROWS ? nested : []);
}

/** Source that is narrower than so many pixels is of no use beside the picture. */
const wide = matchMedia('(min-width: 900px)');
/** There is no room for panes beside each other: in the page as a whole, and in what source leaves of it (style.css). */
const narrow = { whole: matchMedia('(max-width: 640px)'), shared: matchMedia('(max-width: 1100px)') };
for (const width of [wide, narrow.whole, narrow.shared]) width.addEventListener('change', fitWidth);
fitWidth();

function fitWidth(): void {
  const source = carriesSource ? (wide.matches ? 'beside' : 'tab') : 'none';
  store.set({ source, narrow: (source === 'beside' ? narrow.shared : narrow.whole).matches });
}

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
store.set({ namesWidth: persisted.namesWidth });
host.post({ type: 'ready' });
