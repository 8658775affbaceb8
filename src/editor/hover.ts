import {
  type CancellationToken,
  Hover,
  type HoverProvider,
  MarkdownString,
  type Position,
  type TextDocument,
} from 'vscode';
import type { AwaitSite } from '../core/explain';
import { type CallSite, explainCall } from '../core/explain-call';
import { type LineRun, lineRun, sameFile } from '../core/explain-run';
import { explainRun } from '../core/explain-run-words';
import { explainSite } from '../core/explain-site';
import { pathOf } from './program';
import { type PythonPart, pythonParts } from './python-parts';
import type { Recorded } from './recording';
import { t } from './translate';

/** Loaded with the first hover over a Python file: the parser is no part of starting the editor. */
const source = async () => ({
  ...(await import('../source/await-sites')),
  ...(await import('../source/call-sites')),
  ...(await import('../source/line-map')),
});

interface Sites {
  readonly part: PythonPart;
  readonly sites: AwaitSite[];
  readonly calls: CallSite[];
}

/** Explains `await`, `async for`, `async with`, `async def` and what else makes tasks and coroutines; after a run, with what the line did. */
export class AwaitHover implements HoverProvider {
  /** Sites by document version: one document, the one under the mouse. */
  #read: { document: TextDocument; version: number; parts: readonly Sites[] } | undefined;

  constructor(private readonly recorded: Recorded) {}

  async provideHover(document: TextDocument, position: Position, token: CancellationToken): Promise<Hover | undefined> {
    // Most hovers are over other things: a look at the words of the file spares them the parser.
    if (!/\b(await|async)\b/.test(document.getText())) return undefined;
    const { siteAt, callAt } = await source();
    if (token.isCancellationRequested) return undefined;
    for (const { part, sites, calls } of await this.#sitesOf(document)) {
      const at = part.place(position);
      if (!at) continue;
      const site = siteAt(sites, at);
      if (site) {
        // Where the columns of a note's block are not the note's, what was recorded stands elsewhere.
        const run = part.plain ? await this.#lastRun(document, site) : [];
        const range = part.range(site.keyword).union(part.range(site.expression));
        return new Hover([explainSite(site, t).join(' '), ...run].map(markdown), range);
      }
      const call = callAt(calls, at);
      const words = call ? explainCall(call, t) : [];
      if (words.length > 0) return new Hover(markdown(words.join(' ')), part.range(call!.range));
    }
    return undefined;
  }

  async #sitesOf(document: TextDocument): Promise<readonly Sites[]> {
    const known = this.#read;
    if (known?.document === document && known.version === document.version) return known.parts;
    const { awaitSites, callSites } = await source();
    const { version } = document;
    const parts = (await pythonParts(document)).map((part) => ({
      part,
      sites: awaitSites(part.text),
      calls: callSites(part.text),
    }));
    this.#read = { document, version, parts };
    return parts;
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
