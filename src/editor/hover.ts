import {
  type CancellationToken,
  Hover,
  type HoverProvider,
  MarkdownString,
  Position,
  Range,
  type TextDocument,
} from 'vscode';
import type { AwaitSite, Range as SourceRange } from '../core/explain';
import { type CallSite, explainCall } from '../core/explain-call';
import { type LineRun, lineRun, sameFile } from '../core/explain-run';
import { explainRun } from '../core/explain-run-words';
import { explainSite } from '../core/explain-site';
import { pathOf } from './program';
import type { Recorded } from './recording';
import { t } from './translate';

/** Loaded with the first hover over a Python file: the parser is no part of starting the editor. */
const source = async () => ({
  ...(await import('../source/await-sites')),
  ...(await import('../source/call-sites')),
  ...(await import('../source/line-map')),
});

/** Explains `await`, `async for`, `async with`, `async def` and what else makes tasks and coroutines; after a run, with what the line did. */
export class AwaitHover implements HoverProvider {
  /** Sites by document version: one document, the one under the mouse. */
  #read: { document: TextDocument; version: number; sites: AwaitSite[]; calls: CallSite[] } | undefined;

  constructor(private readonly recorded: Recorded) {}

  async provideHover(document: TextDocument, position: Position, token: CancellationToken): Promise<Hover | undefined> {
    // Most hovers are over other things: a look at the words of the file spares them the parser.
    if (!/\b(await|async)\b/.test(document.getText())) return undefined;
    const { siteAt, callAt } = await source();
    if (token.isCancellationRequested) return undefined;
    const { sites, calls } = await this.#sitesOf(document);
    const at = { line: position.line + 1, column: position.character };
    const site = siteAt(sites, at);
    if (!site) {
      const call = callAt(calls, at);
      const words = call ? explainCall(call, t) : [];
      return words.length > 0 ? new Hover(markdown(words.join(' ')), toRange(call!.range)) : undefined;
    }
    const parts = [explainSite(site, t).join(' '), ...(await this.#lastRun(document, site))];
    return new Hover(parts.map(markdown), toRange(site.keyword).union(toRange(site.expression)));
  }

  async #sitesOf(document: TextDocument): Promise<{ sites: AwaitSite[]; calls: CallSite[] }> {
    const known = this.#read;
    if (known?.document === document && known.version === document.version) return known;
    const { awaitSites, callSites } = await source();
    const text = document.getText();
    this.#read = { document, version: document.version, sites: awaitSites(text), calls: callSites(text) };
    return this.#read;
  }

  async #lastRun(document: TextDocument, site: AwaitSite): Promise<string[]> {
    const { file, source: text } = this.recorded.current;
    if (!site.allowed || !file || !sameFile(pathOf(document), file)) return [];
    const { lineMap } = await source();
    const before = lineMap(text ?? document.getText(), document.getText());
    const shift = before(site.range.start.line);
    const stale = t('The file has changed since the last run.');
    if (shift === undefined || before(site.range.end.line) === undefined) return [stale];
    const run = this.#measure(file, moved(site, shift - site.range.start.line));
    if (!run) return [];
    const words = [`**${t('Last run')}**`, explainRun(run, t).join(' ')].join(' — ');
    const link = run.suspensions > 0 ? ` [${t('Show in Timeline')}](${commandLink(run.longestTask, shift)})` : '';
    const isStale = text !== undefined && text !== document.getText();
    return [words + link, ...(isStale ? [`*${stale}*`] : [])];
  }

  #measure(file: string, site: AwaitSite): LineRun | undefined {
    try {
      const timeline = this.recorded.timeline();
      return timeline && lineRun(timeline, file, site);
    } catch {
      return undefined;
    }
  }
}

function commandLink(task: number, line: number): string {
  return `command:coroscope.showInTimeline?${encodeURIComponent(JSON.stringify([task, line]))}`;
}

function markdown(text: string): MarkdownString {
  const shown = new MarkdownString(text);
  shown.isTrusted = { enabledCommands: ['coroscope.showInTimeline'] };
  return shown;
}

function moved(site: AwaitSite, lines: number): AwaitSite {
  const place = <P extends { readonly line: number }>(at: P): P => ({ ...at, line: at.line + lines });
  const { start, end } = site.range;
  return { ...site, range: { start: place(start), end: place(end) }, except: site.except.map(place) };
}

function toRange({ start, end }: SourceRange): Range {
  return new Range(new Position(start.line - 1, start.column), new Position(end.line - 1, end.column));
}
