import type { Opening } from '../interact/actions';
import { commandOf } from '../interact/keys';

/** A list with a roving tabindex: arrow keys move between lines, and the list is a single tab stop. */
export class Roving {
  constructor(
    private readonly list: HTMLElement,
    private readonly act: { reach(line: HTMLElement): void; open(line: HTMLElement, how: Opening): void },
    private readonly role: 'option' | 'row' = 'option',
  ) {
    list.addEventListener('keydown', (event) => this.#key(event));
    list.addEventListener('click', (event) => {
      const line = this.#lineOf(event.target);
      if (!line) return;
      this.current(line);
      line.focus();
      // A double-click goes to the line that its first click has shown.
      act.open(line, event.detail < 2 ? 'show' : 'go');
    });
  }

  get lines(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>(`[role="${this.role}"]`)];
  }

  /** Makes one line the stop of Tab; without any, the first one is. */
  current(line: HTMLElement | undefined): void {
    const { lines } = this;
    const stop = line ?? lines.find((each) => each.tabIndex === 0) ?? lines[0];
    for (const each of lines) if ((each === stop) !== (each.tabIndex === 0)) each.tabIndex = each === stop ? 0 : -1;
  }

  #lineOf(target: EventTarget | null): HTMLElement | undefined {
    const element = target instanceof Element ? target : undefined;
    // Links and folds inside a line handle clicks themselves.
    if (element?.closest('button, summary, a, pre')) return undefined;
    return element?.closest<HTMLElement>(`[role="${this.role}"]`) ?? undefined;
  }

  #key(event: KeyboardEvent): void {
    const at = this.lines.indexOf(event.target as HTMLElement);
    const command = at < 0 ? undefined : commandOf('list', event);
    if (!command) return;
    event.preventDefault();
    event.stopPropagation();
    const { lines } = this;
    if (command === 'open') this.act.open(lines[at], 'go');
    else {
      const to = { below: at + 1, above: at - 1, first: 0, last: lines.length - 1 }[command];
      const line = lines[Math.max(0, Math.min(to, lines.length - 1))];
      this.current(line);
      line.focus();
      this.act.reach(line);
    }
  }
}
