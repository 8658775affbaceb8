/** `main.<locals>.worker` → `worker`, `Client.get` stays. */
export function shortName(qualname: string): string {
  return qualname.slice(qualname.lastIndexOf('<locals>.') + (qualname.includes('<locals>.') ? 9 : 1));
}
