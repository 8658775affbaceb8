import { bindings, keyName } from '../interact/keys';
import { h, icon } from '../page/dom';
import type { State, View } from '../state/store';

/** Alternative keys for other keyboard layouts, which the list leaves out. */
const UNSAID = new Set(['=', '_']);

/** The list of keys, as a dialog. It is made from the table that the input handler uses. */
export class Help implements View {
  readonly element = h('dialog', { class: 'help', 'aria-labelledby': 'help-title' });
  #shown: State['words'] | undefined;

  constructor(
    into: HTMLElement,
    private readonly state: () => State,
  ) {
    into.append(this.element);
    // A click on the backdrop has the dialog itself as its target.
    this.element.addEventListener('click', (event) => event.target === this.element && this.element.close());
    this.element.addEventListener('keydown', (event) => this.#key(event));
  }

  /** The browser traps the focus, and restores it afterwards. */
  show(): void {
    this.#fill();
    if (!this.element.open) this.element.showModal();
  }

  update({ words, lanes }: State): void {
    if (!this.element.open) return;
    if (!lanes) this.element.close();
    else if (words !== this.#shown) this.#fill();
  }

  #fill(): void {
    const { words: t } = this.state();
    this.#shown = t;
    const close = h(
      'button',
      { class: 'tool', title: t('Close'), 'aria-label': t('Close'), click: () => this.element.close() },
      icon('close'),
    );
    const groups = bindings(t).map(({ title, bindings: all }) =>
      h(
        'section',
        {},
        h('h3', {}, title),
        h(
          'dl',
          {},
          ...all.flatMap(({ keys, text }) => {
            const shown = keys.filter((key) => !UNSAID.has(key)).map((key) => h('kbd', {}, keyName(key, t)));
            return [h('dt', {}, ...shown), h('dd', {}, text(t))];
          }),
        ),
      ),
    );
    this.element.replaceChildren(
      h('header', {}, h('h2', { id: 'help-title' }, t('Keys')), close),
      h('div', { class: 'body', tabindex: 0, role: 'region', 'aria-label': t('Keys') }, ...groups, pointer(t)),
    );
  }

  /** Keeps the focus in the dialog in an iframe, too, where the browser would let it leave. */
  #key(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key === '?') this.element.close();
    if (event.key !== 'Tab') return;
    const stops = [...this.element.querySelectorAll<HTMLElement>('button, [tabindex="0"]')];
    const at = stops.indexOf(document.activeElement as HTMLElement);
    const next = at + (event.shiftKey ? -1 : 1);
    event.preventDefault();
    stops[(next + stops.length) % stops.length].focus();
  }
}

function pointer(t: State['words']): HTMLElement {
  const rows: [string, string][] = [
    [t('Wheel, pinch'), t('Zoom at the pointer')],
    [t('Shift + wheel'), t('Scroll the lanes')],
    [t('Drag'), t('Move the picture. On the axis, move the playhead; on the overview, the window')],
    [t('Drag the end of a sleep'), t('What if it took a different time; with Shift: every time at that line')],
    [t('Click'), t('Select, and show the line in the editor')],
    [t('Double-click'), t('Go to the line in the editor')],
    [t('Alt + double-click'), t('Zoom to the segment')],
  ];
  return h(
    'section',
    {},
    h('h3', {}, t('Pointer')),
    h('dl', {}, ...rows.flatMap(([what, does]) => [h('dt', {}, what), h('dd', {}, does)])),
  );
}
