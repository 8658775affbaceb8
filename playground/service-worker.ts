/** Keeps all files of the playground, so that it opens without a network. Their list, and a hash of them all, are put in by the build. */

export type {};

declare const FILES: readonly string[];
declare const VERSION: string;

interface Extendable {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Extendable {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
const scope = self as unknown as {
  addEventListener(type: 'install' | 'activate', listener: (event: Extendable) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
};
const name = `coroscope-playground-${VERSION}`;

scope.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(name)
      .then((cache) => cache.addAll([...FILES]))
      .then(() => scope.skipWaiting()),
  );
});

scope.addEventListener('activate', (event) => {
  const older = async () => {
    const names = await caches.keys();
    await Promise.all(
      names
        .filter((each) => each.startsWith('coroscope-playground-') && each !== name)
        .map((each) => caches.delete(each)),
    );
    await scope.clients.claim();
  };
  event.waitUntil(older());
});

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(new URL('./', location.href).href)) return;
  event.respondWith(
    caches
      .open(name)
      .then((cache) => cache.match(request, { ignoreSearch: true }))
      .then((kept) => kept ?? fetch(request)),
  );
});
