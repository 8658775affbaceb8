import type { Translate } from '../../src/core/translate';

/**
 * Every key that means something, in one table: input looks its commands up here, and the list of keys that `?` shows is made of it.
 * So the list cannot say what is not so.
 */

/** Where the keyboard must be: anywhere in the page · on the picture (or nowhere) · in the tree of lanes · on the overview · on the playhead · in a list of a pane · in a table of marks. `predict`: anywhere, while it is asked what comes next. */
export type Scope = 'predict' | 'page' | 'stage' | 'tree' | 'overview' | 'playhead' | 'list' | 'table';

export interface Binding<Command extends string = string> {
  readonly command: Command;
  /** As in `KeyboardEvent.key`, letters in lower case; `Shift+` before keys that have a name. */
  readonly keys: readonly string[];
  readonly text: (t: Translate) => string;
}

const page = [
  { command: 'zoomIn', keys: ['w', '+', '='], text: (t) => t('Zoom in') },
  { command: 'zoomOut', keys: ['s', '-', '_'], text: (t) => t('Zoom out') },
  { command: 'panLeft', keys: ['a'], text: (t) => t('Move to the left') },
  { command: 'panRight', keys: ['d'], text: (t) => t('Move to the right') },
  { command: 'fit', keys: ['f', '0'], text: (t) => t('Fit everything') },
  { command: 'zoomToSelection', keys: ['z'], text: (t) => t('Zoom to the selection') },
  { command: 'nextAxis', keys: ['t'], text: (t) => t('Change the axis') },
  { command: 'stepBack', keys: [','], text: (t) => t('Playhead: previous event') },
  { command: 'stepOn', keys: ['.'], text: (t) => t('Playhead: next event') },
  { command: 'play', keys: ['p'], text: (t) => t('Play, or pause') },
  { command: 'slower', keys: ['<'], text: (t) => t('Play slower') },
  { command: 'faster', keys: ['>'], text: (t) => t('Play faster') },
  { command: 'coroutines', keys: ['c'], text: (t) => t('Show or hide the coroutines of the selected task') },
  { command: 'foldAll', keys: ['e'], text: (t) => t('Fold or unfold all tasks that created others') },
  { command: 'group', keys: ['g'], text: (t) => t('Group similar tasks in one lane, or give each its own lane') },
  { command: 'library', keys: ['l'], text: (t) => t('Show or hide library code') },
  { command: 'arrows', keys: ['r'], text: (t) => t('All wake-ups, or those of the selection') },
  { command: 'takeAway', keys: ['x'], text: (t) => t('Stop comparing') },
  { command: 'filter', keys: ['v'], text: (t) => t('Filter') },
  { command: 'find', keys: ['/', 'Ctrl+F'], text: (t) => t('Find') },
  { command: 'whatIf', keys: ['i'], text: (t) => t('What if the selected wait took a different time') },
  { command: 'why', keys: ['b'], text: (t) => t('What led to the end of the selection, or of the program') },
  { command: 'numbers', keys: ['n'], text: (t) => t('Numbers of the selection, or of the whole run') },
  { command: 'predict', keys: ['y'], text: (t) => t('Predict what runs next') },
  { command: 'help', keys: ['?'], text: (t) => t('Show these keys') },
] as const satisfies readonly Binding[];

const stage = [
  { command: 'next', keys: ['ArrowRight'], text: (t) => t('Next segment of the lane') },
  { command: 'previous', keys: ['ArrowLeft'], text: (t) => t('Previous segment of the lane') },
  { command: 'above', keys: ['ArrowUp'], text: (t) => t('Lane above') },
  { command: 'below', keys: ['ArrowDown'], text: (t) => t('Lane below') },
  { command: 'first', keys: ['Home'], text: (t) => t('First segment of the lane') },
  { command: 'last', keys: ['End'], text: (t) => t('Last segment of the lane') },
  { command: 'panLeft', keys: ['Shift+ArrowLeft'], text: (t) => t('Move to the left') },
  { command: 'panRight', keys: ['Shift+ArrowRight'], text: (t) => t('Move to the right') },
  { command: 'play', keys: [' '], text: (t) => t('Play, or pause') },
  { command: 'open', keys: ['Enter'], text: (t) => t('Open the line of the selection') },
  {
    command: 'unselect',
    keys: ['Escape'],
    text: (t) => t('Clear the selection, then the range; then hide the playhead'),
  },
] as const satisfies readonly Binding[];

const tree = [
  { command: 'below', keys: ['ArrowDown'], text: (t) => t('Lane below') },
  { command: 'above', keys: ['ArrowUp'], text: (t) => t('Lane above') },
  { command: 'first', keys: ['Home'], text: (t) => t('First lane') },
  { command: 'last', keys: ['End'], text: (t) => t('Last lane') },
  { command: 'unfold', keys: ['ArrowRight'], text: (t) => t('Unfold the tasks below; then go to the first one') },
  { command: 'fold', keys: ['ArrowLeft'], text: (t) => t('Fold the tasks below; then go to the one above') },
  { command: 'open', keys: ['Enter'], text: (t) => t('Select the task and open its line') },
  { command: 'select', keys: [' '], text: (t) => t('Select the task') },
  { command: 'coroutines', keys: ['c'], text: (t) => t('Show or hide the coroutines of the task') },
] as const satisfies readonly Binding[];

const overview = [
  { command: 'panLeft', keys: ['ArrowLeft'], text: (t) => t('Move the window to the left') },
  { command: 'panRight', keys: ['ArrowRight'], text: (t) => t('Move the window to the right') },
  { command: 'zoomIn', keys: ['ArrowUp'], text: (t) => t('Make the window smaller') },
  { command: 'zoomOut', keys: ['ArrowDown'], text: (t) => t('Make the window larger') },
  { command: 'toStart', keys: ['Home'], text: (t) => t('To the beginning') },
  { command: 'toEnd', keys: ['End'], text: (t) => t('To the end') },
] as const satisfies readonly Binding[];

const playhead = [
  { command: 'stepOn', keys: ['ArrowRight', 'ArrowUp'], text: (t) => t('Next event') },
  { command: 'stepBack', keys: ['ArrowLeft', 'ArrowDown'], text: (t) => t('Previous event') },
  { command: 'tenOn', keys: ['PageUp'], text: (t) => t('Ten events forward') },
  { command: 'tenBack', keys: ['PageDown'], text: (t) => t('Ten events back') },
  { command: 'toStart', keys: ['Home'], text: (t) => t('To the beginning') },
  { command: 'toEnd', keys: ['End'], text: (t) => t('To the end') },
  { command: 'play', keys: [' '], text: (t) => t('Play, or pause') },
  { command: 'putAway', keys: ['Escape'], text: (t) => t('Hide the playhead') },
] as const satisfies readonly Binding[];

const list = [
  { command: 'below', keys: ['ArrowDown'], text: (t) => t('Next line; in the story, the playhead moves along') },
  { command: 'above', keys: ['ArrowUp'], text: (t) => t('Previous line') },
  { command: 'first', keys: ['Home'], text: (t) => t('First line') },
  { command: 'last', keys: ['End'], text: (t) => t('Last line') },
  { command: 'open', keys: ['Enter', ' '], text: (t) => t('Go there, and open the line in the editor') },
] as const satisfies readonly Binding[];

const table = [
  { command: 'below', keys: ['ArrowDown'], text: (t) => t('Next row') },
  { command: 'above', keys: ['ArrowUp'], text: (t) => t('Previous row') },
  { command: 'first', keys: ['Home'], text: (t) => t('First row') },
  { command: 'last', keys: ['End'], text: (t) => t('Last row') },
  { command: 'back', keys: ['Escape'], text: (t) => t('Back to the picture') },
] as const satisfies readonly Binding[];

const predict = [
  { command: 'choose', keys: ['1', '2', '3', '4'], text: (t) => t('Choose an answer') },
  { command: 'stop', keys: ['Escape'], text: (t) => t('Stop predicting') },
] as const satisfies readonly Binding[];

/** Of VS Code: `contributes.keybindings` of package.json, which a test compares with these. */
export const editorBindings = [
  { command: 'coroscope.stepOn', keys: ['Alt+.'], text: (t) => t('Playhead: next event') },
  { command: 'coroscope.stepBack', keys: ['Alt+,'], text: (t) => t('Playhead: previous event') },
  { command: 'coroscope.stepOnAtLine', keys: ["Alt+'"], text: (t) => t('To the next event of this line') },
  { command: 'coroscope.stepBackAtLine', keys: ['Alt+;'], text: (t) => t('To the previous event of this line') },
  { command: 'coroscope.play', keys: ['Alt+/'], text: (t) => t('Play, or pause') },
] as const satisfies readonly Binding[];

const scopes = { page, stage, tree, overview, playhead, list, table, predict };

/** What can be asked for in a place. */
export type CommandIn<S extends Scope> = (typeof scopes)[S][number]['command'];

/** Of a `KeyboardEvent`, what counts. */
interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** The command of a key press, undefined if it means nothing there. */
export function commandOf<S extends Scope>(scope: S, event: KeyPress): CommandIn<S> | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const name = nameOf(event);
  const found = (scopes[scope] as readonly Binding[]).find(({ keys }) => keys.includes(name));
  return found?.command as CommandIn<S> | undefined;
}

/** Letters by their place where the keyboard writes Hangul or another script. */
function nameOf({ key, code, shiftKey }: KeyPress): string {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter && key.charCodeAt(0) > 127) return letter.toLowerCase();
  return key.length === 1 ? key.toLowerCase() : shiftKey ? `Shift+${key}` : key;
}

/** For the list of keys: each place with its bindings. */
export function bindings(t: Translate): readonly { readonly title: string; readonly bindings: readonly Binding[] }[] {
  return [
    { title: t('Anywhere'), bindings: page },
    { title: t('In the picture'), bindings: stage },
    { title: t('On the playhead'), bindings: playhead },
    { title: t('In the editor of the code'), bindings: editorBindings },
    { title: t('On the overview'), bindings: overview },
    { title: t('In the tree of lanes'), bindings: tree },
    { title: t('In story, output, findings and numbers'), bindings: list },
    { title: t('While predicting'), bindings: predict },
    { title: t('In the tables of time limits, errors and log records'), bindings: table },
  ];
}

const NAMES: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  '-': '−',
};

/** A key as it is printed on keyboards. */
export function keyName(key: string, t: Translate): string {
  if (key.startsWith('Ctrl+')) return `Ctrl ${key.slice(5)}`;
  if (key.startsWith('Alt+')) return `${/Mac/.test(navigator.platform) ? '⌃' : 'Alt'} ${key.slice(4)}`;
  if (key.startsWith('Shift+')) return `${t('Shift')} ${keyName(key.slice(6), t)}`;
  if (key === ' ') return t('Space');
  if (key === 'Escape') return 'Esc';
  return NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}
