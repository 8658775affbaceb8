import type { Translate } from '../translate';

/**
 * What was done to a snippet so that it could be run. The notes stand in the trace itself, so whoever opens it later is told too,
 * in their own language. Lines are those of the document, from 1.
 */
export type PlanNote =
  /** This call was run by `asyncio.run`: as the module only defines things, or (`asked`) as the user wanted. */
  | { readonly kind: 'entry'; readonly call: string; readonly line: number; readonly asked?: boolean }
  /** `await` outside of functions: run as a notebook runs it. */
  | { readonly kind: 'top-level'; readonly line: number }
  /** `asyncio.run` in a cell: where a loop runs already, as in a notebook, it fails. */
  | { readonly kind: 'script'; readonly line: number }
  | { readonly kind: 'imports'; readonly statements: readonly string[] }
  /** `from`: number of the block, 0: elsewhere in the same file. */
  | { readonly kind: 'borrowed'; readonly names: readonly string[]; readonly from: number; readonly line: number }
  | { readonly kind: 'left-out'; readonly quote: string; readonly line: number }
  | { readonly kind: 'indentation'; readonly line: number }
  | { readonly kind: 'tabs'; readonly width: number; readonly line: number }
  | { readonly kind: 'prompts'; readonly line: number }
  | { readonly kind: 'output'; readonly line: number; readonly last: number }
  | { readonly kind: 'leftover'; readonly quote: string; readonly line: number }
  | { readonly kind: 'characters'; readonly line: number }
  /** A bare `*` or `/` of a signature among the arguments of a call. */
  | { readonly kind: 'marker'; readonly mark: string; readonly line: number }
  /** What stood in front of every line: `>` of a quotation, (`1`) line numbers, or (`+`) the signs of a diff. */
  | { readonly kind: 'gutter'; readonly mark: '>' | '1' | '+'; readonly line: number }
  /** What Python 3 needs was added: the parentheses of a `print`, or the colon in front of a block. */
  | { readonly kind: 'added'; readonly what: '()' | ':'; readonly line: number }
  /** Brackets that the last line left open were closed. */
  | { readonly kind: 'closed'; readonly what: string; readonly line: number }
  /** Lines from this one on stood further in than the statement above. */
  | { readonly kind: 'stray'; readonly line: number }
  /** The block shows several ways to do the same: what belongs to the others was left out. `line`, `last`: of the one that runs. */
  | {
      readonly kind: 'alternative';
      readonly number: number;
      readonly of: number;
      readonly line: number;
      readonly last: number;
    }
  | { readonly kind: 'undefined'; readonly names: readonly string[]; readonly line: number };

/** A note as one sentence. */
export function planNoteText(note: PlanNote, t: Translate): string {
  switch (note.kind) {
    case 'entry':
      return note.asked
        ? t('Ran {0} with asyncio.run, as requested.', code(note.call))
        : t('The code only defines functions and values, so Coroscope ran {0} with asyncio.run.', code(note.call));
    case 'top-level':
      return t('Line {0} uses await outside a function: it was run as in a notebook.', note.line);
    case 'script':
      return t(
        'This was run as a script. In a notebook a loop is already running, and line {0} fails: write await there.',
        note.line,
      );
    case 'imports':
      return t('Added the missing {0}.', note.statements.map(code).join(', '));
    case 'borrowed':
      return note.from === 0
        ? t('Taken from line {0}: {1}.', note.line, note.names.map(code).join(', '))
        : t('Taken from block {0} (line {1}): {2}.', note.from, note.line, note.names.map(code).join(', '));
    case 'left-out':
      return t('{0} (line {1}) was left out: only what you asked for runs.', code(note.quote), note.line);
    case 'indentation':
      return t('Removed the common indentation.');
    case 'tabs':
      return t('Tabs and spaces were mixed: each tab was read as {0} spaces.', note.width);
    case 'prompts':
      return t('Ignored the prompts and the output of an interactive session.');
    case 'output':
      return note.line === note.last
        ? t('Line {0} looks like program output and was ignored.', note.line)
        : t('Lines {0} to {1} look like program output and were ignored.', note.line, note.last);
    case 'leftover':
      return t('“{0}” (line {1}) is not part of the code and was ignored.', note.quote, note.line);
    case 'characters':
      return t('Replaced typographic characters with plain ones (from line {0}).', note.line);
    case 'marker':
      return t('The bare {0} in line {1} belongs to a signature and was left out.', code(note.mark), note.line);
    case 'gutter':
      if (note.mark === '+')
        return t('Read a diff: took the lines with {0}, and left out those with {1}.', code('+'), code('-'));
      return note.mark === '>'
        ? t('Ignored the {0} of a quotation in front of each line.', code(note.mark))
        : t('Ignored the line numbers in front of the code.');
    case 'added':
      return note.what === ':'
        ? t('Added the missing {0} at the end of line {1}.', code(':'), note.line)
        : t('Line {0} has the {1} of Python 2: added its parentheses.', note.line, code('print'));
    case 'closed':
      return t('Added the missing {0} at the end of line {1}.', code(note.what), note.line);
    case 'stray':
      return t('Line {0} was indented further than the statement above it and was moved to the left.', note.line);
    case 'alternative':
      return t(
        'The code shows {0} ways to do the same thing. Number {1} was run (lines {2} to {3}).',
        note.of,
        note.number,
        note.line,
        note.last,
      );
    case 'undefined':
      return note.names.length === 1
        ? t('{0} is not defined in this document: the program fails where it is used.', code(note.names[0]))
        : t(
            '{0} are not defined in this document: the program fails where they are used.',
            note.names.map(code).join(', '),
          );
  }
}

function code(text: string): string {
  return `\`${text}\``;
}
