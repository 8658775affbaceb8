import { commands, type Disposable, env, MarkdownString, Uri } from 'vscode';
import { t } from './translate';

const COMMAND = 'coroscope.explain';

/** A command that opens the page about async and await at a heading. */
export function explaining(folder: Uri): Disposable {
  return commands.registerCommand(COMMAND, async (topic: unknown) => {
    const name = env.language.startsWith('ko') ? 'asyncio.ko.md' : 'asyncio.md';
    const fragment = typeof topic === 'string' ? topic : '';
    await commands.executeCommand('markdown.showPreview', Uri.joinPath(folder, name).with({ fragment }));
  });
}

/** An explanation with a link to the page. @param topic a heading of the page, as a fragment */
export function explained(sentences: readonly string[], topic: string): MarkdownString {
  const link = `command:${COMMAND}?${encodeURIComponent(JSON.stringify([topic]))}`;
  const text = new MarkdownString(`${sentences.join(' ')} [${t('More')}](${link})`);
  text.isTrusted = { enabledCommands: [COMMAND] };
  return text;
}
