import { jobKinds } from '../../src/core/trace/records';
import type { Dice } from '../dice';

/** All that the format knows. */
export const definitionKinds = ['str', 'code', 'site', 'call', 'wait', 'group', 'job', 'resource', 'forget'] as const;

/** The lines of a `DEFS` chunk. Ids are few, so that they are redefined, and meet the records that refer to them. */
export function definitions(dice: Dice, kinds: Set<string>): string {
  const lines: string[] = [];
  for (let i = dice.below(40); i > 0; i--) {
    const kind = dice.pick([...definitionKinds, 'unheard of']);
    kinds.add(`definition:${kind}`);
    lines.push(
      dice.chance(0.02)
        ? dice.pick(['{', '[]', 'null', '["str"]', '   '])
        : JSON.stringify([kind, id(dice), ...rest(kind, dice)]),
    );
  }
  return lines.join('\n');
}

const IDS = [0, -1, 1.5, '1', null, 4000, 1 << 20, (1 << 28) - 1, 2 ** 31, 2 ** 53, 1e300];

function id(dice: Dice): unknown {
  return dice.chance(0.96) ? 1 + dice.below(11) : dice.pick(IDS);
}

const ODD = [
  undefined,
  null,
  true,
  '',
  'text',
  '\u202eorder',
  '\u001b[2J',
  'long '.repeat(2000),
  -1,
  0,
  1.5,
  1e300,
  2 ** 32,
  [],
  [1, [2]],
  {},
  { a: { b: 1 } },
];

/** What belongs there, or sometimes anything at all. */
function or(dice: Dice, right: unknown): unknown {
  return dice.chance(0.93) ? right : dice.pick(ODD);
}

function rest(kind: string, dice: Dice): unknown[] {
  const ref = () => or(dice, dice.below(12));
  if (kind === 'str')
    return [
      or(
        dice,
        dice.pick([
          'main',
          'fetch',
          '/p/demo.py',
          '{"type":"E","message":"m","traceback":"t"}',
          '{"reason":"deadlock","message":""}',
          '{"level":"INFO","number":20}',
        ]),
      ),
    ];
  if (kind === 'code')
    return [
      ref(),
      ref(),
      or(dice, 1 + dice.below(50)),
      or(dice, dice.pick(['coroutine', 'async_generator', 'other'])),
      or(dice, dice.below(2)),
    ];
  if (kind === 'site') {
    const place = [
      ref(),
      ref(),
      or(dice, 1 + dice.below(50)),
      or(dice, dice.pick([4, null])),
      or(dice, 60),
      or(dice, 20),
    ];
    return [
      ...place,
      or(dice, dice.pick(['enter', 'exit', 'next', null])),
      or(dice, dice.pick([[3], null])),
      or(dice, ''),
      or(dice, dice.chance(0.1)),
    ];
  }
  if (kind === 'wait') return [or(dice, dice.pick(WAITS)), or(dice, 'sleep 1 s'), or(dice, fields(dice))];
  if (kind === 'call') return [or(dice, 'time.sleep(1)'), or(dice, dice.below(2))];
  if (kind === 'forget') return [or(dice, dice.pick(['str', 'wait']))];
  if (kind === 'group') return [or(dice, dice.pick(['gather', 'TaskGroup']))];
  if (kind === 'job') return [or(dice, dice.pick(jobKinds)), or(dice, 'work')];
  return [
    or(dice, dice.pick(RESOURCES)),
    or(dice, 'lock a'),
    or(dice, { site: ref(), maxsize: ref(), value: ref(), parties: ref(), lock: ref(), type: or(dice, 'Lock') }),
  ];
}

const WAITS = [
  'sleep',
  'task',
  'future',
  'gather',
  'wait',
  'as_completed',
  'wait_for',
  'timeout',
  'lock',
  'semaphore',
  'event',
  'condition',
  'barrier',
  'queue',
  'read',
  'connect',
  'thread',
  'subprocess',
  'asyncgen',
  'yield',
  'foreign',
  'unknown',
];
const RESOURCES = ['lock', 'semaphore', 'event', 'condition', 'barrier', 'queue', 'future'];

function fields(dice: Dice): unknown {
  const ref = () => or(dice, dice.below(12));
  return {
    ...(dice.chance(0.5) ? { delay: or(dice, dice.pick([1, 0, -1, 1e300])) } : {}),
    ...(dice.chance(0.4) ? { task: ref() } : {}),
    ...(dice.chance(0.4) ? { members: or(dice, [ref(), ref()]) } : {}),
    ...(dice.chance(0.4) ? { resource: ref() } : {}),
    ...(dice.chance(0.4) ? { deadline: ref(), timeout: ref(), loop: ref(), job: ref(), holder: ref() } : {}),
  };
}
