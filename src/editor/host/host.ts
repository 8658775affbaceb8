import type { Uri } from 'vscode';
import type { TraceSource } from '../../core/trace/source';
import type { Translate } from '../../core/translate';
import type { LiveEnd, LiveOptions } from '../../engines/live/run';
import type { ProgramListener, RunOptions, RunResult } from '../../engines/record-program';
import type { HtmlPage } from '../../export/page';
import type { Reading } from '../../export/sources';

/** What differs between the desktop and a browser. */
export interface Host {
  readonly paths: Paths;
  readonly engines: EngineHost;
  readonly files: FileHost;
  /** Processes of this machine; undefined in a browser. */
  readonly processes?: ProcessHost;
}

export interface ProcessHost {
  list(): Promise<readonly { readonly pid: number; readonly command: string; readonly program: string }[]>;
  /**
   * Records a process until `stop` aborts or it ends.
   * @param attached called when it records, with the number of its event loops
   * @param t translates errors
   * @returns where its trace is, and whether the process goes on. @throws Error whose message is for the user, with the name `EngineError`
   */
  attach(
    pid: number,
    attached: (loops: number) => void,
    stop: AbortSignal,
    t: Translate,
  ): Promise<{ readonly trace: Uri; readonly goesOn: boolean }>;
}

/** Paths as traces and messages have them. */
export interface Paths {
  of(uri: Uri): string;
  uri(path: string): Uri;
  /** The folder of documents that were never saved, where there is no workspace. */
  temporary(): string;
  dirname(path: string): string;
  join(...parts: string[]): string;
  normalize(path: string): string;
  relative(from: string, to: string): string;
  isAbsolute(path: string): boolean;
}

export interface EngineHost {
  /** See `recordProgram`. */
  run(program: ProgramOptions, listener: ProgramListener, signal: AbortSignal): Promise<RunResult>;
  /** The Pythons of live mode. */
  live(t: Translate): Promise<LiveEngine>;
  /** Lets the user pick the Python that runs programs, and the clock. */
  select(): Promise<void>;
  /** Environment variables of the host. */
  environment(): Readonly<Record<string, string | undefined>>;
  /** The engine for a document, where the settings ask for this one: what is not on the disk has no interpreter. */
  engineFor(uri: Uri, asked: AskedEngine): AskedEngine;
  /** The interpreter that another extension has chosen for a file. */
  interpreter(resource: Uri): Promise<string | undefined>;
  dispose(): Promise<void>;
}

/** As the setting has it. */
export type AskedEngine = 'auto' | 'embedded' | 'interpreter';

/** The host knows where its engines lie. */
export type ProgramOptions = Omit<RunOptions, 'assets' | 'cache'>;

export interface LiveEngine {
  /** Resolves when a first Python is loaded. */
  warm(): Promise<void>;
  /** See `runLive`. */
  run(options: Omit<LiveOptions, 'assets' | 'python'>, signal: AbortSignal): Promise<LiveEnd>;
  dispose(): void;
}

export interface FileHost {
  /** Opens a trace file that stays where it is. Undefined: it is to be read as a whole. */
  stored(uri: Uri): Promise<{ readonly source: TraceSource; close(): void } | undefined>;
  /** Reads texts as they ran. Undefined: one may not be shown, it changed, or it is not there. */
  sources(reading: Reading): (file: string) => string | undefined;
  /** The text of an exported page. */
  page(page: HtmlPage): Promise<string>;
}

let current: Host | undefined;

/** The entry point says where it runs before it does anything else. */
export function useHost(host: Host): void {
  current = host;
}

export function host(): Host {
  if (!current) throw new Error('The extension was started without a host.');
  return current;
}
