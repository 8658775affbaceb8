import { type Memento, window } from 'vscode';
import type { Candidate } from '../../source/plan';
import { t } from '../words/translate';

/** Asks which coroutine function to call, with which arguments. Remembers the answers for each file. */
export class CallQuestions {
  constructor(private readonly memory: Memento) {}

  /** @returns the call to run; undefined: the user cancelled */
  async call(file: string, candidates: readonly Candidate[]): Promise<string | undefined> {
    const candidate = candidates.length === 1 ? candidates[0] : await this.#which(file, candidates);
    if (!candidate) return undefined;
    const call = candidate.required.length === 0 ? `${candidate.name}()` : await this.#arguments(file, candidate);
    if (call !== undefined && candidates.length > 1) await this.memory.update(chosenKey(file), candidate.name);
    return call;
  }

  async #which(file: string, candidates: readonly Candidate[]): Promise<Candidate | undefined> {
    const last = this.memory.get<string>(chosenKey(file));
    const items = candidates
      .map((candidate) => ({
        label: `${candidate.name}(${candidate.required.join(', ')})`,
        description: t('line {0}', candidate.line),
        candidate,
      }))
      .sort((a, b) => Number(b.candidate.name === last) - Number(a.candidate.name === last));
    const picked = await window.showQuickPick(items, {
      title: t('Which coroutine function should run?'),
      placeHolder: t('The code only defines functions and values.'),
    });
    return picked?.candidate;
  }

  async #arguments(file: string, { name, required, example }: Candidate): Promise<string | undefined> {
    const { blankIn } = await import('../../source/example-call');
    const key = `call ${file} ${name}`;
    const value = this.memory.get<string>(key) ?? example.text;
    const call = await window.showInputBox({
      title: t('How should {0} be called?', name),
      prompt: t('It needs values for: {0}', required.join(', ')),
      value,
      valueSelection: [name.length + 1, value.length - 1],
      ignoreFocusOut: true,
      validateInput: (text) => whyNot(text, name, blankIn(text, example.blanks)),
    });
    if (call !== undefined) await this.memory.update(key, call);
    return call;
  }
}

function whyNot(text: string, name: string, blank: string | undefined): string | undefined {
  if (!isCall(text)) return t('This needs a call, like {0}.', `${name}("A", 2)`);
  return blank === undefined ? undefined : t('Replace {0} with a value.', blank);
}

const chosenKey = (file: string) => `function ${file}`;

function isCall(text: string): boolean {
  return /^\s*(await\s+)?[\p{L}_][\p{L}\p{N}_.]*\s*\(.*\)\s*$/su.test(text);
}
