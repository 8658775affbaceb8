import { createRequire, syncBuiltinESMExports } from 'node:module';

/**
 * Blocks what Node's permission model leaves open: the network (before version 25), and signals to other
 * processes. With the model on `process.binding` is denied, and what is closed here is the only other way to them.
 *
 * HTTP, TLS, `fetch` and WebSockets all connect and listen through `node:net`, so they need not be loaded to be closed: that took 0.2 s
 * of each start. For the same reason the modules are required rather than imported: an import reads all that a module exports, and some
 * of that is loaded only then.
 */
export function restrictNode(): void {
  const require = createRequire(import.meta.url);
  const net = require('node:net');
  const dgram = require('node:dgram');
  const dns = require('node:dns');
  refuseAll(process, ['kill', '_kill', '_debugProcess', '_linkedBinding']);
  refuseAll(net.Socket.prototype, ['connect']);
  refuseAll(net.Server.prototype, ['listen']);
  refuseAll(dgram.Socket.prototype, ['bind', 'connect', 'send']);
  for (const module of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype])
    refuseAll(
      module,
      Object.getOwnPropertyNames(module).filter((name) => /^(lookup|resolve|reverse)/.test(name)),
    );
  refuseAll(net, ['connect', 'createConnection', 'createServer']);
  refuseAll(require('node:inspector'), ['open']);
  refuseAll(globalThis, ['fetch', 'WebSocket', 'EventSource']);
  syncBuiltinESMExports();
}

function refuseAll(target: object, names: readonly string[]): void {
  for (const name of names) {
    if (!(name in target)) continue;
    const value = () => {
      throw Object.assign(new Error('The embedded Python has no access to this.'), { code: 'ERR_ACCESS_DENIED' });
    };
    Object.defineProperty(target, name, { value, writable: false, configurable: true });
  }
}
