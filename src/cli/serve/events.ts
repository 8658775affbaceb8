import type { ServerResponse } from 'node:http';
import type { Standing } from './served';

/** Pages are told of growth this often at most (ms). */
const EVERY = 100;
/** Pages that are open at once. */
const MOST = 32;

/** Streams of events: https://html.spec.whatwg.org/multipage/server-sent-events.html */
export class Events {
  readonly #pages = new Set<ServerResponse>();
  #timer: NodeJS.Timeout | undefined;
  #next: Standing | undefined;

  add(page: ServerResponse, standing: Standing): void {
    if (this.#pages.size >= MOST) {
      page.writeHead(503).end();
      return;
    }
    page.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
    page.write(text(standing));
    this.#pages.add(page);
    page.on('close', () => this.#pages.delete(page));
  }

  tell(standing: Standing): void {
    this.#next = standing;
    if (standing.complete) this.#send();
    else this.#timer ??= setTimeout(() => this.#send(), EVERY);
  }

  #send(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const standing = this.#next;
    if (!standing) return;
    // A page that does not read is told of the last length only: it asks for the bytes itself.
    for (const page of this.#pages) if (!page.writableNeedDrain || standing.complete) page.write(text(standing));
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const page of this.#pages) page.end();
  }
}

function text(standing: Standing): string {
  return `data: ${JSON.stringify(standing)}\n\n`;
}
