import { type Disposable, type LanguageStatusItem, LanguageStatusSeverity, languages, workspace } from 'vscode';
import { formatCount } from '../core/units';
import type { Recorded } from './recording';
import { readSettings } from './settings';
import { t } from './translate';

const WHERE = [
  { language: 'python' },
  { language: 'markdown' },
  { language: 'python', notebookType: 'jupyter-notebook' },
];
const CHOICE = ['coroscope.engine', 'coroscope.pythonPath', 'coroscope.clock'];

/** The entries in the status of the language: which Python runs programs, on which clock and up to where; and why the last one failed. */
export function engineStatus(recorded: Recorded): Disposable {
  const engine = made('coroscope.engine', 'Coroscope');
  const limits = made('coroscope.limits', t('Coroscope limits'));
  limits.detail = 'Coroscope';
  limits.command = { command: 'workbench.action.openSettings', title: t('Change'), arguments: ['coroscope.limits'] };
  /** What ran last says more than the settings, until those are changed. */
  let ran = false;
  const show = () => {
    showEngine(engine, recorded, ran);
    limits.text = limitsText();
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

function showEngine(item: LanguageStatusItem, recorded: Recorded, ran: boolean): void {
  const { status } = recorded.current;
  item.severity = LanguageStatusSeverity.Information;
  item.busy = status.state === 'running';
  item.command = { command: 'coroscope.selectEngine', title: t('Change') };
  // Whose entry it is; more than that would push the link out of the popup.
  item.detail = 'Coroscope';
  if (!workspace.isTrusted) {
    item.text = t('Coroscope runs nothing here');
    item.detail = t('hover and saved traces only: the workspace is not trusted');
    item.command = { command: 'workbench.trust.manage', title: t('Manage Workspace Trust') };
  } else if (ran && status.state === 'failed') {
    item.text = t('Coroscope could not run {0}', status.program);
    item.detail = status.message;
    item.severity = LanguageStatusSeverity.Error;
    item.command = { command: 'coroscope.showOutput', title: t('Show Output') };
  } else if (ran && status.state === 'running') item.text = status.engine || t('Running {0}', status.program);
  else if (ran && status.state === 'done' && status.engine) {
    item.text = [status.engine, clockOf(recorded)].filter(Boolean).join(' · ');
  } else item.text = settingsText();
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
  const time = wallTime === 0 ? t('any time') : t('{0} s', wallTime);
  return t('up to {0} steps, {1}', formatCount(steps), time);
}
