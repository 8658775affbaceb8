/** The code in a link: `#code=`, zlib's format in base64 with `-` and `_`, so that Python's `zlib` and `base64` write it too. */

/** @returns the part of the address behind `#` */
export async function linkOf(code: string): Promise<string> {
  const bytes = await through(new TextEncoder().encode(code), new CompressionStream('deflate'));
  let letters = '';
  for (const byte of bytes) letters += String.fromCharCode(byte);
  return `code=${btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
}

/** @returns undefined if the address carries no code that can be read */
export async function codeIn(hash: string): Promise<string | undefined> {
  const packed = /(?:^#|&)code=([\w-]+)/.exec(hash)?.[1];
  if (packed === undefined) return undefined;
  try {
    const letters = atob(packed.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(await through(bytes, new DecompressionStream('deflate')));
  } catch {
    return undefined;
  }
}

async function through(bytes: Uint8Array<ArrayBuffer>, stream: GenericTransformStream): Promise<Uint8Array> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
}
