import {
  type DebugAdapter,
  type DebugProtocolMessage,
  type DebugSession,
  EventEmitter,
  type Pseudoterminal,
  window,
} from 'vscode';
import { trusted } from '../engine/trust';
import { titleOf } from '../program/title';
import type { InputAnswers } from '../run/input-answers';
import { endText } from '../run/output';
import type { Runs } from '../run/runs';
import { t } from '../words/translate';
import { launchOf } from './launch';
import { ProgramTerminal } from './terminal';

export interface LaunchParts {
  readonly runs: Runs;
  readonly answers: InputAnswers;
  /** Shows the timeline. */
  show(): void;
}

interface Request {
  readonly seq: number;
  readonly type: string;
  readonly command: string;
  readonly arguments?: { readonly [name: string]: unknown };
}

/** Speaks the Debug Adapter Protocol, as far as a run without breakpoints needs it: launch, output, stop, exit code. */
export class LaunchAdapter implements DebugAdapter {
  readonly #sent = new EventEmitter<DebugProtocolMessage>();
  readonly onDidSendMessage = this.#sent.event;
  readonly #interrupt = new AbortController();
  readonly #stop = new AbortController();
  #seq = 0;

  constructor(
    private readonly session: DebugSession,
    private readonly parts: LaunchParts,
  ) {}

  handleMessage(message: DebugProtocolMessage): void {
    const request = message as unknown as Request;
    if (request.type === 'request') this.#answer(request);
  }

  dispose(): void {
    this.#stop.abort();
    this.#sent.dispose();
  }

  #answer(request: Request): void {
    switch (request.command) {
      case 'initialize':
        this.#reply(request, { supportsConfigurationDoneRequest: true, supportsTerminateRequest: true });
        this.#tell('initialized');
        break;
      case 'launch':
        void this.#launch(request);
        break;
      case 'threads':
        this.#reply(request, { threads: [] });
        break;
      case 'setBreakpoints':
        // Sent even for a run that has no debugger.
        this.#reply(request, { breakpoints: [] });
        break;
      case 'evaluate':
        this.#refuse(request, t('Coroscope records a run. It does not evaluate expressions in it.'));
        break;
      case 'terminate':
        // The second time, the program is not asked any more.
        if (this.#interrupt.signal.aborted) this.#stop.abort();
        this.#interrupt.abort();
        this.#reply(request);
        break;
      case 'disconnect':
        this.#stop.abort();
        this.#reply(request);
        break;
      default:
        this.#reply(request);
    }
  }

  async #launch(request: Request): Promise<void> {
    const { configuration, workspaceFolder: folder } = this.session;
    try {
      if (!(await trusted())) throw new Error(t('Coroscope runs programs only in a workspace that you trust.'));
      const { program, console } = await launchOf(configuration, folder);
      this.#reply(request);
      const name = titleOf(program);
      const terminal = console === 'integratedTerminal' ? openTerminal(name, this.#interrupt, this.#stop) : undefined;
      const write = (category: string, output: string) => this.#tell('output', { category, output });
      const exit = await this.parts.runs.launch(
        program,
        { folder, configuration },
        {
          ask: terminal ? terminal.ask : this.parts.answers.asks(program.file, name, (text) => write('stdout', text)),
          chosen: (engine) => write('console', `▸ ${engine}\n`),
          interrupt: this.#interrupt.signal,
          stop: this.#stop.signal,
          begun: () => this.parts.show(),
          failed: (message) => write('stderr', `${message}\n`),
          output: (stream, text) => (terminal ? terminal.write(text) : write(stream, text)),
        },
      );
      if (exit !== undefined) write('console', `▸ ${endText(name, exit)}\n`);
      terminal?.ended(endText(name, exit));
      if (typeof exit === 'number') this.#tell('exited', { exitCode: exit });
    } catch (error) {
      this.#refuse(request, error instanceof Error ? error.message : String(error));
    }
    this.#tell('terminated');
  }

  #reply({ seq, command }: Request, body: object = {}): void {
    this.#send({ type: 'response', request_seq: seq, command, success: true, body });
  }

  /** VS Code shows the message. */
  #refuse({ seq, command }: Request, message: string): void {
    const error = { id: 1, format: message.replace(/[{}]/g, ' '), showUser: true };
    this.#send({ type: 'response', request_seq: seq, command, success: false, message, body: { error } });
  }

  #tell(event: string, body: object = {}): void {
    this.#send({ type: 'event', event, body });
  }

  #send(message: object): void {
    this.#sent.fire({ seq: ++this.#seq, ...message } as DebugProtocolMessage);
  }
}

function openTerminal(name: string, interrupt: AbortController, stop: AbortController): ProgramTerminal {
  const pty = new ProgramTerminal(interrupt, stop);
  window.createTerminal({ name, pty: pty as Pseudoterminal }).show(true);
  return pty;
}
