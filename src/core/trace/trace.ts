import type { EventColumns, StepColumns, UseColumns } from './columns';
import type { GroupDefinition, JobDefinition } from './definitions';
import type { Code, Meta, ResourceDefinition, Site, TraceProcess, Wait } from './records';

/** A trace as it was decoded: tables of definitions, and rows as columns. */
export interface Trace {
  readonly meta: Meta & {
    readonly origin: number;
    /** `inner`: a task's own coroutine has no records of its own, its steps tell it. Traces of before have records of all. */
    readonly spans: 'all' | 'inner';
  };
  readonly strings: readonly string[];
  readonly codes: readonly (Code | undefined)[];
  readonly sites: readonly (Site | undefined)[];
  readonly waits: readonly (Wait | undefined)[];
  readonly groups: readonly (GroupDefinition | undefined)[];
  readonly jobs: readonly (JobDefinition | undefined)[];
  readonly resources: readonly (ResourceDefinition | undefined)[];
  readonly steps: StepColumns;
  readonly events: EventColumns;
  readonly uses: UseColumns;
  /** What the `END ` chunk says, if there is one. */
  /** `exit` null: it was not known yet, since the program recorded itself. */
  readonly end: { readonly exit: number | null } | undefined;
  /** The processes whose records are in it, the program's own first; undefined: that is the only one. */
  readonly processes?: readonly TraceProcess[];
  /** How many of the processes that it started, and that recorded themselves, ran no event loop. */
  readonly unrecorded?: number;
  /** Behind what is here stands something that no tracer writes. */
  readonly damaged?: boolean;
}
