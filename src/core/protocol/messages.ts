import * as v from 'valibot';
import { Changes } from '../trace/read-changes';
import { ShapesByFile } from './shapes';

/**
 * The whole protocol between host (extension, exported page) and webview: two directional unions with string tags,
 * each decoded at the edge where it arrives.
 *
 * The webview says `ready`, the host answers with `hydrate`: the complete state. The same path serves after hide, reload and move.
 */

const Bytes = v.instance(Uint8Array);

/**
 * A trace that comes in pieces, each as `append`, after the message that tells of it: `length` bytes in all, of which the page has the
 * first `from` from following the run.
 */
const Coming = v.object({ from: v.number(), length: v.number() });

/** The state of the run in the panel. `detail` is shown below `message`. */
export const RunStatus = v.variant('state', [
  v.object({ state: v.literal('empty') }),
  v.object({ state: v.literal('running'), program: v.string(), engine: v.string() }),
  v.object({ state: v.literal('done'), program: v.string(), engine: v.string(), reason: v.string() }),
  v.object({ state: v.literal('failed'), program: v.string(), message: v.string(), detail: v.string() }),
]);
export type RunStatus = v.InferOutput<typeof RunStatus>;

/** Timestamps of a run in live mode, in milliseconds since 1970, to measure its latency. */
export const Rerun = v.object({
  /** The text changed. */
  edited: v.number(),
  /** The run began, after a pause in typing. */
  began: v.number(),
  planned: v.number(),
  ran: v.number(),
  sent: v.number(),
});
export type Rerun = v.InferOutput<typeof Rerun>;

/** Live mode, as the views show it. */
export const LiveState = v.object({
  on: v.boolean(),
  /** The run that is shown is of a document that can be run again. */
  available: v.boolean(),
  /** Why the timeline is not up to date; `stale`: it is not of the current text. */
  note: v.nullable(v.object({ text: v.string(), stale: v.boolean() })),
});
export type LiveState = v.InferOutput<typeof LiveState>;

/** Commands for the playhead from outside of the webview. */
export const playheadMoves = ['stepOn', 'stepBack', 'lineOn', 'lineBack', 'play', 'putAway'] as const;
export type PlayheadMove = (typeof playheadMoves)[number];

/** An older run to compare with: its tasks are drawn behind those of the current run. */
export const OlderRun = v.object({
  /** Bytes of a trace file, or of a part of it: a `Uint8Array` that covers its whole buffer. */
  trace: Bytes,
  /** Of a part: where it stands in the file, and how long that is (bytes). Parts come in order, each in a message. */
  part: v.optional(v.object({ from: v.number(), length: v.number() })),
  /** Its name in the UI. */
  label: v.string(),
});
export type OlderRun = v.InferOutput<typeof OlderRun>;

/** Lines that explain the picture to somebody who is new to it, until they are dismissed. `tasks`: that only tasks are followed. */
export const hintNames = ['steps', 'time', 'tasks'] as const;
export type HintName = (typeof hintNames)[number];

export const HostMessage = v.variant('type', [
  v.object({
    type: v.literal('hydrate'),
    /** `en`, `ko`, … */
    locale: v.string(),
    /** Message catalogue of that language, English → translation. */
    words: v.record(v.string(), v.string()),
    status: RunStatus,
    /** Bytes of a trace file; null: there is none, or it comes in pieces. */
    trace: v.nullable(Bytes),
    coming: v.optional(Coming),
    /** Folder that paths are shown relative to. */
    root: v.string(),
    /** True in the side bar, where room is short. */
    compact: v.boolean(),
    /** Hints that were dismissed, in this page or another one; left out: none. */
    dismissed: v.optional(v.array(v.picklist(hintNames))),
    /** Nothing may run in this workspace until it is trusted. */
    restricted: v.optional(v.boolean()),
  }),
  /** While the program runs `trace` is what was recorded so far; more comes as `append`. */
  v.object({
    type: v.literal('status'),
    status: RunStatus,
    trace: v.nullable(Bytes),
    coming: v.optional(Coming),
    /** The program that is shown was edited and ran again: animate from the old timeline to the new one. */
    again: v.optional(Rerun),
  }),
  /** The next bytes of the trace of the program that runs, or of one that comes in pieces. One at a time: the next comes after `read`. */
  v.object({ type: v.literal('append'), bytes: Bytes }),
  /**
   * What the sources of the run tell, for findings. It comes after the `hydrate` or `status` with the trace that it belongs to: the
   * picture does not wait for it.
   */
  v.object({ type: v.literal('shapes'), files: ShapesByFile }),
  /** The cursor stands on this line: highlight what belongs to it. */
  v.object({ type: v.literal('cursor'), file: v.string(), line: v.number() }),
  /** Bring a task into view and select it, or a segment of it: the n-th, from 0. */
  v.object({ type: v.literal('reveal'), task: v.number(), segment: v.optional(v.number()) }),
  v.object({ type: v.literal('live'), live: LiveState }),
  /**
   * Compare with this run; null: stop comparing. It stays while the current program is edited and run again (`again`),
   * and is dropped when another run is shown: so send it after the `status` that it belongs to.
   */
  v.object({ type: v.literal('older'), older: v.nullable(OlderRun) }),
  /** Move the playhead, or play. `line…`: to what happened at a line of the source. */
  v.object({
    type: v.literal('move'),
    move: v.picklist(playheadMoves),
    at: v.nullable(v.object({ file: v.string(), line: v.number() })),
  }),
  /** Start predicting: ask what runs next, step by step. */
  v.object({ type: v.literal('predict') }),
  /** Show what led to the end of the selection, or of the program. */
  v.object({ type: v.literal('why') }),
  /** Move the playhead to a step, and select a row of `Segments` or a task. */
  v.object({
    type: v.literal('moment'),
    step: v.number(),
    task: v.nullable(v.number()),
    segment: v.nullable(v.number()),
  }),
]);
export type HostMessage = v.InferOutput<typeof HostMessage>;

/** Where a task stands at the playhead. */
export const TaskPlace = v.object({
  /** Task id. */
  task: v.number(),
  name: v.string(),
  state: v.picklist(['running', 'ready', 'suspended']),
  file: v.string(),
  /** From 1. */
  line: v.number(),
  /** From 0. */
  column: v.number(),
  /** What a suspended task waits for, else empty. */
  waits: v.string(),
});
export type TaskPlace = v.InferOutput<typeof TaskPlace>;

export const ViewMessage = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  /** The page has what was appended: the next bytes can come. */
  v.object({ type: v.literal('read') }),
  /** Show a source line, line from 1, column from 0. `focus`: the keyboard goes there too. */
  v.object({
    type: v.literal('open'),
    file: v.string(),
    line: v.number(),
    column: v.number(),
    focus: v.boolean(),
  }),
  v.object({ type: v.literal('selected'), task: v.nullable(v.number()) }),
  /** The playhead has moved: the place of every task at that moment, the running one first. null: it was put away. */
  v.object({
    type: v.literal('playhead'),
    places: v.nullable(v.array(TaskPlace)),
    /** The user did not move it: the program was edited and ran again. */
    again: v.optional(v.boolean()),
    /** The turn of the loop that it stands in. */
    turn: v.nullable(v.number()),
    /** The host moved it. */
    driven: v.optional(v.boolean()),
  }),
  /** `clock`: this time on the virtual clock, whatever the settings say. */
  v.object({ type: v.literal('run'), clock: v.optional(v.literal('virtual')) }),
  /** Run the program again with these changed waits, and no others. */
  v.object({ type: v.literal('whatIf'), changes: Changes }),
  /** Run the program again, with timers that are due at the same instant in this order. */
  v.object({ type: v.literal('ties'), order: v.picklist(['set', 'reversed']) }),
  /** The user stopped comparing. */
  v.object({ type: v.literal('alone') }),
  v.object({ type: v.literal('cancel') }),
  /** Put this text into the clipboard. */
  v.object({ type: v.literal('copy'), text: v.string() }),
  v.object({ type: v.literal('dismiss'), hint: v.picklist(hintNames) }),
  /** Open a sample and run it. */
  v.object({ type: v.literal('sample') }),
  /** Let the user decide whether this workspace is trusted. */
  v.object({ type: v.literal('trust') }),
  /** Turn live mode on or off: run again with every change of the text. */
  v.object({ type: v.literal('live'), on: v.boolean() }),
  /** An error in the webview, for the output channel. */
  v.object({ type: v.literal('failure'), message: v.string() }),
]);
export type ViewMessage = v.InferOutput<typeof ViewMessage>;

/** Decodes a message from the host. @returns `invalid` with the reason if it is not one */
export function decodeHostMessage(data: unknown): HostMessage | { readonly type: 'invalid'; readonly why: string } {
  return decode(HostMessage, data);
}
export function decodeViewMessage(data: unknown): ViewMessage | { readonly type: 'invalid'; readonly why: string } {
  return decode(ViewMessage, data);
}

function decode<S extends typeof HostMessage | typeof ViewMessage>(schema: S, data: unknown) {
  const result = v.safeParse(schema, data);
  if (result.success) return result.output as v.InferOutput<S>;
  return { type: 'invalid' as const, why: result.issues.map((issue) => issue.message).join('; ') };
}
