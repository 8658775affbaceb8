import { type Directive, readDirectives } from '../source/directives';
import type { SourceNeeds } from '../source/imports';

/** What the tracer does in the place of awaits, because comments of the program say so. Contract with `program.run` of the tracer. */
export interface Simulation {
  readonly directives: readonly Directive[];
  /** Top-level modules that may be missing: their real use fails, their import does not. */
  readonly modules: readonly string[];
}

/** Whether comments direct the run: `auto`, where the clock is virtual. */
export type Annotations = 'auto' | 'on' | 'off';

export const annotated = (wish: Annotations | undefined, clock: 'virtual' | 'real'): boolean =>
  wish === 'on' || (wish !== 'off' && clock === 'virtual');

/** What a program needs of the machine, apart from the lines that are simulated. */
export function withoutSimulated(source: string, needs: SourceNeeds): SourceNeeds & { readonly simulates: boolean } {
  const { replaced } = readDirectives(source);
  const runs = ({ line }: { readonly line: number }) =>
    !replaced.some(([first, last]) => first <= line && line <= last);
  return { ...needs, uses: needs.uses.filter(runs), simulates: replaced.length > 0 };
}

/** @param inPieces the directives stand with the pieces of the program, not here */
export function simulationOf(source: string, { imports }: SourceNeeds, inPieces = false): Simulation {
  const modules = imports.filter(({ module, optional }) => !optional && !module.startsWith('.'));
  return {
    directives: inPieces ? [] : readDirectives(source).directives,
    modules: [...new Set(modules.map(({ module }) => module.split('.')[0]))],
  };
}
