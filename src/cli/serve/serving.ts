import { basename } from 'node:path';
import type { Timeline } from '../../core/timeline/model';
import type { TraceSource } from '../../core/trace/source';
import { coloursOf } from '../../export/colours';
import { type Reading, readSources, sourceReader } from '../../export/read-sources';
import { shapesByFile } from '../../source/shapes/shapes';
import type { Language } from '../language';
import { say } from '../say';
import type { Screen } from '../screen';
import type { Signals } from '../signals';
import type { View } from '../view';
import { GrowingTrace } from './growing-trace';
import { hasBrowser, openBrowser } from './open-browser';
import type { ServedSources } from './served';
import { TraceServer } from './server';

type Asked = Pick<View, 'noOpen'>;

/** The panel in a browser, from when a program starts until nobody wants it any more. */
export class Serving {
  #sources: () => ServedSources;
  readonly #trace: GrowingTrace;
  readonly #server: TraceServer;
  readonly #stop = new AbortController();

  private constructor(
    program: string,
    soFar: TraceSource,
    private readonly reading: Reading,
    private readonly screen: Screen,
    private readonly language: Language,
    assets: string,
  ) {
    this.#sources = () => sourceOf(program, reading);
    this.#trace = new GrowingTrace(program, soFar, () => this.#sources());
    const title = `${basename(program)} – Coroscope`;
    this.#server = new TraceServer(this.#trace, {
      assets,
      title,
      root: screen.cwd,
      language,
      stop: () => this.#stop.abort(),
    });
  }

  /** Of a program that is about to run. @throws an error of the system: no port is free */
  static async begin(
    soFar: TraceSource,
    program: string,
    ...[reading, asked, screen, language, assets]: [Reading, Asked, Screen, Language, string]
  ): Promise<Serving> {
    const serving = new Serving(program, soFar, reading, screen, language, assets);
    await serving.#open(asked);
    return serving;
  }

  /** Of a trace that there is. @throws an error of the system: no port is free */
  static async complete(
    trace: TraceSource,
    timeline: Timeline,
    ...[reading, asked, screen, language, assets]: [Reading, Asked, Screen, Language, string]
  ): Promise<Serving> {
    const serving = new Serving(timeline.meta.program, trace, reading, screen, language, assets);
    serving.complete(trace, timeline, false);
    await serving.#open(asked);
    return serving;
  }

  async #open({ noOpen }: Asked): Promise<void> {
    await this.#server.listen();
    say(this.screen, this.language.translate('The timeline in a browser: {0}', this.#server.url));
    if (!noOpen && hasBrowser(this.screen)) openBrowser(this.#server.ticket());
  }

  /** Aborts when the page asks to stop the program. */
  get stop(): AbortSignal {
    return this.#stop.signal;
  }

  /** What runs the program. */
  chosen(engine: string): void {
    this.#trace.chosen(engine);
    this.#server.changed();
  }

  grown(): void {
    this.#server.changed();
  }

  /** @param changed its end is another than it was while it grew */
  complete(trace: TraceSource, timeline: Timeline, changed: boolean, reading = this.reading): void {
    this.#sources = () => ({ sources: readSources(timeline, reading), shapes: shapesByFile(timeline.shapes) });
    this.#trace.complete(trace, changed);
    this.#server.changed();
  }

  /** Until Ctrl+C; not at all where the command itself was asked to end. */
  async untilInterrupted(signals: Signals): Promise<void> {
    if (signals.end.aborted || signals.kill.aborted) return;
    say(this.screen, this.language.translate('The timeline stays there until Ctrl+C.'));
    await signals.next();
    this.close();
  }

  close(): void {
    this.#server.close();
  }
}

/** While a program runs, only its own file is known to be part of it. */
function sourceOf(program: string, reading: Reading): ServedSources {
  const text = sourceReader(reading)(program);
  return {
    sources: text === undefined ? [] : [{ file: program, text, colours: coloursOf(program, text) }],
    shapes: [],
  };
}
