import { type Disposable, type LanguageStatusItem, LanguageStatusSeverity, languages, workspace } from 'vscode';
import { formatCount } from '../../core/units';
import type { Recorded } from '../recording/recording';
import { t } from '../words/translate';
import { readSettings } from './settings';

const WHERE = [
  { language: 'python' },
  { language: 'markdown' },
  { language: 'python', notebookType: 'jupyter-notebook' },
];
const CHOICE = ['coroscope.engine', 'coroscope.pythonPath', 'coroscope.clock'];

/** Language status items: which Python runs programs, on which clock and with which limits; and why the last run failed. */
export function engineStatus(recorded: Recorded): Disposable {
  const engine = made('coroscope.engine', 'Coroscope');
  const limits = made('coroscope.limits', t('Coroscope limits'));
  limits.detail = 'Coroscope';
  limits.command = { command: 'workbench.action.openSettings', title: t('Change'), arguments: ['coroscope.limits'] };
  /** Show the last run rather than the settings, until those change. */
  let ran = false;
  let told = '';
  const show = () => {
    const entry = engineEntry(recorded, ran);
    const text = limitsText();
    // Live mode reports a run with every keystroke: skip updates without a change.
    const now = JSON.stringify([entry, text]);
    if (now === told) return;
    told = now;
    Object.assign(engine, entry);
    limits.text = text;
  };
  show();
  const subscriptions = [
    engine,
    limits,
    recorded.onDidFollow(({ status }) => {
      ran = status.state !== 'empty';
      show();
    }),
    workspace.onDidChangeConfiguration((change) => {
      if (!change.affectsConfiguration('coroscope')) return;
      if (CHOICE.some((name) => change.affectsConfiguration(name))) ran = false;
      show();
    }),
    workspace.onDidGrantWorkspaceTrust(show),
  ];
  return { dispose: () => subscriptions.forEach((each) => void each.dispose()) };
}

function made(id: string, name: string): LanguageStatusItem {
  const item = languages.createLanguageStatusItem(id, WHERE);
  item.name = name;
  return item;
}

type Entry = Pick<LanguageStatusItem, 'severity' | 'busy' | 'command' | 'detail' | 'text'>;

function engineEntry(recorded: Recorded, ran: boolean): Entry {
  const { status } = recorded.current;
  const entry = {
    severity: LanguageStatusSeverity.Information,
    busy: status.state === 'running',
    command: { command: 'coroscope.selectEngine', title: t('Change') },
    // A short name: a longer one would push the link out of the popup.
    detail: 'Coroscope',
  };
  if (!workspace.isTrusted)
    return {
      ...entry,
      text: t('Restricted Mode: Coroscope does not run programs'),
      detail: t('hover and saved traces only: the workspace is not trusted'),
      command: { command: 'workbench.trust.manage', title: t('Manage Workspace Trust') },
    };
  if (ran && status.state === 'failed')
    return {
      ...entry,
      text: t('Coroscope could not run {0}', status.program),
      detail: status.message,
      severity: LanguageStatusSeverity.Error,
      command: { command: 'coroscope.showOutput', title: t('Show Output') },
    };
  if (ran && status.state === 'running') return { ...entry, text: status.engine || t('Running {0}', status.program) };
  if (ran && status.state === 'done' && status.engine)
    return { ...entry, text: [status.engine, clockOf(recorded)].filter(Boolean).join(' · ') };
  return { ...entry, text: settingsText() };
}

/** Of the run that is shown. */
function clockOf(recorded: Recorded): string {
  try {
    const clock = recorded.timeline()?.meta.clock;
    return clock === undefined ? '' : clock === 'virtual' ? t('virtual clock') : t('real clock');
  } catch {
    // The panel says what is wrong with the trace.
    return '';
  }
}

function settingsText(): string {
  const { engine, pythonPath, clock } = readSettings(undefined);
  const clocks = { virtual: t('virtual clock'), real: t('real clock') };
  const engines = {
    auto: t('Coroscope chooses the Python'),
    embedded: t('embedded Python'),
    interpreter: pythonPath || t('interpreter'),
  };
  return [engines[engine], clock ? clocks[clock] : ''].filter(Boolean).join(' · ');
}

function limitsText(): string {
  const { steps, wallTime } = readSettings(undefined).limits;
  const parts = [
    ...(steps === undefined ? [] : [steps === 0 ? t('any number of steps') : t('up to {0} steps', formatCount(steps))]),
    ...(wallTime === undefined ? [] : [wallTime === 0 ? t('any time') : t('{0} s', wallTime)]),
  ];
  // Without a setting, it depends on the engine of a program.
  return parts.length > 0 ? parts.join(', ') : t('default limits');
}
