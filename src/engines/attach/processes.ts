import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

/** A Python that runs on this machine. */
export interface PythonProcess {
  readonly pid: number;
  /** Its command line; arguments with blanks are in quotes. */
  readonly command: string;
  /** What it runs: a file or a module, without folders; empty for an interactive one. */
  readonly program: string;
}

const PYTHON = /^(python|pypy)[\d.]*t?d?(\.exe)?$/i;
/** In no hurry: PowerShell takes seconds to start. */
const PATIENCE = 20_000;

/** Those that can be seen, the newest first; not this process. */
export async function pythonProcesses(platform: NodeJS.Platform = process.platform): Promise<PythonProcess[]> {
  const found = platform === 'linux' ? fromProc() : platform === 'win32' ? await fromWindows() : await fromPs();
  return found.filter(({ pid }) => pid !== process.pid).sort((a, b) => b.pid - a.pid);
}

function fromProc(): PythonProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const args = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0').slice(0, -1);
        return isPython(args[0] ?? '', readlinkSync(`/proc/${name}/exe`)) ? [described(Number(name), args)] : [];
      } catch {
        // It has ended, or is somebody else's.
        return [];
      }
    });
}

async function fromPs(): Promise<PythonProcess[]> {
  return (await output('ps', ['-axo', 'pid=,command='])).split('\n').flatMap((line) => {
    const [, pid, command] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
    const args = command === undefined ? [] : command.split(' ');
    return args.length > 0 && isPython(args[0], args[0]) ? [described(Number(pid), args)] : [];
  });
}

async function fromWindows(): Promise<PythonProcess[]> {
  const ask =
    '@(Get-CimInstance Win32_Process -Filter "Name like \'python%\'" | Select-Object ProcessId, CommandLine) | ConvertTo-Json';
  const text = await output('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', ask]);
  const rows: unknown = text.trim() === '' ? [] : JSON.parse(text);
  return (Array.isArray(rows) ? rows : [rows]).flatMap(({ ProcessId, CommandLine }) =>
    typeof ProcessId === 'number' && typeof CommandLine === 'string'
      ? [
          described(
            ProcessId,
            (CommandLine.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replace(/^"|"$/g, '')),
          ),
        ]
      : [],
  );
}

function isPython(name: string, executable: string): boolean {
  return PYTHON.test(basename(executable).replace(/ \(deleted\)$/, '')) || PYTHON.test(basename(name));
}

function described(pid: number, args: readonly string[]): PythonProcess {
  const command = args.map((arg) => (/\s/.test(arg) ? JSON.stringify(arg) : arg)).join(' ');
  return { pid, command, program: programOf(args.slice(1)) };
}

/** Options of Python that take the next argument. */
const TAKES_ONE = new Set(['-W', '-X', '--check-hash-based-pycs']);

function programOf(args: readonly string[]): string {
  for (let i = 0; i < args.length; i++) {
    if (args[i] === '-m') return args[i + 1] ?? '';
    if (args[i] === '-c') return '-c';
    if (TAKES_ONE.has(args[i])) i++;
    else if (!args[i].startsWith('-')) return basename(args[i].replaceAll('\\', '/'));
  }
  return '';
}

function output(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { timeout: PATIENCE, windowsHide: true, maxBuffer: 1 << 24 }, (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    );
  });
}
