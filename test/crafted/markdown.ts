/** What VS Code makes of tree items and Markdown, as far as it matters who wrote a text. */

export class TreeItem {
  constructor(
    public label: string,
    public collapsibleState?: unknown,
  ) {}
}

export class MarkdownString {
  constructor(public value = '') {}

  appendMarkdown(markdown: string): this {
    this.value += markdown;
    return this;
  }

  /** As VS Code does it. */
  appendText(text: string): this {
    this.value += text
      .replace(/[\\`*_{}[\]()#+\-!~]/g, '\\$&')
      .replace(/>/gm, '\\>')
      .replace(/\n/g, '\n\n');
    return this;
  }
}

/** Links, pictures and elements that a Markdown text would be shown with: those in code, and those that are escaped, are text. */
export function linksIn(markdown: string): string[] {
  const text = markdown.replace(/\\[\\`*_{}[\]()#+\-!~<>]/g, '').replace(/(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, '');
  return [...text.matchAll(/\]\([^)]*\)|<\/?[a-z][^>]*>/gi)].map(([found]) => found);
}
