import { expect, test } from 'vitest';
import { translator } from '../../../src/core/translate';
import { explainError } from '../../../src/core/words/errors';

const t = translator(undefined);

/** Messages as CPython 3.9 to 3.15 write them. */
const messages: readonly (readonly [type: string, message: string, advice: string])[] = [
  ['InvalidStateError', 'Result is not set.', 'Write await task'],
  ['InvalidStateError', 'Exception is not set.', 'Write await task'],
  ['InvalidStateError', 'Result is not ready.', 'Write await task'],
  ['InvalidStateError', 'invalid state', 'if not future.done()'],
  ['InvalidStateError', 'FINISHED: <Future at 0x7f state=finished returned int>', 'if not future.done()'],
  ['SyntaxError', "'(' was never closed", 'Write ) where it ends.'],
  ['SyntaxError', "unmatched ')'", 'write the bracket that it closes'],
  ['SyntaxError', "closing parenthesis ']' does not match opening parenthesis '('", 'Write ) in its place'],
  ['SyntaxError', 'EOL while scanning string literal', 'closing quotation mark'],
  ['SyntaxError', 'unterminated string literal (detected at line 1)', 'closing quotation mark'],
  ['SyntaxError', 'unterminated triple-quoted string literal (detected at line 3)', 'three quotation marks'],
  ['SyntaxError', "expected ':'", 'Write : at its end.'],
  ['SyntaxError', "invalid syntax. Maybe you meant '==' or ':=' instead of '='?", 'Write == to compare.'],
  ['SyntaxError', 'invalid non-printable character U+00A0', 'Replace it'],
  ['SyntaxError', 'invalid syntax', 'Fix the line that Python names.'],
  ['ValueError', 'task_done() called too many times', 'exactly once for each item'],
  ['RuntimeError', 'Lock is not acquired.', 'async with lock:'],
  ['RuntimeError', 'cannot notify on un-acquired lock', 'async with condition:'],
  ['RuntimeError', 'cannot wait on un-acquired lock', 'async with condition:'],
  ['ValueError', 'BoundedSemaphore released too many times', 'async with semaphore:'],
  ['RuntimeError', 'TaskGroup <TaskGroup entered> is finished', 'inside the async with block'],
  ['RuntimeError', 'TaskGroup <TaskGroup tasks=1 cancelling> is shutting down', 'inside the async with block'],
  ['RuntimeError', 'TaskGroup <TaskGroup> has not been entered', 'as group:'],
  ['RuntimeError', 'Timeout should be used inside a task', 'not in a callback'],
  ['RuntimeError', 'TaskGroup <TaskGroup> cannot determine the parent task', 'not in a callback'],
  ['RuntimeError', "Task cannot await on itself: <Task pending name='Task-2'>", 'current_task()'],
  ['QueueFull', '', 'await queue.put(item)'],
  ['QueueEmpty', '', 'await queue.get()'],
  ['QueueShutDown', '', 'asyncio.QueueShutDown'],
];

test.each(messages)('%s: %s', (type, message, advice) => {
  expect(explainError({ type, message }, t)?.advice).toContain(advice);
  // As the loop reports the exception of a task that nobody awaited.
  const lost = `Task exception was never retrieved: ${type}: ${message}`;
  expect(explainError({ type, message: lost }, t)?.advice).toContain(advice);
});

test.each([
  ['ValueError', 'invalid literal for int()'],
  ['RuntimeError', 'Lock is broken'],
  ['Empty', ''],
])('nothing is said of %s: %s', (type, message) => {
  expect(explainError({ type, message }, t)).toBeUndefined();
});
