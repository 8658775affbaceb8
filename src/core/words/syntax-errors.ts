import type { Translate } from '../translate';

interface Rule {
  readonly message: RegExp;
  explain(t: Translate, found: readonly string[]): readonly [meaning: string, advice: string];
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** What Python's own words for a mistake in the text mean, and what to write; undefined where these say nothing. */
export function explainSyntax(message: string, t: Translate): readonly [meaning: string, advice: string] | undefined {
  for (const rule of rules) {
    const found = rule.message.exec(message);
    if (found) return rule.explain(t, found.slice(1));
  }
  return undefined;
}

const rules: readonly Rule[] = [
  {
    message: /^'([([{])' was never closed/,
    explain: (t, [open]) => [
      t('The {0} in this line has no {1}, so nothing ran.', open, CLOSING[open]),
      t('Write {0} where it ends. If you copied the code, check whether its last lines are missing.', CLOSING[open]),
    ],
  },
  {
    // Before 3.10.
    message: /^unexpected EOF while parsing/,
    explain: (t) => [
      t('The code ends in the middle of a statement, so nothing ran.'),
      t('Close what is open. If you copied the code, check whether its last lines are missing.'),
    ],
  },
  {
    message: /^unmatched '([)\]}])'/,
    explain: (t, [close]) => [
      t('This line has a {0} that closes nothing, so nothing ran.', close),
      t('Remove it, or write the bracket that it closes.'),
    ],
  },
  {
    message: /^closing parenthesis '(.)' does not match opening parenthesis '(.)'/,
    explain: (t, [close, open]) => [
      t('This line has {0} where {1} is open, so nothing ran.', close, open),
      t('Write {0} in its place, or close {1} before.', CLOSING[open] ?? open, open),
    ],
  },
  {
    message: /^unterminated (?:f-|t-)?(?:f-|t-)?string literal|^EOL while scanning string literal/,
    explain: (t) => [
      t('A string begins in this line and has no closing quotation mark, so nothing ran.'),
      t('Write the closing quotation mark.'),
    ],
  },
  {
    message: /^unterminated (?:f-|t-)?triple-quoted|^EOF while scanning triple-quoted string literal/,
    explain: (t) => [
      t('A string begins with three quotation marks and never ends, so nothing ran.'),
      t(
        'Write the three quotation marks that end it. If you copied the code, check whether its last lines are missing.',
      ),
    ],
  },
  {
    message: /^expected ':'/,
    explain: (t) => [t('This line opens a block and lacks its colon, so nothing ran.'), t('Write : at its end.')],
  },
  {
    message: /Perhaps you forgot a comma/,
    explain: (t) => [
      t('A comma seems to be missing in this line, so nothing ran.'),
      t('Write a comma between the two values.'),
    ],
  },
  {
    message: /Maybe you meant '==' (?:or ':=' )?instead of '='/,
    explain: (t) => [t('= assigns, and cannot stand here, so nothing ran.'), t('Write == to compare.')],
  },
  {
    message: /^invalid (?:non-printable )?character (?:'(.)' )?\(?(U\+[0-9A-F]+)/u,
    explain: (t, [shown, number]) => [
      t(
        'This line has the character {0}, which Python does not know there, so nothing ran.',
        shown ? `${shown} (${number})` : number,
      ),
      t('Replace it with the plain one: a web page or a word processor may have changed it.'),
    ],
  },
];
