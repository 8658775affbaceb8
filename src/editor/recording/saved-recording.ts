import { array, type InferOutput, number, object, optional, safeParse, string } from 'valibot';
import { RunStatus } from '../../core/protocol/messages';

/** What was run, as it is saved beside its trace. */
const SavedOrigin = object({
  uri: string(),
  line: optional(number()),
  /** Line and character of its anchor, and of its other end. */
  selection: optional(array(number())),
  function: optional(string()),
  wish: optional(object({ function: optional(string()), call: optional(string()) })),
});
export type SavedOrigin = InferOutput<typeof SavedOrigin>;

const SavedRecording = object({
  status: RunStatus,
  file: string(),
  source: optional(string()),
  at: optional(number()),
  root: string(),
  origin: optional(SavedOrigin),
  /** Label of the older run with which it is compared. */
  older: optional(string()),
});

/** Decodes what is saved beside a trace; undefined if it is not in this format. @throws SyntaxError */
export function readSavedRecording(text: string): InferOutput<typeof SavedRecording> | undefined {
  const kept = safeParse(SavedRecording, JSON.parse(text));
  return kept.success ? kept.output : undefined;
}
