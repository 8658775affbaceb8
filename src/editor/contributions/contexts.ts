import { commands, type Disposable } from 'vscode';
import type { Recorded } from '../recording/recording';

/** Sets the context keys for `when` clauses of package.json: something has run, something is running, there is a timeline. */
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
