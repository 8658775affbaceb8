/** Characters that a call can take as its arguments. */
const PIECE = 0x8000;

/** For what is small; Node's own is faster. */
export function base64(bytes: Uint8Array): string {
  let letters = '';
  for (let at = 0; at < bytes.length; at += PIECE) letters += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(letters);
}
