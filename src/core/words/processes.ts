import type { Timeline } from '../timeline/model';
import type { Translate } from '../translate';

/** Of a run in which nothing was recorded, and whose program started other processes. */
export function othersText(t: Translate): string {
  return t(
    'The program started other processes, which are not recorded. To record those that run Python, set {0}, or run with {1}.',
    'coroscope.followChildren',
    '--follow-children',
  );
}

/** Which processes a timeline is of; empty: of one. */
export function processesText({ processes }: Pick<Timeline, 'processes'>, t: Translate): string {
  if (processes.length < 2) return '';
  const names = processes.map(({ pid, loops, ended }, i) => {
    const name = i === 0 ? t('the program (pid {0})', pid) : `pid ${pid}`;
    if (loops.length === 0) return t('{0}: no event loop', name);
    return ended ? name : t('{0}: its record has no end', name);
  });
  return t('{0} processes: {1}', processes.length, names.join(', '));
}
