import { realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ConfigurationTarget, type QuickPickItem, QuickPickItemKind, ThemeIcon, window, workspace } from 'vscode';
import { readSettings } from '../../editor/engine/settings';
import { trusted } from '../../editor/engine/trust';
import { t } from '../../editor/words/translate';

interface Choice extends QuickPickItem {
  /** For a row that can be chosen: the settings to change, with their new values. */
  readonly set?: Readonly<Record<string, string | undefined>>;
  /** Ask for a file first. */
  readonly browse?: true;
}

/** Lets the user pick the Python that runs programs, and the clock. */
export async function selectEngine(): Promise<void> {
  if (!(await trusted())) return;
  const choice = await ask();
  const set = choice?.browse ? await browse() : choice?.set;
  if (!set) return;
  const settings = workspace.getConfiguration('coroscope');
  const target = workspace.workspaceFolders ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
  for (const [name, value] of Object.entries(set)) await settings.update(name, value, target);
}

function ask(): Promise<Choice | undefined> {
  const picker = window.createQuickPick<Choice>();
  picker.title = t('Which Python should run your programs?');
  picker.matchOnDescription = true;
  picker.items = choices([]);
  picker.busy = true;
  const gone = new AbortController();
  const asked = new Promise<Choice | undefined>((resolve) => {
    picker.onDidAccept(() => resolve(picker.selectedItems[0]));
    picker.onDidHide(() => resolve(undefined));
  });
  picker.show();
  interpreters((found) => {
    if (gone.signal.aborted) return;
    const [active] = picker.activeItems;
    picker.items = choices(found);
    // Add new rows below, and keep the active item.
    picker.activeItems = picker.items.filter(({ label, description }) => {
      return label === active?.label && description === active?.description;
    });
  }, gone.signal).finally(() => {
    if (!gone.signal.aborted) picker.busy = false;
  });
  return asked.finally(() => {
    gone.abort();
    picker.dispose();
  });
}

/** Finds interpreters and asks each for its version. */
async function interpreters(found: (all: Choice[]) => void, gone: AbortSignal): Promise<void> {
  const [{ candidates }, { probe }] = await Promise.all([
    import('../../engines/interpreter/discovery'),
    import('../../engines/interpreter/probe'),
  ]);
  const folder = workspace.workspaceFolders?.[0]?.uri.fsPath ?? process.cwd();
  const all: Choice[] = [];
  const known = new Set<string>();
  for (const { command, args } of candidates({ env: process.env, platform: process.platform, folder })) {
    if (gone.aborted) return;
    const result = await probe(command, process.env, args);
    if (result.kind !== 'good') continue;
    const path = result.interpreter.command;
    const same = await identity(path);
    if (known.has(same)) continue;
    known.add(same);
    const label = `Python ${result.interpreter.version}`;
    all.push({ label, description: path, set: { engine: 'interpreter', pythonPath: path } });
    found(all);
  }
}

/**
 * The same for all names of one interpreter in its folder (`python3`, `python3.12`). A virtual environment has a link to
 * another's executable, and libraries of its own: the folder counts.
 */
async function identity(path: string): Promise<string> {
  try {
    return JSON.stringify(await Promise.all([realpath(dirname(path)), realpath(path)]));
  } catch {
    return path;
  }
}

function choices(found: readonly Choice[]): Choice[] {
  const { engine, pythonPath, clock } = readSettings(undefined);
  const check = (isChosen: boolean) => new ThemeIcon(isChosen ? 'check' : 'blank');
  const separator = (label: string): Choice => ({ label, kind: QuickPickItemKind.Separator });
  const clockChoice = (value: string | undefined, label: string, detail: string): Choice => ({
    label,
    description: detail,
    iconPath: check(clock === value),
    set: { clock: value },
  });
  return [
    separator(t('Python')),
    {
      label: t('Automatic'),
      description: t('the embedded Python if it can run the program, otherwise an interpreter'),
      iconPath: check(engine === 'auto'),
      set: { engine: undefined, pythonPath: undefined },
    },
    {
      label: t('Embedded Python'),
      description: t('for snippets, not for hostile code: no files, processes or network'),
      iconPath: check(engine === 'embedded'),
      set: { engine: 'embedded' },
    },
    ...found.map((choice) => ({
      ...choice,
      iconPath: check(engine === 'interpreter' && pythonPath === choice.description),
    })),
    { label: t('Another interpreter…'), iconPath: new ThemeIcon('folder-opened'), browse: true },
    separator(t('Clock')),
    clockChoice(undefined, t('Automatic clock'), t('virtual in the embedded Python, real on an interpreter')),
    clockChoice('virtual', t('Virtual clock'), t('waiting costs no time')),
    clockChoice('real', t('Real clock'), t('needs an interpreter')),
  ];
}

async function browse(): Promise<Choice['set']> {
  const [uri] = (await window.showOpenDialog({ canSelectMany: false, openLabel: t('Use This Interpreter') })) ?? [];
  return uri && { engine: 'interpreter', pythonPath: uri.fsPath };
}
