import type { SourceText } from '../../../src/core/protocol/source-text';
import { coloursOf } from '../../../src/export/colours';

/** The source of `gather` in scenes.ts: its lines are those that the scene names. */
const DEMO = `async def download(n):
    await asyncio.sleep(n)

async def fetch(n):
    print(f"start {n}")
    await download(n)
    print(f"done {n}")


async def main():
    # <b>Both</b> at once.
    await asyncio.gather(fetch(1), fetch(2))
`;

const OTHER = `VALUE = 1
`;

export function gatherSources(): SourceText[] {
  return [
    ['/project/demo.py', DEMO],
    ['/project/other.py', OTHER],
  ].map(([file, text]) => ({ file, text, colours: coloursOf(file, text) }));
}
