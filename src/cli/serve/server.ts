import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Language } from '../language';
import { HEADERS, HOST, refusal, Token } from './access';
import { Events } from './events';
import { pageText } from './page';
import type { About, ServedTrace } from './served';

/** The most that a page gets at once. */
const MOST_BYTES = 4 << 20;
/** Files of the panel's page, and what they are. */
const FILES: Readonly<Record<string, string>> = {
  'main.js': 'text/javascript; charset=utf-8',
  'serve.js': 'text/javascript; charset=utf-8',
  'main.css': 'text/css; charset=utf-8',
  'codicon.ttf': 'font/ttf',
};

export interface ServeOptions {
  /** The `dist` folder. */
  readonly assets: string;
  readonly title: string;
  /** Folder that paths are shown relative to. */
  readonly root: string;
  readonly language: Pick<Language, 'locale' | 'words'>;
  /** Stops the program. */
  stop(): void;
}

/** Serves one trace to browsers of this machine. */
export class TraceServer {
  readonly #token = new Token();
  readonly #server: Server = createServer((request, response) => this.#answer(request, response));
  readonly #events = new Events();
  /** Not used yet. */
  #ticket: Token | undefined;

  constructor(
    private readonly trace: ServedTrace,
    private readonly options: ServeOptions,
  ) {
    // Nobody sends long headers, or sends them slowly.
    this.#server.headersTimeout = 10_000;
    this.#server.maxHeadersCount = 100;
  }

  /** @throws an error of the system: no port is free */
  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, HOST, () => resolve());
    });
  }

  /** With the token: whoever has it sees the trace. */
  get url(): string {
    return `http://${HOST}:${this.#port}/${this.#token.text}/`;
  }

  /**
   * An address that leads there once. A program that opens it is seen by all users of the machine, with its arguments: once the browser has
   * asked for it, it is worth nothing.
   */
  ticket(): string {
    this.#ticket = new Token();
    return `http://${HOST}:${this.#port}/open/${this.#ticket.text}`;
  }

  get #port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** The trace has grown, or is complete. */
  changed(): void {
    this.#events.tell(this.trace.standing);
  }

  close(): void {
    this.#events.close();
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const answer = this.#answerTo(request);
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    if (answer === 'events') this.#events.add(response, this.trace.standing);
    else response.writeHead(answer.status, answer.headers).end(answer.body);
  }

  #answerTo(request: IncomingMessage): Answer | 'events' {
    const refused = refusal(request, this.#port);
    if (refused !== undefined) return { status: refused };
    try {
      const { pathname, searchParams } = new URL(request.url ?? '', `http://${HOST}`);
      const parts = pathname.split('/');
      const [, token, what] = parts;
      // Without the token all addresses are alike.
      if (parts.length !== 3) return NOTHING;
      if (token === 'open' && request.method === 'GET') return this.#opened(what);
      if (!this.#token.is(token)) return NOTHING;
      if (request.method === 'POST') return this.#asked(what);
      return this.#given(what, searchParams);
    } catch (error) {
      return error instanceof TypeError ? NOTHING : { status: 500 };
    }
  }

  #opened(ticket: string): Answer {
    if (!this.#ticket?.is(ticket)) return NOTHING;
    this.#ticket = undefined;
    return { status: 303, headers: { Location: `/${this.#token.text}/` } };
  }

  /** The page's button that stops the program. */
  #asked(what: string): Answer {
    if (what !== 'stop') return NOTHING;
    this.options.stop();
    return { status: 204 };
  }

  /** @throws an error of the file system */
  #given(what: string, asked: URLSearchParams): Answer | 'events' {
    const { assets, language, root, title } = this.options;
    const { standing } = this.trace;
    switch (what) {
      case '':
        return found('text/html; charset=utf-8', pageText(title, language.locale));
      case 'about': {
        const about: About = { locale: language.locale, words: language.words, root, standing };
        return found(JSON_TYPE, JSON.stringify(about));
      }
      case 'sources':
        return found(JSON_TYPE, JSON.stringify(this.trace.sources()));
      case 'events':
        return what;
      case 'trace':
        return this.#bytes(asked);
      default:
        return Object.hasOwn(FILES, what) ? found(FILES[what], readFileSync(join(assets, 'webview', what))) : NOTHING;
    }
  }

  #bytes(asked: URLSearchParams): Answer {
    const [from, to] = ['from', 'to'].map((name) =>
      /^\d{1,15}$/.test(asked.get(name) ?? '') ? Number(asked.get(name)) : Number.NaN,
    );
    const isThere = from <= to && to <= this.trace.standing.length && to - from <= MOST_BYTES;
    return isThere ? found('application/octet-stream', this.trace.bytes(from, to - from)) : { status: 416 };
  }
}

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

const NOTHING: Answer = { status: 404 };
const JSON_TYPE = 'application/json; charset=utf-8';

function found(type: string, body: string | Uint8Array): Answer {
  return { status: 200, headers: { 'Content-Type': type }, body };
}
