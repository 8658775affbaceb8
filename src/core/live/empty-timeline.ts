import type { Timeline } from '../timeline/model';
import { collectResources } from '../timeline/resources';
import type { UseColumns } from '../trace/columns';
import type { Trace } from '../trace/read';

/** What is known of a run before anything was read of it. */

const none = {
  count: 0,
  loop: new Uint32Array(),
  task: new Uint32Array(),
  seq: new Uint32Array(),
  waker: new Uint32Array(),
  cause: new Uint32Array(),
  site: new Uint32Array(),
  wait: new Uint32Array(),
  ready: new Float64Array(),
  start: new Float64Array(),
  end: new Float64Array(),
};
export const NO_STEPS: Trace['steps'] = none;
const NO_USES: UseColumns = {
  count: 0,
  time: none.start,
  what: none.seq,
  value: none.seq,
  task: none.task,
  seq: none.seq,
  loop: none.loop,
};
export const UNKNOWN: Trace['meta'] = {
  python: '',
  implementation: '',
  platform: '',
  clock: 'real',
  engine: 'interpreter',
  program: '',
  argv: [],
  monitoring: '',
  columns: false,
  clipped: false,
  holds: 'none',
  notes: [],
  whatIf: [],
  arguments: 0,
  detail: 'full',
  origin: 0,
  spans: 'inner',
};

/** @returns a new object, whose lists may be filled */
export function emptyTimeline(meta: Trace['meta']): Omit<Timeline, 'segments' | 'sites' | 'waits'> {
  return {
    meta,
    duration: 0,
    steps: 0,
    tasks: [],
    coroutines: [],
    contexts: [],
    spans: [],
    resources: [],
    uses: collectResources({ uses: NO_USES, resources: [], meta } as unknown as Trace).uses,
    jobs: [],
    deadlines: [],
    ties: [],
    timeGiven: [],
    wrongThreadCalls: [],
    runCancels: [],
    processes: [],
    startedOthers: false,
    notRecorded: [],
    holds: [],
    callbacks: [],
    idle: [],
    loops: [],
    output: [],
    logs: [],
    errors: [],
    findings: [],
    truncated: undefined,
    exit: undefined,
  };
}
