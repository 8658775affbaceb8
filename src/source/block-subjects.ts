import { Subjects } from './subject';
import { Source } from './syntax';

/**
 * The blocks of one document, each of which may use the names of the others: of the nearest one before, else of the nearest after.
 * @param cells whether each counts its lines from its own first, as the cells of a notebook do
 */
export function blockSubjects(texts: readonly string[], cells = false): Subjects[] {
  const all: Subjects[] = texts.map(
    (text, i) =>
      new Subjects(
        new Source(text),
        () => [...all.slice(0, i).reverse(), ...all.slice(i + 1)],
        cells ? i + 1 : undefined,
      ),
  );
  return all;
}
