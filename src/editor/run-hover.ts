import { ColorThemeKind, type Event, MarkdownString, type TextDocument, window } from 'vscode';
import type { AwaitSite, Place } from '../core/explain';
import { type LineRun, lineRun } from '../core/explain-run';
import { explainRun } from '../core/explain-run-words';
import { sitesAt } from '../core/layout-lines';
import type { Timeline } from '../core/model';
import { paletteOf, type ThemeKind } from '../core/palette';
import { visitPicture } from '../core/visit-picture';
import { visitsOf } from '../core/visits';
import type { FollowedLines } from '../source/followed-lines';
import type { Recorded } from './recording';
import type { RunTexts } from './run-texts';
import { t } from './translate';
import { type VisitLinks, visitCommands } from './visit-links';

/** What an await did in the last run, and how far that still holds. */
export interface SiteRun {
  readonly timeline: Timeline;
  /** Undefined: the line is not what it was. */
  readonly run: LineRun | undefined;
  /** The document is not what it was. */
  readonly changed: boolean;
}

/** Looks up what places of a document did in the last run. */
export class SiteRuns {
  readonly onDidChange: Event<unknown>;

  constructor(
    private readonly recorded: Recorded,
    private readonly texts: RunTexts,
  ) {
    this.onDidChange = recorded.onDidChange;
  }

  /** @param site in places of the document as it is now. Nothing: no run has to do with it. */
  async of(document: TextDocument, site: AwaitSite): Promise<SiteRun | undefined> {
    const timeline = this.timeline();
    if (!timeline || !site.allowed) return undefined;
    const text = await this.texts.of(document);
    if (!text || !timeline.sites.some((frame) => frame?.code.user && frame.code.file === text.file)) return undefined;
    const { lines, file } = text;
    const then = lines && siteBefore(document, lines, site);
    const run = then && lineRun(timeline, file, then);
    return { timeline, run, changed: !lines?.isSame(document.getText()) };
  }

  /** The visits of the line at the cursor. */
  async atCursor(): Promise<Uint32Array | undefined> {
    const editor = window.activeTextEditor;
    const timeline = this.timeline();
    if (!editor || !timeline) return undefined;
    const text = await this.texts.of(editor.document);
    if (!text?.lines) return undefined;
    const { line } = editor.selection.active;
    const then = text.lines.before(line + 1, editor.document.lineAt(line).text);
    const here = then === undefined ? undefined : sitesAt(timeline, text.file, then);
    return here && visitsOf(timeline).among(here);
  }

  timeline(): Timeline | undefined {
    try {
      return this.recorded.timeline();
    } catch {
      // The panel says what is wrong with the trace.
      return undefined;
    }
  }
}

/** The site where it stood when the program ran; nothing if any of its lines said something else. */
function siteBefore(document: TextDocument, lines: FollowedLines, site: AwaitSite): AwaitSite | undefined {
  const { start, end } = site.range;
  const shifts = new Map<number, number>();
  for (let line = start.line; line <= end.line; line++) {
    const then = lines.before(line, document.lineAt(line - 1).text);
    if (then === undefined) return undefined;
    shifts.set(line, then);
  }
  const moved = (place: Place) => ({ ...place, line: shifts.get(place.line) ?? place.line });
  return { ...site, range: { start: moved(start), end: moved(end) }, except: site.except.map(moved) };
}

/** The part of a hover that tells of the run: words, a picture, and links into the timeline. */
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
      const data = Buffer.from(svg).toString('base64');
      const alt = t('Timeline of this line');
      shown.appendMarkdown(`\n\n![${alt}](data:image/svg+xml;base64,${data}|width=${width},height=${height})`);
    }
    shown.appendMarkdown(`\n\n${linkTexts(links.add(timeline, run.visits), run.visits.length).join(' | ')}`);
  }
  if (changed) shown.appendMarkdown(`\n\n*${t('The file has changed since the last run.')}*`);
  return [shown];
}

function linkTexts(number: number, visits: number): string[] {
  const [show, previous, next] = visitCommands;
  const link = (text: string, command: string) =>
    `[${text}](command:${command}?${encodeURIComponent(JSON.stringify([number]))})`;
  const first = link(t('Show in Timeline'), show);
  return visits === 1 ? [first] : [first, link(t('Previous Visit'), previous), link(t('Next Visit'), next)];
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
