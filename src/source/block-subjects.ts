import { Subjects } from './subject';
import { Source } from './syntax';

/** The blocks of one document, each of which may use the names of the others: of the nearest one before, else of the nearest after. */
export function blockSubjects(texts: readonly string[]): Subjects[] {
  const alone = texts.map((text) => new Subjects(new Source(text)));
  if (alone.length < 2) return alone;
  return alone.map(({ source }, i) => new Subjects(source, [...alone.slice(0, i).reverse(), ...alone.slice(i + 1)]));
}
