import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Only this machine reaches it. */
export const HOST = '127.0.0.1';

/** What a request must have to be answered. 256 random bits: nobody guesses it, and whoever has the address has it. */
export class Token {
  readonly text = randomBytes(32).toString('base64url');
  readonly #digest = digestOf(this.text);

  /** Takes as long for a token that is nearly right as for any other. */
  is(text: string): boolean {
    return timingSafeEqual(digestOf(text), this.#digest);
  }
}

/** Of one length, whatever is compared. */
function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/**
 * Why a request is refused, as a status; undefined: it is not. What changes something is a `POST`, which has to come from the page itself.
 * @param port of the server
 */
export function refusal({ method, headers }: IncomingMessage, port: number): number | undefined {
  // A page of elsewhere whose name was made to lead here (DNS rebinding) asks under that name.
  if (headers.host !== `${HOST}:${port}`) return 421;
  // Browsers tell who asks. Opening the address is no page's doing.
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return 403;
  const own = headers.origin === `http://${HOST}:${port}`;
  if (headers.origin !== undefined && !own) return 403;
  if (method === 'POST') return own ? undefined : 403;
  return method === 'GET' ? undefined : 405;
}

/** Nothing but the panel's own files, its trace, and no frame around it. There is no header that lets other pages read it. */
export const HEADERS = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    'img-src data: blob:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};
