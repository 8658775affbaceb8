import { basename } from 'node:path';
import { columnsOf, cut } from '../core/text/width';
import type { Translate } from '../core/translate';
import { terminalLine } from '../core/words/terminal';
import { letterOf } from '../source/alternatives';
import type { Blocks } from '../source/blocks';
import type { SourceDocument } from '../source/document';
import type { Plan } from '../source/plan';
import { firstCode, planText } from '../source/plan-words';
import { print, printJson } from './say';
import { type Screen, widthOf } from './screen';
import type { View } from './view';

/** Lists the blocks of a document: number, line, first line of code, and what would be run. */
export function listBlocks(document: SourceDocument, blocks: Blocks, asked: View, screen: Screen, t: Translate): void {
  const english: Translate = (message, ...holes) => message.replace(/\{(\d+)\}/g, (_, i) => String(holes[Number(i)]));
  const words = asked.json ? english : t;
  const isRunnable = ({ kind }: Plan) => kind === 'pieces' || kind === 'file';
  const rows = blocks.all.flatMap((read, i) => {
    const reading = read();
    const plan = blocks.plan(i);
    const line = reading.block.kind === 'cell' ? 1 : reading.block.first;
    const block = {
      number: i + 1,
      line,
      code: firstCode(reading),
      runs: planText(asked.json ? plan : brief(plan), words),
      runnable: isRunnable(plan),
    };
    if (plan.kind !== 'ways') return [block];
    const ways = plan.ways.map((way) => {
      const taken = blocks.plan(i, { way: way.number });
      const about = { line: way.line, code: way.code, runs: planText(taken, words), runnable: isRunnable(taken) };
      return { number: i + 1, way: letterOf(way), ...about };
    });
    return [block, ...ways];
  });
  const count = blocks.all.length;
  if (asked.json) {
    printJson(screen, { format: 1, document: document.file, blocks: rows });
    return;
  }
  const name = basename(document.file);
  const heading =
    count === 1 ? t('{0} has one block of Python.', name) : t('{0} has {1} blocks of Python.', name, count);
  const width = widthOf(screen, asked.width);
  const numbers = rows.map((row) => [`#${row.number}${'way' in row ? row.way : ''}`, t('line {0}', row.line)] as const);
  const [first, second] = [0, 1].map((i) => Math.max(...numbers.map((row) => columnsOf(row[i]))));
  const room = Math.max(16, Math.min(48, Math.floor((width - first - second - 8) / 2)));
  const lines = rows.map(({ code, runs }, i) => {
    const [number, line] = numbers[i];
    return `  ${padded(number, first)}  ${padded(line, second)}  ${padded(cut(code, room), room)}  ${runs}`;
  });
  const how = t('Run one of them: {0}', `coroscope run ${name}#1`);
  print(screen, `${[heading, ...lines, how].map(terminalLine).join('\n')}\n`);
}

/** The reason without advice, which is printed when the block is run. */
function brief(plan: Plan): Plan {
  if (plan.kind !== 'refused' || !('simulate' in plan.why)) return plan;
  return { ...plan, why: { ...plan.why, simulate: undefined } };
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columnsOf(text)));
}
