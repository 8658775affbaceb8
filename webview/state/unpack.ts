/** The bytes of pieces that were packed by `src/export/pack.ts`: gzip, as base64. @throws if one of them is none */
export async function unpacked(pieces: readonly string[]): Promise<Uint8Array> {
  const parts = await Promise.all(pieces.map(unpackedPiece));
  const whole = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(new Uint8Array(part), at);
    at += part.byteLength;
  }
  return whole;
}

function unpackedPiece(piece: string): Promise<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(piece), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
}
