import { LONGEST_WALK } from './compact-waits';
import {
  type Code,
  type JobKind,
  jobKinds,
  type ResourceDefinition,
  type Site,
  type Wait,
  type WaitFields,
} from './records';

export interface GroupDefinition {
  readonly id: number;
  readonly kind: string;
}

export interface JobDefinition {
  readonly kind: JobKind;
  readonly label: string;
}

const codeKinds = [
  'coroutine',
  'asyncgen',
  'generator',
  'function',
  'other',
] as const satisfies readonly Code['kind'][];
const roles = ['enter', 'exit', 'next'] as const satisfies readonly Site['role'][];
const unknownCode: Code = { file: '?', function: '?', firstLine: 0, kind: 'other', user: false };

/** The `DEFS` chunks of a trace. Lines that make no sense are passed over: what refers to them shows as unknown. */
export class Definitions {
  readonly strings: string[] = [''];
  readonly codes: (Code | undefined)[] = [undefined];
  readonly sites: (Site | undefined)[] = [undefined];
  readonly waits: (Wait | undefined)[] = [undefined];
  readonly groups: (GroupDefinition | undefined)[] = [undefined];
  readonly jobs: (JobDefinition | undefined)[] = [undefined];
  readonly resources: (ResourceDefinition | undefined)[] = [undefined];

  /** @param mostWaits ids of waits from here on are damage */
  constructor(private readonly mostWaits = MOST_OTHERS) {}

  read(text: string): void {
    for (const line of text.split('\n')) {
      const row = parseLine(line, this.mostWaits);
      if (row) this.#add(row[0] as string, row[1] as number, row.slice(2));
    }
  }

  /** Whoever wrote the file is not trusted: each value is what its type says from here on. */
  #add(what: string, id: number, rest: unknown[]): void {
    if (what === 'str') this.strings[id] = textOf(rest[0]);
    else if (what === 'code') {
      const [file, name, firstLine, kind, user] = rest;
      this.codes[id] = {
        file: this.strings[idOf(file)] ?? '?',
        function: this.strings[idOf(name)] ?? '?',
        firstLine: lineOf(firstLine),
        kind: codeKinds.find((each) => each === kind) ?? 'other',
        user: user === 1,
      };
    } else if (what === 'site') this.sites[id] = this.#site(id, rest);
    else if (what === 'call') this.#call(id, rest);
    else if (what === 'wait')
      this.waits[id] = { kind: textOf(rest[0]), label: textOf(rest[1]), fields: fieldsOf(rest[2]) };
    else if (what === 'resource') this.resources[id] = resource(id, rest);
    else if (what === 'group') this.groups[id] = { id, kind: textOf(rest[0]) };
    else if (what === 'job')
      this.jobs[id] = { kind: jobKinds.find((kind) => kind === rest[0]) ?? 'executor', label: textOf(rest[1]) };
  }

  /** What the frame at a place does. */
  #call(id: number, [source, calls]: unknown[]): void {
    const site = this.sites[id];
    const call = textOf(source);
    if (site && call !== '') this.sites[id] = { ...site, call, calls: calls === 1 };
  }

  #site(id: number, rest: unknown[]): Site {
    const [parent, code, line, column, endLine, endColumn, , loopLines, label, ignored] = rest;
    const role = roles.find((each) => each === rest[6]);
    const loops = Array.isArray(loopLines) ? loopLines.map(lineOf).filter((each) => each > 0) : [];
    return {
      // A chain only ever points back: without this a damaged file could make it a circle.
      parent: idOf(parent) < id ? idOf(parent) : 0,
      code: this.codes[idOf(code)] ?? unknownCode,
      line: lineOf(line),
      column: orNull(column),
      endLine: orNull(endLine),
      endColumn: orNull(endColumn),
      ...(role ? { role } : {}),
      ...(loops.length > 0 ? { loops } : {}),
      ...(typeof label === 'string' && label !== '' ? { label } : {}),
      ...(ignored === true ? { ignored: true } : {}),
    };
  }
}

function resource(id: number, [kind, name, given]: unknown[]): ResourceDefinition {
  const fields = recordOf(given);
  const number = (name: string) => (isCount(fields[name]) ? fields[name] : undefined);
  return {
    id,
    kind: textOf(kind),
    name: textOf(name),
    type: typeof fields.type === 'string' ? fields.type : undefined,
    site: number('site') ?? 0,
    maxsize: number('maxsize'),
    value: number('value'),
    parties: number('parties'),
    lock: number('lock'),
  };
}

/** Fields that have a type keep it or are left out; others are passed on as they are. */
function fieldsOf(given: unknown): WaitFields {
  const { delay, deadline, task, members, resource, ...others } = recordOf(given);
  return {
    ...others,
    ...(isNumber(delay) ? { delay } : {}),
    ...(isNumber(deadline) ? { deadline } : {}),
    ...(isCount(task) ? { task } : {}),
    ...(Array.isArray(members) ? { members: members.filter(isCount) } : {}),
    ...(isCount(resource) || typeof resource === 'string' ? { resource } : {}),
  };
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}

function idOf(value: unknown): number {
  return isCount(value) ? value : 0;
}

/** Lines of no file have more digits than this. */
function lineOf(value: unknown): number {
  return isCount(value) && value < 2 ** 31 ? value : 0;
}

function orNull(value: unknown): number | null {
  return isCount(value) && value < 2 ** 31 ? value : null;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '?';
}

/**
 * Ids from here on are damage, not data. Sites and code are as many as a program has: tables of them are walked, and columns as long
 * as them made. The others are counted for as long as a service runs, which may be weeks, and only looked up.
 */
const MOST: Readonly<Record<string, number>> = { code: 1 << 22, site: 1 << 22 };
const MOST_OTHERS = 2 ** 32 - 1;

function parseLine(line: string, mostWaits: number): unknown[] | undefined {
  if (line.trim() === '') return undefined;
  try {
    const row: unknown = JSON.parse(line);
    if (!Array.isArray(row)) return undefined;
    const [kind, id] = row;
    return isCount(id) && id > 0 && id < (kind === 'wait' ? mostWaits : (MOST[kind as string] ?? MOST_OTHERS))
      ? row
      : undefined;
  } catch {
    return undefined;
  }
}

/** What a table holds, in the order of its ids. */
export function known<T>(table: readonly (T | undefined)[]): T[] {
  if (table.length <= LONGEST_WALK) return table.filter((each) => each !== undefined);
  // Ids of a record that was clipped begin anywhere: to walk from 0 would take minutes.
  const found: T[] = [];
  for (const id in table) if (table[id] !== undefined) found.push(table[id]);
  return found;
}
