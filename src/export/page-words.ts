type Words = Readonly<Record<string, string>>;

/**
 * The messages that a script can show, to keep the page small: little more than half of all.
 * @param script as the build writes it, with its messages as string literals
 */
export function wordsOf(script: string, words: Words): Words {
  const plain = unescaped(script);
  return Object.fromEntries(Object.entries(words).filter(([english]) => plain.includes(english)));
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** `\u2019`, `\n` and `\'` in string literals as what they stand for. */
function unescaped(script: string): string {
  return script.replace(/\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))/gs, (_, unicode, byte, letter) =>
    letter === undefined ? String.fromCharCode(Number.parseInt(unicode ?? byte, 16)) : (ESCAPES[letter] ?? letter),
  );
}
