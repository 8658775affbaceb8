import { ColorThemeKind, MarkdownString, window } from 'vscode';
import { explainRun } from '../../core/explain/run-words';
import { visitPicture } from '../../core/explain/visit-picture';
import { paletteOf, type ThemeKind } from '../../core/palette';
import { base64 } from '../../export/base64';
import type { CallRun, SiteRun } from '../lines/site-runs';
import { t } from '../words/translate';
import { type VisitLinks, visitCommands } from './visit-links';

/** The part of a hover about the last run: words, a picture, and links into the timeline. */
export function runMarkdown({ timeline, run, changed }: SiteRun, links: VisitLinks): MarkdownString[] {
  const stale = t('The code has changed since the last run.');
  if (!run) return [new MarkdownString(`*${stale}*`)];
  const shown = new MarkdownString();
  shown.isTrusted = { enabledCommands: visitCommands };
  shown.appendMarkdown(`**${t('Last run')}** — ${explainRun(run, t).join(' ')}`);
  if (run.visits.length > 0) {
    const picture = visitPicture(timeline, run.visits, paletteOf(themeKind()));
    if (picture) {
      const { svg, width, height } = picture;
      const data = base64(new TextEncoder().encode(svg));
      const alt = t('Timeline of this line');
      shown.appendMarkdown(`\n\n![${alt}](data:image/svg+xml;base64,${data}|width=${width},height=${height})`);
    }
    shown.appendMarkdown(`\n\n${linkTexts(links.add(timeline, run.visits), run.visits.length).join(' | ')}`);
  }
  if (changed) shown.appendMarkdown(`\n\n*${t('The file has changed since the last run.')}*`);
  return [shown];
}

/** The same for a call that creates tasks, or for a definition. */
export function callMarkdown({ timeline, words, rows, changed }: CallRun, links: VisitLinks): MarkdownString[] {
  if (!words) return [new MarkdownString(`*${t('The code has changed since the last run.')}*`)];
  const shown = new MarkdownString();
  shown.isTrusted = { enabledCommands: visitCommands };
  shown.appendMarkdown(`**${t('Last run')}** — ${words.join(' ')}`);
  if (rows.length > 0) {
    const [show, previous, next] = linkTexts(links.add(timeline, rows), rows.length, [
      t('Previous Task'),
      t('Next Task'),
    ]);
    shown.appendMarkdown(`\n\n${[show, previous, next].filter(Boolean).join(' | ')}`);
  }
  if (changed) shown.appendMarkdown(`\n\n*${t('The file has changed since the last run.')}*`);
  return [shown];
}

function linkTexts(number: number, visits: number, words = [t('Previous Stop'), t('Next Stop')]): string[] {
  const [show, previous, next] = visitCommands;
  const link = (text: string, command: string) =>
    `[${text}](command:${command}?${encodeURIComponent(JSON.stringify([number]))})`;
  const first = link(t('Show in Timeline'), show);
  return visits === 1 ? [first] : [first, link(words[0], previous), link(words[1], next)];
}

function themeKind(): ThemeKind {
  switch (window.activeColorTheme.kind) {
    case ColorThemeKind.Light:
      return 'light';
    case ColorThemeKind.HighContrast:
      return 'high-contrast';
    case ColorThemeKind.HighContrastLight:
      return 'high-contrast-light';
    default:
      return 'dark';
  }
}
