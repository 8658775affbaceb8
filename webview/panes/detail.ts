import type { Description, Fact, Frame, Link } from '../../src/core/describe/facts';
import type { Lanes } from '../../src/core/lanes/lanes';
import { durationWords } from '../../src/core/units';
import type { SourceLink } from '../../src/core/words/places';
import { placeOf } from '../../src/core/words/places';
import type { Actions } from '../interact/actions';
import { describe } from '../interact/selection';
import { h, icon } from '../page/dom';
import { isLive, type State, type View } from '../state/store';
import { noWait, whatIfForm } from '../what-if/form';
import { tieAsk } from '../what-if/other-order';
import { differences } from './differences';
import { canAskWhy, whyButton, whySection } from './why';

/** Everything known about the selection; before there is one, how to read the picture. */
export class DetailPane implements View {
  readonly element = h('section', { class: 'pane detail-pane' });

  constructor(private readonly actions: Actions) {}

  update(state: State, previous: State): void {
    const { selection, lanes, words } = state;
    const same =
      selection === previous.selection &&
      lanes === previous.lanes &&
      state.older === previous.older &&
      words === previous.words &&
      state.library === previous.library &&
      state.status === previous.status &&
      state.live.available === previous.live.available &&
      state.whatIfAsked === previous.whatIfAsked &&
      state.why === previous.why;
    if (same && this.element.childElementCount > 0) return;
    const description = selection && describe(state, selection);
    const body = description ? this.#description(description, state) : guide(state);
    if (canAskWhy(state)) body.push(whyButton(state, this.actions));
    const why = whySection(state, this.actions);
    if (why) body.unshift(why);
    const focused = this.element.contains(document.activeElement)
      ? (document.activeElement as HTMLElement).dataset.tool
      : undefined;
    const typed = selection === previous.selection && lanes === previous.lanes ? this.#inputs() : [];
    this.element.classList.toggle('chosen', description !== undefined);
    this.element.setAttribute('aria-label', words('Selection'));
    this.element.replaceChildren(
      h('h2', {}, h('span', {}, words('Selection'))),
      h('div', { class: 'body', tabindex: 0 }, ...body),
    );
    const isTyped = keepTyped(typed, this.#inputs());
    const asks = state.whatIfAsked !== previous.whatIfAsked;
    const asked = asks ? 'what-if-time' : focused;
    const field = asked ? this.element.querySelector<HTMLElement>(`[data-tool="${asked}"]`) : undefined;
    field?.focus();
    if (asks && !field) this.element.querySelector('.body')?.prepend(noWait(words));
    if (field instanceof HTMLInputElement && asked !== focused && !isTyped) field.select();
  }

  #inputs(): HTMLInputElement[] {
    return [...this.element.querySelectorAll('input')];
  }

  #description(description: Description, state: State): HTMLElement[] {
    const { words: t } = state;
    const list = h('dl', {});
    for (const fact of description.facts) list.append(h('dt', {}, fact.term), h('dd', {}, ...this.#fact(fact, state)));
    const parts: HTMLElement[] = [h('h3', {}, description.title), list];
    const { selection } = state;
    const whatIf = selection?.kind === 'segment' && whatIfForm(state, selection.segment, this.actions);
    if (whatIf) parts.push(whatIf);
    const tie = selection?.kind === 'segment' && tieAsk(state, selection.segment, this.actions);
    if (tie) parts.push(tie);
    if (description.chain.length > 0) {
      parts.push(h('h4', {}, t('Await chain')));
      parts.push(this.#chain(description.chain, state));
    }
    return [...parts, ...differences(state)];
  }

  #fact({ text, link }: Fact, state: State): (Node | string)[] {
    if (!link) return [text];
    if (link.kind !== 'source') return [this.#link(text, link)];
    const place = this.#place(link, state);
    return text === '' ? [place] : [text, ' ', place];
  }

  /** Folds frames of libraries into their number, until the user opens them. */
  #chain(frames: readonly Frame[], state: State): HTMLElement {
    const { words: t, library } = state;
    const chain = h('ol', { class: 'chain' });
    let hidden = 0;
    const tell = () => {
      if (hidden === 0) return;
      const text = hidden === 1 ? t('1 frame of a library') : t('{0} frames of libraries', hidden);
      const title = t('Show library code (L)');
      chain.append(
        h(
          'li',
          { class: 'library' },
          h('button', { class: 'link', title, click: () => this.actions.toggleLibrary() }, `… ${text}`),
        ),
      );
      hidden = 0;
    };
    // If there are no others, show them.
    const all = library || frames.every(({ user }) => !user);
    for (const frame of frames) {
      if (!all && !frame.user) {
        hidden++;
        continue;
      }
      tell();
      chain.append(this.#frame(frame, state));
    }
    tell();
    return chain;
  }

  #frame({ name, user, link }: Frame, state: State): HTMLElement {
    const { words: t } = state;
    return h(
      'li',
      { class: user ? 'user' : 'library' },
      h('span', { class: 'function' }, `${name}()`),
      ' ',
      this.#place(link, state),
      !user && h('span', { class: 'quiet' }, ' ', t('library')),
    );
  }

  /** A link only where there is something to open. */
  #place(link: SourceLink, { lanes, root }: State): HTMLElement {
    const { text, opens } = placeOf(lanes!.timeline, link.file, link.line, root);
    return opens ? this.#link(text, link) : h('span', { class: 'place' }, text);
  }

  #link(text: string, link: Link): HTMLElement {
    return h('button', { class: 'link', click: () => this.actions.follow(link) }, text);
  }
}

/**
 * Puts what was typed in fields into those that take their place: a frame may come between two keys.
 * @returns whether anything differs from what the new ones offer
 */
function keepTyped(before: readonly HTMLInputElement[], after: readonly HTMLInputElement[]): boolean {
  let differs = false;
  for (const field of after) {
    const old = before.find(({ id }) => id === field.id);
    if (!old) continue;
    differs ||= field.value !== old.value;
    field.value = old.value;
    field.checked = old.checked;
  }
  return differs;
}

function guide(state: State): HTMLElement[] {
  const { lanes, words: t } = state;
  if (!lanes) return [];
  // In a live run the sums would change all the time.
  return isLive(state) ? [howToRead(t)] : [sums(lanes, t), howToRead(t)];
}

function sums(lanes: Lanes, t: State['words']): HTMLElement {
  const { timeline } = lanes;
  const idle = timeline.idle.reduce((sum, { start, end }) => sum + end - start, 0);
  const count = timeline.tasks.length - lanes.library.size;
  const length = durationWords(timeline.duration, t);
  const processes = timeline.processes.filter(({ loops }) => loops.length > 0).length;
  if (processes > 1) return h('p', {}, t('{0} tasks ran in {1} processes for {2}.', count, processes, length));
  if (lanes.loops.length > 1)
    return h('p', {}, t('{0} tasks ran in {1} threads for {2}.', count, lanes.loops.length, length));
  const isIdleKnown = timeline.loops.every(({ foreign }) => foreign === '');
  return h(
    'p',
    {},
    count === 1
      ? t('1 task ran in one thread for {0}.', length)
      : t('{0} tasks shared one thread for {1}.', count, length),
    ' ',
    isIdleKnown ? t('The loop was idle for {0}.', durationWords(idle, t)) : '',
  );
}

function howToRead(t: State['words']): HTMLElement {
  return h(
    'ul',
    { class: 'guide' },
    h('li', {}, icon('sync'), t('The top lane is the event loop: it runs one task at a time.')),
    h(
      'li',
      {},
      icon('debug-pause'),
      t('A light bar is a task suspended at an await; its label says what it waits for.'),
    ),
    h('li', {}, icon('arrow-down'), t('Point at a bar to see who woke the task; click it to see its line.')),
    h('li', {}, icon('symbol-ruler'), t('Quick steps are thin in time. “Steps” shows their order, each equally wide.')),
  );
}
