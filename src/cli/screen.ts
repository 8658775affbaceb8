/** Streams, environment and terminal of the command; tests pass their own. */
export interface Screen {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly stdout: Output;
  readonly stderr: Output;
}

export interface Output {
  /** `false`: the buffer is full until `drain`. */
  write(text: string): unknown;
  once?(event: 'drain' | 'close', listener: () => void): unknown;
  off?(event: 'drain' | 'close' | 'resize', listener: () => void): unknown;
  /** A terminal has another size now. */
  on?(event: 'resize', listener: () => void): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

const DEFAULT_WIDTH = 100;
/** Wider lines are hard to follow. */
const MOST_WIDTH = 200;

export function widthOf({ env, stdout }: Screen, asked: number | undefined): number {
  if (asked !== undefined) return asked;
  const columns = stdout.columns || Number(env.COLUMNS) || DEFAULT_WIDTH;
  return Math.min(columns, MOST_WIDTH);
}

/** https://no-color.org, and the habit of FORCE_COLOR. */
export function colours({ env, stdout }: Screen): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR && env.FORCE_COLOR !== '0') return true;
  return stdout.isTTY === true && env.TERM !== 'dumb';
}

/** Whether to print ASCII only: the terminal says that it does not support UTF-8. */
export function asciiOnly({ env, stdout }: Screen, asked: boolean): boolean {
  if (asked) return true;
  const charset = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return (
    stdout.isTTY === true && (env.TERM === 'linux' || /^(C|POSIX)$/.test(charset) || /\.(iso|ansi)/i.test(charset))
  );
}
