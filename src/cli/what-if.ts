import { realpathSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Timeline } from '../core/timeline/model';
import type { Change } from '../core/trace/change';
import type { Translate } from '../core/translate';
import { changesThatCame } from '../core/what-if/applied';
import type { SpelledChange } from '../core/what-if/spelling';
import { changeText } from '../core/words/changes';

/** What was asked for, of the files that the program will have. @param program absolute, or what frames without a file say */
export function changesOf(spelled: readonly SpelledChange[], program: string, cwd: string): Change[] {
  return spelled.map(({ file, task, ...change }) => ({
    ...change,
    file: file === undefined || file.startsWith('<') ? (file ?? program) : asRun(resolve(cwd, file), program),
    task: task === undefined ? null : { name: task, path: null },
  }));
}

/** Another way to the program itself is the program. */
function asRun(file: string, program: string): string {
  if (file === program || basename(file) !== basename(program)) return file;
  try {
    return realpathSync(file) === realpathSync(program) ? program : file;
  } catch {
    return file;
  }
}

/** Reports changes without effect, because the program never came to the wait. */
export function sayLost(timeline: Timeline, say: (text: string) => void, t: Translate): void {
  const came = changesThatCame(timeline);
  timeline.meta.whatIf.forEach((change, number) => {
    if (change && !came[number])
      say(t('What if {0}: the program never waited there, so nothing was changed.', changeText(change, t, timeline)));
  });
}
