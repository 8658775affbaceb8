/**
 * The script of an exported page that runs first: it unpacks style and script, and puts them in. Plain text, since the page's policy
 * names its hash; nothing of a trace goes into it.
 */
export const LOADER = `
(async () => {
  const page = JSON.parse(document.getElementById('coroscope-page').textContent);
  const unpack = (text) => {
    const number = (at) => {
      let sum = 0;
      for (let i = at; i < at + 5; i++) {
        const code = text.charCodeAt(i);
        sum = sum * 85 + (code === 125 ? 92 : code === 126 ? 60 : code) - 40;
      }
      return sum;
    };
    const bytes = new Uint8Array((text.length / 5 - 1) * 4);
    const view = new DataView(bytes.buffer);
    for (let at = 5; at < text.length; at += 5) view.setUint32((at / 5 - 1) * 4, number(at));
    const packed = new Blob([bytes.subarray(0, number(0))]);
    return new Response(packed.stream().pipeThrough(new DecompressionStream('gzip'))).text();
  };
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
