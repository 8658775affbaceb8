import {
  type Code,
  type JobKind,
  jobKinds,
  type ResourceDefinition,
  type Site,
  type Wait,
  type WaitFields,
} from './model';

export interface GroupDefinition {
  readonly id: number;
  readonly kind: string;
}

export interface JobDefinition {
  readonly kind: JobKind;
  readonly label: string;
}

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

  read(text: string): void {
    for (const line of text.split('\n')) {
      const row = parseLine(line);
      if (row) this.#add(row[0] as string, row[1] as number, row.slice(2));
    }
  }

  #add(what: string, id: number, rest: unknown[]): void {
    if (what === 'str') this.strings[id] = String(rest[0]);
    else if (what === 'code') {
      const [file, name, firstLine, kind, user] = rest as [number, number, number, Code['kind'], number];
      this.codes[id] = {
        file: this.strings[file] ?? '?',
        function: this.strings[name] ?? '?',
        firstLine,
        kind,
        user: user === 1,
      };
    } else if (what === 'site') {
      const [parent, code, line, column, endLine, endColumn] = rest as [number, number, number, ...(number | null)[]];
      const role = roles.find((each) => each === rest[6]);
      // A chain only ever points back: without this a damaged file could make it a circle.
      const above = parent < id ? parent : 0;
      const known = { parent: above, code: this.codes[code] ?? unknownCode, line, column, endLine, endColumn };
      const loops = Array.isArray(rest[7]) ? rest[7].filter((line) => typeof line === 'number') : [];
      this.sites[id] = {
        ...known,
        ...(role ? { role } : {}),
        ...(loops.length > 0 ? { loops } : {}),
        ...(typeof rest[8] === 'string' && rest[8] !== '' ? { label: rest[8] } : {}),
        ...(rest[9] === true ? { ignored: true } : {}),
      };
    } else if (what === 'wait') {
      const [kind, label, fields] = rest as [string, string, WaitFields];
      this.waits[id] = { kind, label, fields: fields ?? {} };
    } else if (what === 'resource') this.resources[id] = resource(id, rest);
    else if (what === 'group') this.groups[id] = { id, kind: String(rest[0]) };
    else if (what === 'job')
      this.jobs[id] = { kind: jobKinds.find((kind) => kind === rest[0]) ?? 'executor', label: String(rest[1]) };
  }
}

function resource(id: number, [kind, name, given]: unknown[]): ResourceDefinition {
  const fields = (given ?? {}) as Record<string, unknown>;
  const number = (name: string) => (typeof fields[name] === 'number' ? fields[name] : undefined);
  return {
    id,
    kind: String(kind),
    name: String(name),
    type: typeof fields.type === 'string' ? fields.type : undefined,
    site: number('site') ?? 0,
    maxsize: number('maxsize'),
    value: number('value'),
    parties: number('parties'),
    lock: number('lock'),
  };
}

/** Ids beyond this are damage, not data: they would make huge sparse arrays. */
const MOST_DEFINITIONS = 1 << 28;

function parseLine(line: string): unknown[] | undefined {
  if (line.trim() === '') return undefined;
  try {
    const row: unknown = JSON.parse(line);
    const id = Array.isArray(row) ? row[1] : undefined;
    return Number.isInteger(id) && id > 0 && id < MOST_DEFINITIONS ? (row as unknown[]) : undefined;
  } catch {
    return undefined;
  }
}
