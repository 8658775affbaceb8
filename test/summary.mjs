const LINES = 30;
const FAILURES = 20;

/** What every suite came to, and how long it took. @param results of `run.mjs` */
export function table(results) {
  const lines = [`${'─'.repeat(72)}`];
  for (const { name, passed, failed, seconds, skips } of results) {
    lines.push(
      `${failed > 0 ? '✗' : '✓'} ${name.padEnd(14)} ${`${passed} passed, ${failed} failed`.padEnd(26)} ${seconds.toFixed(0)} s`,
    );
    for (const [skip, count] of counted(skips))
      lines.push(`    skipped: ${skip}${count > 1 ? ` (${count} times)` : ''}`);
  }
  return lines;
}

/** The suites and the twenty slowest files of tests, in Markdown. The sum over the tests of a file: those at once count each. */
export function times(results) {
  const files = new Map();
  for (const { name, tests } of results)
    for (const { file, seconds } of tests) {
      const key = `${name}\t${file}`;
      files.set(key, (files.get(key) ?? 0) + seconds);
    }
  const slowest = [...files].sort(([, a], [, b]) => b - a).slice(0, 20);
  const total = results.reduce((sum, { seconds }) => sum + seconds, 0);
  return [
    '',
    '| suite | tests | seconds |',
    '|---|--:|--:|',
    ...results.map(({ name, passed, failed, seconds }) => `| ${name} | ${passed + failed} | ${seconds.toFixed(0)} |`),
    `| all | ${results.reduce((sum, { passed, failed }) => sum + passed + failed, 0)} | ${total.toFixed(0)} |`,
    '',
    '| slowest files | suite | seconds |',
    '|---|---|--:|',
    ...slowest.map(([key, seconds]) => {
      const [suite, file] = key.split('\t');
      return `| ${file} | ${suite} | ${seconds.toFixed(1)} |`;
    }),
  ];
}

/** Each failure: its name, the difference, and how it is run alone. The last, since whoever reads a long log reads its end. */
export function failures(results) {
  const all = results.flatMap(({ name, failures }) => failures.map((failure) => ({ suite: name, ...failure })));
  const lines = all.slice(0, FAILURES).flatMap(({ suite, file, name, why = '', again }) => {
    const told = why.trimEnd().split('\n');
    const cut = told.length > LINES ? [...told.slice(0, LINES), `… ${told.length - LINES} lines more`] : told;
    return [
      '',
      `✗ ${[suite, file, name].filter(Boolean).join(' › ')}`,
      ...cut.map((line) => `    ${line}`),
      ...(again ? [`  alone: ${again}`] : []),
    ];
  });
  if (all.length > FAILURES)
    lines.push(
      '',
      `… and ${all.length - FAILURES} more: ${all
        .slice(FAILURES)
        .map(({ name }) => name)
        .join('; ')}`,
    );
  return lines;
}

/** What was run again before it passed. */
export function repeats(results) {
  return results.flatMap(({ tests }) =>
    tests
      .filter(({ repeats }) => repeats > 0)
      .map(({ file, name, repeats }) => `repeated ${repeats} times: ${file} › ${name}`),
  );
}

function counted(texts) {
  const counts = new Map();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
