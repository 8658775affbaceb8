import type { Timeline } from '../timeline/model';
import type { Translate } from '../translate';
import { durationWords } from '../units';
import { othersText } from './processes';

/** What a program did that made no task, for where its tasks would stand. */
export function noTaskText({ loops, callbacks, duration, notRecorded, startedOthers }: Timeline, t: Translate): string {
  if (loops.length === 0 && notRecorded.length > 0)
    return t(
      'No task of asyncio ran. The program imports {0}, whose event loop Coroscope does not record.',
      notRecorded.join(', '),
    );
  if (loops.length === 0 && startedOthers) return othersText(t);
  if (loops.length === 0) return t('No task ran: the program started no event loop.');
  // With this one `asyncio.run()` ends what it starts itself.
  const { length } = callbacks.filter(({ name }) => name !== '_run_until_complete_cb');
  if (length === 0) return t('No task ran on the event loop.');
  return length === 1
    ? t('No task ran: in {0} the event loop ran one callback.', durationWords(duration, t))
    : t('No task ran: in {0} the event loop ran {1} callbacks.', durationWords(duration, t), length);
}
