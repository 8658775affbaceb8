import { Uri, type Webview } from 'vscode';

/** The HTML of a webview: the Content Security Policy only allows the bundle, with a nonce. */
export function page(webview: Webview, assets: Uri, language: string): string {
  // The global `crypto`: importing Node's module would slow down activation.
  const nonce = crypto.randomUUID().replaceAll('-', '');
  const at = (name: string) => webview.asWebviewUri(Uri.joinPath(assets, 'webview', name)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${language.replace(/[^\w-]/g, '')}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${at('main.css')}">
<title>Coroscope</title>
</head>
<body>
<script nonce="${nonce}" src="${at('main.js')}"></script>
</body>
</html>
`;
}
