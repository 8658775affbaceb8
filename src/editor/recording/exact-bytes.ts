/**
 * Bytes to post to a webview: a plain `Uint8Array` that covers its whole buffer. Copies only if they are part of a
 * larger buffer, since VS Code would send all of that.
 */
export function exactBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = bytes;
  const whole = buffer instanceof ArrayBuffer && byteOffset === 0 && byteLength === buffer.byteLength;
  return whole ? new Uint8Array(buffer) : new Uint8Array(bytes);
}
