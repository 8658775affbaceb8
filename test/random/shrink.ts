import { bodies, type Program, type Statement } from './grammar';

/** Programs that are a little smaller, the boldest cuts first. Each may still be cut in turn. */
export function* smaller(program: Program): Generator<Program> {
  for (const main of smallerBodies(program.main)) yield { ...program, main };
  for (const [i, routine] of program.functions.entries()) {
    for (const body of smallerBodies(routine.body)) {
      yield { ...program, functions: program.functions.map((each, at) => (at === i ? { ...routine, body } : each)) };
    }
  }
  if (program.eager) yield { ...program, eager: false };
  if (program.kind === 'deadlock') yield { ...program, kind: 'plain' };
}

function* smallerBodies(statements: readonly Statement[]): Generator<readonly Statement[]> {
  if (statements.length > 1) {
    const half = statements.length >> 1;
    yield statements.slice(half);
    yield statements.slice(0, half);
  }
  for (let i = 0; i < statements.length; i++) {
    const around = (middle: readonly Statement[]) => [...statements.slice(0, i), ...middle, ...statements.slice(i + 1)];
    yield around([]);
    for (const inside of smallerStatement(statements[i])) yield around(inside);
  }
}

/** What may stand in a statement's place. */
function* smallerStatement(statement: Statement): Generator<readonly Statement[]> {
  for (const name of bodies) {
    if (!(name in statement)) continue;
    const body = (statement as unknown as Record<string, readonly Statement[]>)[name];
    yield body;
    for (const less of smallerBodies(body)) yield [{ ...statement, [name]: less } as Statement];
  }
  if ('fs' in statement && statement.fs.length > 1) yield [{ ...statement, fs: statement.fs.slice(1) }];
  if ('n' in statement && statement.n > 1) yield [{ ...statement, n: 1 }];
  if ('s' in statement && statement.s !== null && statement.s !== 1 && statement.s !== 0)
    yield [{ ...statement, s: 1 }];
  if (!statement.quiet) yield [{ ...statement, quiet: true }];
}

/** The smallest program found that still fails; `fails` says how. Stops after `tries` runs. */
export async function shrunk(
  program: Program,
  fails: (program: Program) => Promise<readonly string[]>,
  tries = 400,
): Promise<{ readonly program: Program; readonly problems: readonly string[] }> {
  let best = { program, problems: await fails(program) };
  if (best.problems.length === 0) return best;
  for (let found = true; found; ) {
    found = false;
    for (const candidate of smaller(best.program)) {
      if (tries-- <= 0) return best;
      const problems = await fails(candidate);
      if (problems.length === 0) continue;
      best = { program: candidate, problems };
      found = true;
      break;
    }
  }
  return best;
}
