import type { FrameReader } from './frames';
import type { Interrupts } from './interrupts';
import type { Answer } from './protocol';

/** How often an answer is looked for (ms). */
const OFTEN = 20;
const IN = 0;

interface Surroundings {
  readSync(fd: number, buffer: Uint8Array): number;
  now(): number;
  pause(milliseconds: number): void;
}

/** Sleeps without giving the thread back; to be made before the realm is emptied. */
export function pauses(): (milliseconds: number) => void {
  const nothing = new Int32Array(new SharedArrayBuffer(4));
  const { wait } = Atomics;
  return (milliseconds) => void wait(nothing, 0, 0, milliseconds);
}

/** Standard input that a person gives: the thread waits in it, as in any read, until the host has sent the answer. */
export class Questions {
  #id = 0;

  constructor(
    private readonly frames: FrameReader,
    private readonly around: Surroundings,
    private readonly watch: Pick<Interrupts, 'pending' | 'excuse'>,
    /** Tells the host, after all that was printed before. */
    private readonly ask: (id: number) => void,
  ) {}

  /** For one run. @returns what Pyodide reads with */
  reader(): (buffer: Uint8Array) => number {
    let rest = new Uint8Array();
    return (buffer) => {
      if (rest.length === 0) rest = this.#answer();
      const part = rest.subarray(0, buffer.length);
      buffer.set(part);
      rest = rest.subarray(part.length);
      return part.length;
    };
  }

  #answer(): Uint8Array<ArrayBuffer> {
    const id = ++this.#id;
    const began = this.around.now();
    this.ask(id);
    try {
      for (;;) {
        const answer = this.#arrived().find((each) => each.type === 'answer' && each.id === id);
        if (answer) return new TextEncoder().encode(answer.text ?? '');
        // Python handles its signals and, if none ends the program, reads again.
        if (this.watch.pending) throw Object.assign(new Error('Interrupted.'), { code: 'EINTR' });
        this.around.pause(OFTEN);
      }
    } finally {
      this.watch.excuse(this.around.now() - began);
    }
  }

  #arrived(): Answer[] {
    const buffer = new Uint8Array(65_536);
    let length: number;
    try {
      length = this.around.readSync(IN, buffer);
    } catch (error) {
      if ((error as { code?: unknown }).code === 'EAGAIN') return [];
      throw error;
    }
    if (length === 0) throw Object.assign(new Error('The host is gone.'), { code: 'EIO' });
    return this.frames
      .push(buffer.slice(0, length))
      .map(({ payload }) => JSON.parse(new TextDecoder().decode(payload)));
  }
}
