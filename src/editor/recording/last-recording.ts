import { Disposable, Uri, workspace } from 'vscode';
import { exactBytes } from './exact-bytes';
import { isStored, loadReader, type OlderRun, type Recorded, type RecordedTrace, type Recording } from './recording';
import { originKept, savedOrigin } from './saved-origin';

/** Delay before saving (ms): in live mode there is a recording with every keystroke, and only the last is needed. */
const SETTLED_MS = 1500;

/** Saves the last recording in the workspace storage, so that a panel that VS Code restores after a reload has something to show. */
export class LastRecording {
  constructor(
    private readonly folder: Uri,
    private readonly recorded: Recorded,
    private readonly failed: (message: string) => void,
  ) {}

  /** Writes each finished recording. If that fails, only the picture after a reload is missing. */
  follow(): Disposable {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let written = Promise.resolve();
    // One after another, since they go into the same files.
    const write = (recording: Recording) => {
      written = written.then(() => this.#write(recording)).catch((error) => this.failed(String(error)));
    };
    const changes = this.recorded.onDidChange((recording) => {
      clearTimeout(timer);
      if (recording.status.state !== 'done' || !recording.trace) return;
      if (recording.again) timer = setTimeout(() => write(recording), SETTLED_MS);
      else write(recording);
    });
    const compared = this.recorded.onDidCompare(() => {
      const { current } = this.recorded;
      if (current.status.state === 'done' && current.trace) write(current);
    });
    return Disposable.from(changes, compared, { dispose: () => clearTimeout(timer) });
  }

  /** Restores the last recording, unless there is a newer one. */
  async restore(): Promise<void> {
    const kept = await this.#read().catch((error) => this.failed(String(error)));
    if (kept && this.recorded.current.status.state === 'empty') this.recorded.set(kept);
  }

  async #write({ trace, status, file, source, at, root, origin, older }: Recording): Promise<void> {
    // A launch may hold secrets, in its environment: it is run again from its configuration.
    const again = origin && !origin.launch ? savedOrigin(origin) : undefined;
    const about = { status, file, source, at, root, origin: again, older: older?.label };
    await workspace.fs.createDirectory(this.folder);
    await putTrace(this.#at('last.coroscope'), trace!);
    if (older) await putTrace(this.#at('older.coroscope'), older.trace);
    await workspace.fs.writeFile(this.#at('last.json'), new TextEncoder().encode(JSON.stringify(about)));
  }

  async #read(): Promise<Recording | undefined> {
    const [trace, about] = await Promise.all(
      ['last.coroscope', 'last.json'].map((name) => workspace.fs.readFile(this.#at(name))),
    );
    const [{ readSavedRecording }] = await Promise.all([import('./saved-recording'), loadReader()]);
    const kept = readSavedRecording(new TextDecoder().decode(about));
    if (!kept) return undefined;
    const { origin, older: label, ...recording } = kept;
    const older = label === undefined ? undefined : await this.#older(label);
    return {
      ...recording,
      source: recording.source,
      trace: exactBytes(trace),
      origin: origin && (await originKept(origin, recording.source)),
      ...(older ? { older } : {}),
    };
  }

  /** Optional: the run can be shown without it. */
  async #older(label: string): Promise<OlderRun | undefined> {
    try {
      return { trace: exactBytes(await workspace.fs.readFile(this.#at('older.coroscope'))), label };
    } catch (error) {
      this.failed(String(error));
      return undefined;
    }
  }

  #at(name: string): Uri {
    return Uri.joinPath(this.folder, name);
  }
}

/** A trace on the disk is copied without being read into memory. */
async function putTrace(target: Uri, trace: RecordedTrace): Promise<void> {
  if (isStored(trace)) await workspace.fs.copy(trace.uri, target, { overwrite: true });
  else await workspace.fs.writeFile(target, trace);
}
