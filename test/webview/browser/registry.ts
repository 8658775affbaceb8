import * as scenes from './scenes';
import * as compared from './scenes-compared';
import * as odd from './scenes-odd';
import * as sideLanes from './scenes-side-lanes';

/** Every scene there is: the gallery shows them, their pictures are goldens. Each shows one thing. */
export interface Registered {
  readonly title: string;
  readonly trace: () => Uint8Array;
  /** The run that it is compared with. */
  readonly older?: () => Uint8Array;
}

export const registry: Readonly<Record<string, Registered>> = {
  gather: { title: 'Two workers that sleep, gathered', trace: scenes.gather },
  blocking: { title: 'A task that blocks the loop', trace: scenes.blocking },
  cut: { title: 'Stopped at a limit, with an error and a cancellation', trace: scenes.cut },
  workshop: { title: 'Threads, subprocesses, locks and queues', trace: sideLanes.workshop },
  factory: { title: 'Workers at a queue', trace: () => sideLanes.factory(3) },
  compared: { title: 'Beside an older run', trace: compared.laterBreakfast, older: compared.breakfast },
  patient: { title: 'Long waits that are folded', trace: scenes.patient },
  crowd: { title: 'Thirty tasks in turn', trace: () => scenes.crowd(30, 3) },
  interloper: { title: 'One task that takes turn after turn', trace: () => scenes.interloper(40, 20) },
  calls: { title: 'A coroutine called again and again', trace: () => scenes.calls(20) },
  instant: { title: 'Over before any time went by', trace: scenes.instant },
  broken: { title: 'Failed before its loop started', trace: scenes.broken },
  hostile: { title: 'Names that would be harmful as HTML', trace: scenes.hostile },
  names: { title: 'Names that are long, of other scripts, of nothing', trace: odd.names },
  scales: { title: 'A nanosecond and three days', trace: odd.scales },
  nothing: { title: 'A record of nothing', trace: odd.nothing },
};
