import { momentsOf } from '../axis/moments';
import type { Lanes } from '../lanes/lanes';
import { LoopKind } from '../timeline/loop-entries';
import { State } from '../timeline/model';
import { nextOf, rowAfter, standingAfter } from './turns';

/** One of the answers. */
export type Choice =
  /** An index into `Timeline.tasks`. */
  | { readonly kind: 'task'; readonly task: number }
  /** No task is ready: the loop waits. */
  | { readonly kind: 'none' }
  | { readonly kind: 'output'; readonly text: string };

export interface Question {
  /** Which task runs next, or what is printed next. */
  readonly asks: 'task' | 'output';
  /** The last turn of the loop that is known when it is asked. */
  readonly turn: number;
  /** The turn that answers it. */
  readonly until: number;
  readonly choices: readonly Choice[];
  /** Index of the right one. */
  readonly right: number;
}

/** More questions than this would be tedious. */
const MOST_QUESTIONS = 10;
/** Turns to look at: a small program, or the beginning of a large one. */
const MOST_TURNS = 1000;
const MOST_CHOICES = 4;
/** How often to ask about alike situations. */
const MOST_ALIKE = 2;
const LONGEST_OUTPUT = 60;

/**
 * Questions about a run, in time order, all of which the program determines. Alike questions are asked at most twice.
 * Empty if there is nothing to predict: no user task, several loops, or an order that comes from outside.
 */
export function questionsOf(lanes: Lanes): Question[] {
  const { timeline, loop } = lanes;
  if (timeline.loops.length !== 1 || timeline.loops[0].foreign !== '') return [];
  const { entry, count } = momentsOf(lanes);
  const questions: Question[] = [];
  const asked = new Map<string, number>();
  let from = 0;
  for (let turn = 0; turn < Math.min(count, MOST_TURNS) && questions.length < MOST_QUESTIONS; turn++) {
    if (turn < from || entry[turn] < 0) continue;
    const kind = loop.kind[entry[turn]];
    const isStep = kind === LoopKind.step && !lanes.library.has(timeline.segments.task[loop.ref[entry[turn]]]);
    const isIdle = kind === LoopKind.idle && loop.end[entry[turn]] > loop.start[entry[turn]];
    if (!isStep && !isIdle) continue;
    const wantsOutput = questions.length % 3 === 2;
    const question = (wantsOutput && outputAfter(lanes, turn)) || taskAfter(lanes, turn, isIdle);
    if (!question) continue;
    const alike = likeness(lanes, question, isIdle);
    const times = (asked.get(alike) ?? 0) + 1;
    if (times > MOST_ALIKE) continue;
    asked.set(alike, times);
    questions.push(question);
    from = question.until;
  }
  return questions;
}

/** @param idle the loop waits in that turn, and some task runs next */
function taskAfter(lanes: Lanes, turn: number, idle: boolean): Question | undefined {
  const { step, idle: wait, certain } = nextOf(lanes, turn);
  if (!step || !certain) return undefined;
  const { timeline, library } = lanes;
  const waits = wait !== undefined;
  // On a real clock, whether the loop has to wait may depend on the speed of the machine.
  if (waits && timeline.meta.clock !== 'virtual') return undefined;
  const alive: number[] = [];
  timeline.tasks.forEach((_, task) => {
    if (!library.has(task) && standingAfter(lanes, task, turn)) alive.push(task);
  });
  const ready = (task: number) => standingAfter(lanes, task, turn) === 'ready';
  const right = waits ? undefined : step.task;
  const others = alive
    .filter((task) => task !== right)
    .sort((a, b) => Number(ready(b)) - Number(ready(a)) || a - b)
    .slice(0, MOST_CHOICES - (right === undefined ? 1 : 2));
  const tasks = [...others, ...(right === undefined ? [] : [right])].sort((a, b) => a - b);
  const choices: Choice[] = tasks.map((task) => ({ kind: 'task', task }));
  if (!idle) choices.push({ kind: 'none' });
  if (choices.length < 2) return undefined;
  return {
    asks: 'task',
    turn,
    until: wait ?? step.turn,
    choices,
    right: right === undefined ? choices.length - 1 : tasks.indexOf(right),
  };
}

function outputAfter(lanes: Lanes, turn: number): Question | undefined {
  const { output } = lanes.timeline;
  const lines = output.flatMap(({ text, step, byPython, stream }) => {
    const line = text.trim().split('\n')[0].slice(0, LONGEST_OUTPUT);
    return line === '' || byPython || stream === 'stderr' ? [] : [{ line, turn: Math.floor(step) }];
  });
  const next = lines.find((each) => each.turn > turn);
  if (!next) return undefined;
  for (let at = turn; at < next.turn; ) {
    const { step, certain } = nextOf(lanes, at);
    if (!step || !certain) return undefined;
    at = step.turn;
  }
  const later = lines.filter((each) => each.turn > next.turn);
  const texts = [...new Set([...later, ...lines.filter((each) => each.turn <= turn)].map(({ line }) => line))];
  const others = texts.filter((text) => text !== next.line).slice(0, MOST_CHOICES - 1);
  if (others.length === 0) return undefined;
  // In alphabetical order: the order of the run would give the answer away.
  const choices = [next.line, ...others].sort().map((text) => ({ kind: 'output', text }) as const);
  const right = choices.findIndex(({ text }) => text === next.line);
  return { asks: 'output', turn, until: next.turn, choices, right };
}

/** A key that is equal for questions that take the same thought. */
function likeness(lanes: Lanes, { asks, turn, choices, right }: Question, idle: boolean): string {
  const { timeline, loop } = lanes;
  const { tasks, segments } = timeline;
  const answer = choices[right];
  const who = answer.kind === 'task' ? tasks[answer.task].coroutine : answer.kind;
  if (idle) return [asks, 'idle', who].join(' ');
  const row = loop.ref[momentsOf(lanes).entry[turn]];
  const after = rowAfter(lanes, row);
  const there =
    after === undefined ? 'ended' : segments.state[after] === State.suspended ? segments.site[after] : 'ready';
  return [asks, tasks[segments.task[row]].coroutine, there, who].join(' ');
}
