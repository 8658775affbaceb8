import { type ExtensionContext, env, Uri, workspace } from 'vscode';

/**
 * The whole catalogue of `l10n.t`, for webviews, which cannot call it.
 * Empty where the display language is English or has no catalogue.
 */
export class Catalogue {
  #words: Promise<Record<string, string>> | undefined;

  constructor(private readonly context: ExtensionContext) {}

  words(): Promise<Record<string, string>> {
    this.#words ??= this.#read();
    return this.#words;
  }

  async #read(): Promise<Record<string, string>> {
    const name = `bundle.l10n.${env.language.split('-')[0]}.json`;
    try {
      const bytes = await workspace.fs.readFile(Uri.joinPath(this.context.extensionUri, 'l10n', name));
      return JSON.parse(new TextDecoder().decode(bytes));
    } catch {
      return {};
    }
  }
}
