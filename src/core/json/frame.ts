import type { Site } from '../trace/records';

export interface FrameJson {
  readonly file: string;
  readonly line: number;
  readonly column: number | null;
  readonly endLine: number | null;
  readonly endColumn: number | null;
  readonly function: string;
  readonly user: boolean;
  readonly role?: 'enter' | 'exit' | 'next';
  /** Of a frame that held the loop: the source of the call that it makes, or of its line. */
  readonly call?: string;
}

/** Ids count from 1; 0 means none. */
export function known(id: number): number | null {
  return id === 0 ? null : id;
}

export function frameOf({ code, line, column, endLine, endColumn, role, call }: Site): FrameJson {
  const { file, function: name, user } = code;
  const more = { ...(role ? { role } : {}), ...(call === undefined ? {} : { call }) };
  return { file, line, column, endLine, endColumn, function: name, user, ...more };
}
