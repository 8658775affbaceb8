import type { ErrorRule } from './error-rule';
import { explainSyntax } from './syntax-errors';

/** Texts that are no Python: those that beginners with async code meet, then all others. */
export const syntaxRules: readonly ErrorRule[] = [
  {
    type: /^SyntaxError$/,
    message: /^'(await|async for|async with)' outside (?:async )?function|^asynchronous comprehension outside/,
    explain: (t, [word]) => [
      t('{0} pauses the function it is in, and only an async def can be paused.', word ?? 'async for'),
      t(
        'Write async before def. At the top level of a program, put the code into async def main(): … and call asyncio.run(main()).',
      ),
    ],
  },
  {
    type: /^SyntaxError$/,
    message: /^'yield from' inside async function/,
    explain: (t) => [
      t('yield from passes on the items of an ordinary generator. It is not allowed in an async def.'),
      t(
        'For an async iterator, write async for item in …: yield item. For an ordinary one, write for item in …: yield item. For a coroutine, write await.',
      ),
    ],
  },
  {
    type: /^SyntaxError$/,
    message: /^'return' with value in async generator/,
    explain: (t) => [
      t('An async def that contains yield is an async generator: it yields items and cannot return a value.'),
      t('Yield the value instead of returning it, or remove the yield.'),
    ],
  },
  {
    type: /^IndentationError$/,
    message: /^unexpected indent/,
    explain: (t) => [
      t(
        'This line is indented further than the line above it, which does not start a block. Python did not run any of the program.',
      ),
      t('Move it to the left, or add the line it belongs under, such as async def main():'),
    ],
  },
  {
    type: /^IndentationError$/,
    message: /^expected an indented block/,
    explain: (t) => [
      t(
        'The line above ends with a colon, so an indented block must follow it. Python did not run any of the program.',
      ),
      t('Indent the lines that belong to the block, or write pass.'),
    ],
  },
  {
    type: /^(IndentationError|TabError)$/,
    message: /^/,
    explain: (t) => [
      t('The lines of a block must have the same indentation. Python did not run any of the program.'),
      t('Use four spaces for each level, and do not use tabs.'),
    ],
  },
  {
    type: /^SyntaxError$/,
    message: /^(.*)/s,
    explain: (t, [message]) =>
      explainSyntax(message, t) ?? [
        t('This is not valid Python, so nothing ran.'),
        t('Fix the line that Python names. If you copied the code, check whether part of it is missing.'),
      ],
  },
];
