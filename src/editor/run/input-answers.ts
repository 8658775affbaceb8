import { CancellationTokenSource, window } from 'vscode';
import type { Ask } from '../../engines/engine';
import { noticeText } from '../words/notice';
import { t } from '../words/translate';

/** Lines of one run that are remembered, and characters of a question that are shown. */
const MOST = 1_000;
const LONGEST = 200;

/** Words of a question whose answer nobody else should read. */
const SECRET =
  /passw|passphrase|passcode|secret|token|credential|api.?key|\bpin\b|비밀번호|비밀 번호|암호|패스워드|토큰|인증 ?키/i;

/** Whether a question asks for a secret. */
export const asksForSecret = (question: string): boolean => SECRET.test(question);

/** A line; undefined: the end of the input. */
type Answer = string | undefined;

/** Input that the user typed, by program: live mode and runs with changed waits reuse it. */
export class InputAnswers {
  readonly #given = new Map<string, Answer[]>();

  /** For a run that the user starts: an input box for each line, with the last answer as its default, unless that is a secret. */
  asks(file: string, name: string, echo: (text: string) => void): Ask {
    const before = this.#given.get(file) ?? [];
    const given: Answer[] = [];
    return async (question, signal) => {
      const answer = await box(name, question, before[given.length], signal);
      if (!signal.aborted) this.#keep(file, given, question, answer, echo);
      return answer;
    };
  }

  /** For another run of the same program: reuse the answers, then ask. */
  again(file: string, name: string, echo: (text: string) => void): Ask {
    const before = this.#given.get(file) ?? [];
    const given: Answer[] = [];
    return async (question, signal) => {
      const known = given.length < before.length;
      const answer = known ? before[given.length] : await box(name, question, undefined, signal);
      if (!signal.aborted) this.#keep(file, given, question, answer, echo);
      return answer;
    };
  }

  /** For a run in the background: never ask. `missing()`: it needed more input than is known. */
  known(file: string): { readonly ask: Ask; readonly missing: () => boolean } {
    const given = [...(this.#given.get(file) ?? [])];
    let missing = false;
    const ask: Ask = async () => {
      missing ||= given.length === 0;
      return given.shift();
    };
    return { ask, missing: () => missing };
  }

  #keep(file: string, given: Answer[], question: string, answer: Answer, echo: (text: string) => void): void {
    if (given.length < MOST) given.push(answer);
    this.#given.set(file, given);
    // A terminal shows what is typed, too. The output channel outlives the run: it gets no secrets.
    echo(asksForSecret(question) ? '\n' : (answer ?? '\n'));
  }
}

async function box(name: string, question: string, last: Answer, signal: AbortSignal): Promise<Answer> {
  const over = new CancellationTokenSource();
  const cancel = () => over.cancel();
  signal.addEventListener('abort', cancel);
  try {
    const password = asksForSecret(question);
    const said = question.trim().slice(-LONGEST);
    const value = await window.showInputBox(
      {
        title: noticeText(t('Input for {0}', name)),
        prompt: said === '' ? t('The program reads a line of standard input.') : noticeText(said),
        placeHolder: t('Press Escape for the end of the input (EOF)'),
        password,
        value: password ? undefined : last?.replace(/\n$/, ''),
        // Keep the input box open when the focus moves: the answer may be in another window.
        ignoreFocusOut: true,
      },
      over.token,
    );
    return value === undefined ? undefined : `${value}\n`;
  } finally {
    signal.removeEventListener('abort', cancel);
    over.dispose();
  }
}
