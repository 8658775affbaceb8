import type { Seconds } from '../../units';

export interface OutputWrite {
  readonly time: Seconds;
  readonly step: number;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
  /** Written by a handler of Python's `logging`: what it says is a `LogRecord` too. */
  readonly byLogging: boolean;
  /** Said by Python itself (a warning, an exception that nobody asked for), not by what ran just then: `task` and `site` are 0. */
  readonly byPython: boolean;
  /** Task id, 0 outside any task. */
  readonly task: number;
  readonly site: number;
}

/** A record of Python's `logging` that its logger let through, whether or not a handler showed it. */
export interface LogRecord {
  readonly time: Seconds;
  readonly step: number;
  readonly logger: string;
  /** `WARNING`, … */
  readonly level: string;
  /** 10 `DEBUG` … 50 `CRITICAL`. */
  readonly levelNumber: number;
  readonly message: string;
  /** `Type: message` of the exception that it tells of. */
  readonly error: string | undefined;
  /** Logged by asyncio itself, or a warning that `logging` took: `task` and `site` are 0. */
  readonly byPython: boolean;
  readonly task: number;
  readonly site: number;
}
