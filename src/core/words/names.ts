/** What a group of alike tasks is called: the route of requests, or what they run. */
export function groupName({
  coroutine,
  route,
}: {
  readonly coroutine: string;
  readonly route?: string | undefined;
}): string {
  return route ?? `${shortName(coroutine)}()`;
}

/** `main.<locals>.worker` → `worker`, `Client.get` stays. */
export function shortName(qualname: string): string {
  return qualname.slice(qualname.lastIndexOf('<locals>.') + (qualname.includes('<locals>.') ? 9 : 1));
}
