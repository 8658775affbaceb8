import { momentsOf, timeAt } from '../../src/core/axis/moments';
import { type Story, storyOf } from '../../src/core/describe/story';
import { sentenceSource, sentenceText } from '../../src/core/describe/story-words';
import { formatDuration } from '../../src/core/units';
import { noTaskText } from '../../src/core/words/no-task';
import { placeOf } from '../../src/core/words/places';
import type { WorkSlices } from '../frames/frame-budget';
import type { Actions, Opening } from '../interact/actions';
import { h } from '../page/dom';
import { canAsk } from '../state/changeable-waits';
import { isLive, type State, type View } from '../state/store';
import { tiesNote } from '../what-if/other-order';
import { Roving } from './roving-focus';

/** Sentences in the page at once; a long run has as many as turns. */
const WINDOW = 300;
/** While the program runs: more would take longer than a frame. */
const LIVE_WINDOW = 40;
/** Sentences to create in one slice. */
const PIECE = 8;

/** The story in numbered sentences. The one at the playhead is highlighted, and selecting one moves the playhead. */
export class StoryPane implements View {
  readonly element = h('section', { class: 'pane story-pane' });
  readonly #body = h('div', { class: 'body' });
  readonly #list = h('div', { class: 'lines', role: 'listbox' });
  readonly #roving: Roving;
  #first = -1;
  #lit = -1;
  #story: Story | undefined;

  constructor(
    private readonly actions: Actions,
    private readonly state: () => State,
  ) {
    const step = (line: HTMLElement) => this.#story!.steps[Number(line.dataset.index)];
    this.#roving = new Roving(this.#list, {
      reach: (line) => this.actions.moveTo(step(line)),
      open: (line, how) => {
        this.actions.moveTo(step(line));
        this.#open(Number(line.dataset.index), how);
      },
    });
    this.#body.append(this.#list);
    this.element.append(this.#body);
  }

  update(state: State, previous: State): void {
    for (const _ of this.updating(state, previous));
  }

  *updating(state: State, previous: State): WorkSlices {
    const { lanes, words, playhead, pane } = state;
    if (pane !== 'story') return;
    const same =
      lanes === previous.lanes &&
      words === previous.words &&
      state.root === previous.root &&
      canAsk(state) === canAsk(previous);
    if (!same || previous.pane !== pane) this.#first = -1;
    if (!lanes) {
      this.#story = undefined;
      this.#list.replaceChildren();
      return;
    }
    if (same && playhead === previous.playhead && this.#first >= 0) return;
    yield 'story';
    const story = storyOf(lanes);
    const at = playhead === undefined ? -1 : story.at(playhead);
    const shown = this.#first >= 0 && at >= this.#first && at < this.#first + windowOf(state);
    if (this.#first < 0 || (at >= 0 && !shown))
      yield* this.#filling(story, Math.max(0, at - windowOf(state) / 2), state);
    this.#story = story;
    this.#light(at);
  }

  *#filling(story: Story, first: number, state: State): WorkSlices {
    const { words: t } = state;
    const most = windowOf(state);
    const from = Math.max(0, Math.min(first, story.count - most));
    const to = Math.min(story.count, from + most);
    const lines: HTMLElement[] = [];
    for (let index = from; index < to; index++) {
      if ((index - from) % PIECE === 0) yield 'sentences';
      lines.push(this.#line(story, index, state));
    }
    yield 'story shown';
    this.#first = from;
    this.#lit = -1;
    this.#list.setAttribute('aria-label', t('Story'));
    const more = (text: string, at: number) => h('button', { class: 'secondary', click: () => this.#turn(at) }, text);
    this.#list.replaceChildren(...lines);
    const parts = [
      tiesNote(state, this.actions),
      from > 0 ? more(t('Show what came before'), from - most / 2) : undefined,
      story.count === 0 ? h('p', { class: 'quiet' }, noStory(state)) : this.#list,
      to < story.count ? more(t('Show what came after'), from + most / 2) : undefined,
    ];
    this.#body.replaceChildren(...parts.filter((part) => part !== undefined));
    this.#roving.current(undefined);
  }

  #turn(first: number): void {
    for (const _ of this.#filling(this.#story!, first, this.state()));
  }

  #line(story: Story, index: number, { lanes, words: t, root }: State): HTMLElement {
    const sentence = story.sentence(index);
    const source = sentenceSource(lanes!, sentence);
    const place = source ? placeOf(lanes!.timeline, source.file, source.line, root).text : '';
    return h(
      'div',
      { class: 'sentence', role: 'option', 'aria-selected': 'false', tabindex: -1, 'data-index': index },
      h('span', { class: 'number' }, String(index + 1)),
      h('span', { class: 'time' }, formatDuration(timeAt(momentsOf(lanes!), sentence.step))),
      h('span', { class: 'said' }, sentenceText(lanes!, story, sentence, t)),
      h('span', { class: 'where' }, place),
    );
  }

  #light(at: number): void {
    if (at === this.#lit) return;
    const line = (index: number) => this.#list.querySelector<HTMLElement>(`[data-index="${index}"]`) ?? undefined;
    line(this.#lit)?.setAttribute('aria-selected', 'false');
    this.#lit = at;
    const lit = line(at);
    if (!lit) return;
    lit.setAttribute('aria-selected', 'true');
    this.#roving.current(lit);
    lit.scrollIntoView({ block: 'nearest' });
  }

  #open(index: number, how: Opening): void {
    const { lanes } = this.state();
    const source = lanes && sentenceSource(lanes, this.#story!.sentence(index));
    if (source) this.actions.follow(source, how);
  }
}

function windowOf(state: State): number {
  return isLive(state) ? LIVE_WINDOW : WINDOW;
}

/** What stands where there is no sentence. */
function noStory(state: State): string {
  const { lanes, words: t } = state;
  return isLive(state) ? t('The story begins when the first step has ended.') : noTaskText(lanes!.timeline, t);
}
