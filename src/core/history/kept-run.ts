import * as v from 'valibot';
import { countTasks } from '../lanes/lanes';
import type { Timeline } from '../timeline/model';
import { ChangeSchema } from '../trace/read-changes';
import { verdictOf, verdicts } from './verdict';

/** What is known of a run that was kept, without its trace: this is what its file of JSON holds. */
export const KeptRun = v.object({
  /** Names its files; of letters, digits and `-`, since it becomes part of a path. */
  id: v.pipe(v.string(), v.regex(/^[\w-]+$/)),
  /** What it was called by hand; empty: by the program. */
  title: v.string(),
  /** Path of the program. */
  file: v.string(),
  /** The program as it was run, where it is known: what was edited since can be told by it. */
  source: v.optional(v.string()),
  /** When it was read (milliseconds since 1970): what was changed later is not what ran. */
  at: v.optional(v.number()),
  /** Folder that paths are shown relative to. */
  root: v.string(),
  /** For people: `embedded Python 3.14.2`. */
  engine: v.string(),
  /** Why that engine. */
  reason: v.string(),
  python: v.string(),
  clock: v.picklist(['virtual', 'real']),
  /** Milliseconds since 1970, when it ended. */
  when: v.number(),
  /** Seconds, by the clock of its loop. */
  duration: v.number(),
  tasks: v.number(),
  verdict: v.picklist(verdicts),
  /** Waits that took another time than the program says. */
  whatIf: v.optional(v.array(ChangeSchema)),
  /** Of the trace. */
  bytes: v.number(),
});
export type KeptRun = v.InferOutput<typeof KeptRun>;

export function keptRun(
  timeline: Timeline,
  about: Pick<KeptRun, 'id' | 'file' | 'source' | 'at' | 'root' | 'engine' | 'reason' | 'when' | 'bytes'>,
): KeptRun {
  const { meta, duration } = timeline;
  const { python, clock } = meta;
  const changes = meta.whatIf.filter((change) => change !== undefined);
  const whatIf = changes.length > 0 ? { whatIf: changes } : {};
  return {
    ...about,
    title: '',
    python,
    clock,
    duration,
    tasks: countTasks(timeline),
    verdict: verdictOf(timeline),
    ...whatIf,
  };
}

/** What a file of JSON says, or nothing if it is none of ours. */
export function readKeptRun(text: string): KeptRun | undefined {
  try {
    const read = v.safeParse(KeptRun, JSON.parse(text));
    return read.success ? read.output : undefined;
  } catch {
    return undefined;
  }
}

/** Those that have to go so that the rest fits, the oldest first. @param limit bytes */
export function beyond(runs: readonly KeptRun[], limit: number, most: number): KeptRun[] {
  let room = limit;
  let count = 0;
  let full = false;
  return runs
    .toSorted((a, b) => b.when - a.when)
    .filter(({ bytes }) => {
      room -= bytes;
      // Not a younger one for the sake of an older one that is smaller: a history has no holes.
      full ||= room < 0 || ++count > most;
      return full;
    })
    .reverse();
}
