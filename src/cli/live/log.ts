import { briefText, findingText } from '../../core/recent/brief';
import type { Recent } from '../../core/recent/recent';
import type { Translate } from '../../core/translate';
import type { Seconds } from '../../core/units';
import { say } from '../say';
import type { Screen } from '../screen';
import { NewestFindings } from './newest';
import { type LiveView, nowInSeconds } from './view';

/** Where there is no terminal: a line each time the last seconds are others, and one for each finding when it is new. */
export class Log implements LiveView {
  readonly #findings = new NewestFindings();
  #next: Seconds;

  constructor(
    private readonly screen: Screen,
    private readonly every: Seconds,
    private readonly translate: Translate,
  ) {
    this.#next = nowInSeconds() + every;
  }

  show(recent: Recent): void {
    const { screen, every, translate } = this;
    const now = nowInSeconds();
    for (const finding of this.#findings.add(recent.findings, now).reverse())
      say(screen, findingText(finding, screen.cwd, translate));
    if (now < this.#next && !recent.ended) return;
    this.#next = now + every;
    say(screen, briefText(recent, screen.cwd, translate));
  }

  close(): void {}
}
