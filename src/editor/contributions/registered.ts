import { commands, type Disposable } from 'vscode';

/** Command handlers by their names, without the `coroscope.` prefix. */
export type Actions<Name extends string> = Readonly<Record<Name, (...args: never[]) => unknown>>;

/** Registers commands whose code is loaded with the first use of one of them. */
export function registered<Name extends string>(
  names: readonly Name[],
  load: () => Promise<Actions<Name>>,
): Disposable[] {
  let loaded: Promise<Actions<Name>> | undefined;
  return names.map((name) =>
    commands.registerCommand(`coroscope.${name}`, async (...args) => {
      loaded ??= load();
      return (await loaded)[name](...(args as never[]));
    }),
  );
}
