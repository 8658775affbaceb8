import { array, type InferOutput, number, object, optional, safeParse, string } from 'valibot';
import { RunStatus } from '../../core/protocol/messages';

/** What was run, as it is written beside the record of it. */
const SavedOrigin = object({
  uri: string(),
  line: optional(number()),
  /** Line and character of its anchor, and of its other end. */
  selection: optional(array(number())),
  function: optional(string()),
  wish: optional(object({ function: optional(string()), call: optional(string()) })),
});
export type SavedOrigin = InferOutput<typeof SavedOrigin>;

const Kept = object({
  status: RunStatus,
  file: string(),
  source: optional(string()),
  at: optional(number()),
  root: string(),
  origin: optional(SavedOrigin),
  /** What the older run beside it is called. */
  beside: optional(string()),
});

/** What stands beside a kept record; nothing if it is none of ours. @throws SyntaxError */
export function readKept(text: string): InferOutput<typeof Kept> | undefined {
  const kept = safeParse(Kept, JSON.parse(text));
  return kept.success ? kept.output : undefined;
}
