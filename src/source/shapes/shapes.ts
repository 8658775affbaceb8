import type { ShapesByFile } from '../../core/protocol/shapes';
import type { Timeline } from '../../core/timeline/model';
import type { FileShapes, Shapes } from '../../core/timeline/shapes';
import { Blocks } from '../blocks';
import { textOf } from '../document';
import { Source } from '../syntax';
import { awaitedAtOnceIn } from './at-once';
import { borrowsIn } from './borrows';
import { catchesIn, handlesIn } from './catches';
import { Effects } from './effects';
import { pollsIn } from './polls';
import { racesIn } from './races';
import { sequencesIn } from './sequences';
import { waitsInIf } from './waits-in-if';

/** Files longer than this are not read for hints. */
const MOST_CHARACTERS = 512 * 1024;

/** How the awaits of a Python file are written. */
export function shapesOf(text: string): FileShapes {
  const source = new Source(text);
  const effects = new Effects(source);
  return {
    sequences: sequencesIn(source, effects).map(({ how, awaits }) => ({ how, awaits })),
    polls: pollsIn(source, effects),
    atOnce: awaitedAtOnceIn(source, effects),
    uncancels: uncancelsIn(source),
    catches: catchesIn(source, effects),
    handles: handlesIn(source, effects),
    races: racesIn(source),
    borrows: borrowsIn(source),
    waitsInIf: waitsInIf(source),
  };
}

function uncancelsIn(source: Source): FileShapes['uncancels'] {
  const found: (readonly [number, number])[] = [];
  if (!source.text.includes('.uncancel(')) return found;
  source.tree.iterate({
    enter({ name, node }) {
      if (name === 'FunctionDefinition' && /\.uncancel\(/.test(source.textOf(node)))
        found.push([source.line(node), source.place(node.to).line]);
    },
  });
  return found;
}

const known = new WeakMap<Timeline, Timeline>();

/**
 * The same timeline with what the sources of its program tell. The same object for the same timeline.
 * @param read the text of a file as it was when the program ran, undefined where that is not known
 */
export function withShapes(timeline: Timeline, read: (file: string) => string | undefined): Timeline {
  const made = known.get(timeline) ?? { ...timeline, shapes: readShapes(timeline.sites, read) };
  known.set(timeline, made);
  return made;
}

/** Shapes as the page gets them: of files in which there is something to tell. */
export function shapesByFile(shapes: Shapes | undefined): ShapesByFile {
  return [...(shapes ?? [])]
    .filter(([, found]) => Object.values(found).some((list) => list.length > 0))
    .map(([file, { sequences, polls, atOnce, uncancels, catches, handles, races, borrows, waitsInIf }]) => [
      file,
      {
        // Field by field: what is found in a source may hold nodes of its tree, which do not travel.
        sequences: sequences.map(({ how, awaits }) => ({
          how,
          awaits: awaits.map(({ first, last, call }) => ({ first, last, call })),
        })),
        polls: polls.map(({ line, sleep, test }) => ({ line, sleep, test })),
        atOnce: atOnce.map(({ created, awaited, call }) => ({ created, awaited, call })),
        uncancels: uncancels.map(([first, last]) => [first, last]),
        catches: catches.map(({ first, last, line, text }) => ({ first, last, line, text })),
        handles: handles.map(({ first, last, line, text }) => ({ first, last, line, text })),
        borrows: borrows.map((borrow) => ({ ...borrow })),
        waitsInIf: waitsInIf.map((wait) => ({ ...wait })),
        races: races.map(({ awaits, ...race }) => ({ ...race, awaits: awaits.map(([first, last]) => [first, last]) })),
      },
    ]);
}

/** @param file as the trace names it; of a note its blocks are read */
export function shapesOfText(file: string, text: string): Shapes {
  if (text.length > MOST_CHARACTERS || !/\bawait\b/.test(text)) return new Map();
  return new Map([[file, /\.(md|markdown|mdx|mkd)$/i.test(file) ? ofNote(file, text) : shapesOf(text)]]);
}

/** How the awaits of the files of these sites are written. */
export function readShapes(sites: Timeline['sites'], read: (file: string) => string | undefined): Shapes {
  const files = new Set<string>();
  for (const site of sites) if (site?.code.user) files.add(site.code.file);
  const shapes = new Map<string, FileShapes>();
  for (const file of files) {
    const text = read(file);
    for (const [name, found] of text === undefined ? [] : shapesOfText(file, text)) shapes.set(name, found);
  }
  return shapes;
}

/** Of a note each block by itself, with the lines that it has in the note. */
function ofNote(file: string, text: string): FileShapes {
  const blocks = Blocks.of({ file, text })?.all ?? [];
  const all = blocks.map((read) => {
    const { lines } = read().block;
    return shapesOf('\n'.repeat((lines[0]?.line ?? 1) - 1) + textOf(lines));
  });
  return {
    sequences: all.flatMap(({ sequences }) => sequences),
    polls: all.flatMap(({ polls }) => polls),
    atOnce: all.flatMap(({ atOnce }) => atOnce),
    uncancels: all.flatMap(({ uncancels }) => uncancels),
    catches: all.flatMap(({ catches }) => catches),
    handles: all.flatMap(({ handles }) => handles),
    races: all.flatMap(({ races }) => races),
    borrows: all.flatMap(({ borrows }) => borrows),
    waitsInIf: all.flatMap(({ waitsInIf }) => waitsInIf),
  };
}
