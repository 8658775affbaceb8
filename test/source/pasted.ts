import { wholeFile } from '../../src/source/document';
import { readBlock } from '../../src/source/reading';

/** One small program, as copied from pages, chats, books and terminals: the repaired code must always be the same. */
export const program = [
  'import asyncio',
  'async def main():',
  "    print('a')",
  '    await asyncio.sleep(1)',
  'asyncio.run(main())',
];
export const whole = program.join('\n');
export const read = (text: string) => readBlock(wholeFile({ file: 'x.py', text }));
