import { beforeEach, expect, test, vi } from 'vitest';

const showInputBox = vi.fn();
vi.mock('vscode', () => ({
  window: { showInputBox },
  l10n: { t: (text: string, ...values: string[]) => text.replace(/\{(\d+)\}/g, (_, nth) => values[Number(nth)]) },
  CancellationTokenSource: class {
    token = {};
    cancel() {}
    dispose() {}
  },
}));
const { asksForSecret, InputAnswers } = await import('../../../src/editor/run/input-answers');

const { signal } = new AbortController();
beforeEach(() => showInputBox.mockReset());

/** What one run asks, and what is echoed of the answers. */
async function run(answers: InstanceType<typeof InputAnswers>, ...questions: string[]): Promise<string> {
  let echoed = '';
  const ask = answers.asks('/a.py', 'a.py', (text) => {
    echoed += text;
  });
  for (const question of questions) await ask(question, signal);
  return echoed;
}

test('an answer is echoed, and offered the next time', async () => {
  const answers = new InputAnswers();
  showInputBox.mockResolvedValue('Ann');
  expect(await run(answers, 'Your name? ')).toBe('Ann\n');
  await run(answers, 'Your name? ');
  expect(showInputBox.mock.calls[1][0]).toMatchObject({ value: 'Ann', password: false });
});

test('a secret is hidden, not echoed and not offered again; live mode still has it', async () => {
  const answers = new InputAnswers();
  showInputBox.mockResolvedValueOnce('Ann').mockResolvedValueOnce('hunter2').mockResolvedValue('x');
  expect(await run(answers, 'Name: ', 'Password: ')).toBe('Ann\n\n');
  expect(showInputBox.mock.calls[1][0]).toMatchObject({ password: true, prompt: 'Password:' });
  const { ask } = answers.known('/a.py');
  expect([await ask('Name: ', signal), await ask('Password: ', signal)]).toEqual(['Ann\n', 'hunter2\n']);
  await run(answers, 'Name: ', 'Password: ');
  expect(showInputBox.mock.calls[3][0]).toMatchObject({ password: true, value: undefined });
});

test.each([
  ['Password: ', true],
  ['Enter your API key> ', true],
  ['PIN? ', true],
  ['비밀번호: ', true],
  ['Your name? ', false],
  ['How many pins? ', false],
  ['Spinning for how long? ', false],
  ['', false],
])('%s asks for a secret: %s', (question, secret) => {
  expect(asksForSecret(question)).toBe(secret);
});
