/**
 * The script of an exported page that runs first: it unpacks style and script, and puts them in. Plain text, since the page's policy
 * names its hash; nothing of a trace goes into it.
 */
export const LOADER = `
(async () => {
  const page = JSON.parse(document.getElementById('coroscope-page').textContent);
  const unpack = (text) => new Response(
    new Blob([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))]).stream().pipeThrough(new DecompressionStream('gzip'))
  ).text();
  const put = (name, text, into) => {
    const element = document.createElement(name);
    element.textContent = text;
    into.append(element);
  };
  try {
    const [style, script] = await Promise.all([unpack(page.style), unpack(page.script)]);
    put('style', style, document.head);
    document.getElementById('coroscope-wait').remove();
    put('script', script, document.head);
  } catch {
    const old = typeof DecompressionStream === 'undefined';
    document.getElementById('coroscope-wait').textContent = old ? page.trouble : page.damaged;
  }
})();
`;
