import { python } from '@codemirror/lang-python';
import { HighlightStyle, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { type EditorState, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { basicSetup } from 'codemirror';

/** The place of a task at the playhead. */
export interface Standing {
  /** From 1. */
  readonly line: number;
  readonly state: 'running' | 'ready' | 'suspended';
}

const stand = StateEffect.define<readonly Standing[]>();
const standings = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, { effects, changes, state }) {
    let next = marks.map(changes);
    for (const effect of effects) if (effect.is(stand)) next = marksOf(effect.value, state);
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** One mark a line, of the task that does most there. */
function marksOf(all: readonly Standing[], { doc }: EditorState): DecorationSet {
  const order = ['suspended', 'ready', 'running'];
  const lines = new Map<number, Standing['state']>();
  for (const { line, state } of all) {
    const known = lines.get(line);
    if (line >= 1 && line <= doc.lines && (!known || order.indexOf(state) > order.indexOf(known)))
      lines.set(line, state);
  }
  const marks = [...lines].map(([line, state]) =>
    Decoration.line({ class: `stands-${state}` }).range(doc.line(line).from),
  );
  return Decoration.set(marks, true);
}

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.bool, tags.null, tags.self], class: 'code-keyword' },
  { tag: [tags.string, tags.special(tags.string)], class: 'code-string' },
  { tag: tags.comment, class: 'code-comment' },
  { tag: tags.number, class: 'code-number' },
  { tag: tags.function(tags.definition(tags.variableName)), class: 'code-definition' },
]);

export interface Listener {
  changed(): void;
  /** The cursor went to this line, from 1. */
  cursor(line: number): void;
}

/** The editor of the page. */
export class Editor {
  readonly #view: EditorView;

  constructor(parent: HTMLElement, label: string, listener: Listener) {
    this.#view = new EditorView({
      parent,
      extensions: [
        basicSetup,
        python(),
        indentUnit.of('    '),
        syntaxHighlighting(colours),
        standings,
        EditorView.contentAttributes.of({ 'aria-label': label }),
        EditorView.updateListener.of(({ docChanged, selectionSet, state }) => {
          if (docChanged) listener.changed();
          else if (selectionSet) listener.cursor(state.doc.lineAt(state.selection.main.head).number);
        }),
      ],
    });
  }

  get text(): string {
    return this.#view.state.doc.toString();
  }

  set text(text: string) {
    const { length } = this.#view.state.doc;
    this.#view.dispatch({ changes: { from: 0, to: length, insert: text }, selection: { anchor: 0 } });
  }

  stand(all: readonly Standing[]): void {
    this.#view.dispatch({ effects: stand.of(all) });
  }

  /** Shows a place. @param column from 0 */
  show(line: number, column: number, focus: boolean): void {
    const { doc } = this.#view.state;
    if (line < 1 || line > doc.lines) return;
    const { from, length } = doc.line(line);
    const anchor = from + Math.min(column, length);
    this.#view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
    if (focus) this.#view.focus();
  }
}
