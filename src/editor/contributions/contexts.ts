import { commands, type Disposable } from 'vscode';
import type { Recorded } from '../recording/recording';

/** Keeps the `when` clauses of package.json told: has one run, is one running, is there a timeline. */
export function contexts(recorded: Recorded): Disposable {
  const known = new Map<string, boolean>();
  const set = (name: string, value: boolean) => {
    if (known.get(name) === value) return;
    known.set(name, value);
    commands.executeCommand('setContext', `coroscope.${name}`, value);
  };
  return recorded.onDidChange(({ status, trace }) => {
    set('ran', status.state !== 'empty');
    set('running', status.state === 'running');
    set('hasTimeline', trace !== undefined);
  });
}
