import type { Timeline } from '../core/timeline/model';
import type { TraceSource } from '../core/trace/source';
import type { ShowCommand } from './arguments';
import type { Language } from './language';
import { present } from './present';
import type { Screen } from './screen';
import { Serving } from './serve/serving';
import type { Signals } from './signals';

/** `coroscope show`. @param until when the trace was written, ms since 1970 @throws TraceError, or an error of the file system */
export async function show(
  trace: TraceSource,
  until: number,
  command: ShowCommand,
  screen: Screen,
  language: Language,
  assets: string,
  signals: Signals,
): Promise<Timeline> {
  const reading = { folders: [screen.cwd], until };
  const timeline = await present(trace, command, screen, language, assets, () => reading);
  if (command.serve) {
    const serving = await Serving.complete(trace, timeline, reading, command, screen, language, assets);
    await serving.untilInterrupted(signals);
  }
  return timeline;
}
