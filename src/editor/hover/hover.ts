import { type CancellationToken, Hover, type HoverProvider, type Position, type TextDocument } from 'vscode';
import type { SiteRuns } from '../lines/site-runs';
import { explained } from '../words/docs';
import { t } from '../words/translate';
import { type AwaitParts, inDocument, placeOf } from './await-parts';
import type { VisitLinks } from './visit-links';

/** Loaded with the first hover over a Python file, since parser and explanations must not slow down activation. */
const parts = () => import('./hover-parts');

/** Hovers for `await`, `async for`, `async with`, `async def` and calls that create tasks or coroutines; after a run, with what the line did. */
export class AwaitHover implements HoverProvider {
  constructor(
    private readonly awaits: AwaitParts,
    private readonly runs: SiteRuns,
    private readonly links: VisitLinks,
  ) {}

  async provideHover(document: TextDocument, position: Position, token: CancellationToken): Promise<Hover | undefined> {
    // Most hovers are over other things: a text search avoids the parser. Cells may use names from other cells.
    const isCell = document.uri.scheme === 'vscode-notebook-cell';
    if (!isCell && !/\b(await|async|asyncio)\b/.test(document.getText())) return undefined;
    const { siteAt, callAt, explainSite, explainCall, topicOfSite, topicOfCall, runMarkdown, callMarkdown } =
      await parts();
    if (token.isCancellationRequested) return undefined;
    for (const { part, sites, calls } of await this.awaits.of(document)) {
      const at = part.place(position);
      if (!at) continue;
      const site = siteAt(sites, at);
      if (site) {
        const run = await this.runs.of(document, inDocument(part, site));
        const range = part.range(site.keyword).union(part.range(site.expression));
        return new Hover(
          [explained(explainSite(site, t), topicOfSite(site)), ...(run ? runMarkdown(run, this.links) : [])],
          range,
        );
      }
      const call = callAt(calls, at);
      const words = call ? explainCall(call, t) : [];
      if (!call || words.length === 0) continue;
      const range = part.range(call.range);
      const run = await this.runs.ofCall(document, call, placeOf(range.start));
      return new Hover([explained(words, topicOfCall(call)), ...(run ? callMarkdown(run, this.links) : [])], range);
    }
    return undefined;
  }
}
