import type { Translate } from '../../core/translate';
import type { SourceNeeds } from '../../source/imports';
import { embeddedModules } from './modules';

/**
 * What the embedded Python cannot do: it has neither sockets nor threads nor processes, and sees none of the user's files.
 */
export type Lack =
  | 'sockets'
  | 'threads'
  | 'subprocesses'
  | 'system'
  | 'files'
  | 'stdin'
  | 'openssl'
  | 'module'
  | 'workspace';

export interface Obstacle {
  readonly lack: Lack;
  /** The module or function that the program needs. */
  readonly name: string;
  /** From 1. */
  readonly line: number;
}

/** Names that end in `.*` stand for everything below. */
const lacking: Readonly<Record<Exclude<Lack, 'module' | 'workspace'>, string>> = {
  sockets: `asyncio.open_connection asyncio.start_server asyncio.open_unix_connection asyncio.start_unix_server socket.*
    ssl.* socketserver.* http.client.* http.server.* urllib.request.* ftplib.* imaplib.* poplib.* smtplib.* xmlrpc.*
    wsgiref.simple_server.* .create_connection .create_server .create_datagram_endpoint .create_unix_connection
    .create_unix_server .connect_accepted_socket .sock_recv .sock_recv_into .sock_recvfrom .sock_recvfrom_into
    .sock_sendall .sock_sendto .sock_connect .sock_accept .sock_sendfile .start_tls .getaddrinfo .getnameinfo
    .add_reader .add_writer .connect_read_pipe .connect_write_pipe`,
  threads: `asyncio.to_thread .run_in_executor threading.Thread threading.Timer _thread.start_new_thread
    concurrent.futures.ThreadPoolExecutor concurrent.futures.thread.*`,
  subprocesses: `asyncio.create_subprocess_exec asyncio.create_subprocess_shell asyncio.subprocess.* subprocess.*
    multiprocessing.* concurrent.futures.ProcessPoolExecutor concurrent.futures.InterpreterPoolExecutor
    concurrent.futures.process.* os.fork os.forkpty os.system os.popen os.execv os.execve os.execvp os.spawnl os.spawnv
    os.posix_spawn pty.* .subprocess_exec .subprocess_shell`,
  system: 'signal.* .add_signal_handler os.kill os.killpg os.abort os._exit resource.*',
  files:
    'builtins.open io.open os.open os.listdir os.scandir os.walk pathlib.Path.cwd .read_text .write_text .read_bytes .write_bytes',
  stdin: 'builtins.breakpoint pdb.* getpass.getpass',
  openssl: 'hashlib.pbkdf2_hmac hashlib.scrypt',
};

const lackOf = new Map(
  Object.entries(lacking).flatMap(([lack, names]) => names.split(/\s+/).map((name) => [name, lack as Lack] as const)),
);

/** Constants and types of modules that are harmless by themselves. */
const harmless = new Set(['asyncio.subprocess.PIPE', 'ssl.SSLError', 'signal.SIGINT', 'signal.SIGTERM']);

/**
 * Why the embedded Python cannot run a program, in order of its lines; empty: it can.
 * @param isLocal whether a module (dotted, relative ones with leading dots) is a file of the workspace.
 */
export function obstacles(needs: SourceNeeds, isLocal: (module: string) => boolean): Obstacle[] {
  const found: Obstacle[] = [];
  for (const { module, line, optional } of needs.imports) {
    // An own `random.py` beside the program hides the one of the standard library.
    if (isLocal(module)) found.push({ lack: 'workspace', name: module, line });
    else if (!optional && !module.startsWith('.') && !embeddedModules.has(module.split('.')[0]))
      found.push({ lack: 'module', name: module.split('.')[0], line });
  }
  for (const { name, line } of needs.uses) {
    const lack = harmless.has(name) ? undefined : lackOfName(name);
    if (lack) found.push({ lack, name: name.replace(/^(builtins)?\./, ''), line });
  }
  return found.sort((a, b) => a.line - b.line);
}

function lackOfName(name: string): Lack | undefined {
  const exact = lackOf.get(name);
  if (exact) return exact;
  const parts = name.split('.');
  for (let length = parts.length - 1; length > 0; length--) {
    const below = lackOf.get(`${parts.slice(0, length).join('.')}.*`);
    if (below) return below;
  }
  return undefined;
}

/** The first obstacle as the end of a sentence that begins with "because". */
export function describeObstacle({ lack, name, line }: Obstacle, t: Translate): string {
  switch (lack) {
    case 'sockets':
      return t('it uses sockets ({0}, line {1})', name, line);
    case 'threads':
      return t('it uses threads ({0}, line {1})', name, line);
    case 'subprocesses':
      return t('it starts processes ({0}, line {1})', name, line);
    case 'system':
      return t('it talks to the operating system ({0}, line {1})', name, line);
    case 'files':
      return t('it uses files ({0}, line {1})', name, line);
    case 'stdin':
      return t('it reads from the keyboard ({0}, line {1})', name, line);
    case 'openssl':
      return t('it needs OpenSSL ({0}, line {1})', name, line);
    case 'module':
      return t('it imports {0} (line {1}), which is not in the standard library', name, line);
    case 'workspace':
      return t('it imports {0} (line {1}), a file beside it', name, line);
  }
}
