import dgram from 'node:dgram';
import dns from 'node:dns';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import inspector from 'node:inspector';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import tls from 'node:tls';

/**
 * What Node's permission model leaves open belongs to the outer layer too: the network (before version 25), and signals to other
 * processes. With the model on `process.binding` is denied, and what is closed here is the only other way to them.
 */
export function restrictNode(): void {
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
  refuseAll(tls, ['connect', 'createServer']);
  refuseAll(http2, ['connect', 'createServer', 'createSecureServer']);
  for (const module of [http, https]) refuseAll(module, ['request', 'get', 'createServer']);
  refuseAll(inspector, ['open']);
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
