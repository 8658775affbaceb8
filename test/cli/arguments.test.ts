import { describe, expect, test } from 'vitest';
import { readCommand } from '../../src/cli/arguments';
import { help } from '../../src/cli/help';
import { languageOf } from '../../src/cli/language';
import { UsageError } from '../../src/cli/option-values';
import { defaultLimits } from '../../src/engines/run';

describe('options and FILE', () => {
  test('options stand before FILE; what follows is the program’s, whatever it is', () => {
    const rest = ['--port', '80', '-v', '--html', 'o.html', 'word', '--level=3', '--json', '--', '-c', '--'];
    expect(readCommand(['run', '--json', '--width=80', 'x.py', ...rest])).toMatchObject({
      kind: 'run',
      file: 'x.py',
      json: true,
      width: 80,
      html: undefined,
      args: rest,
    });
    expect(readCommand(['--json', 'run', 'x.py'])).toMatchObject({ kind: 'run', file: 'x.py', json: true, args: [] });
    expect(readCommand(['run', '--', 'x.py', '--json'])).toMatchObject({ file: 'x.py', json: false, args: ['--json'] });
  });

  test('so it is after -c CODE and -m MODULE', () => {
    expect(readCommand(['run', '-m', 'pkg', 'a', '--json', '-h'])).toMatchObject({
      module: 'pkg',
      json: false,
      args: ['a', '--json', '-h'],
    });
    expect(readCommand(['run', '--json', '-c', 'print(1)', '--html', 'x'])).toMatchObject({
      code: 'print(1)',
      json: true,
      html: undefined,
      args: ['--html', 'x'],
    });
    expect(readCommand(['-cpass', '-m', 'x'])).toMatchObject({ kind: 'run', code: 'pass', args: ['-m', 'x'] });
    expect(readCommand(['run', '--module=pkg', '-c', 'x'])).toMatchObject({ module: 'pkg', args: ['-c', 'x'] });
  });

  test('commands that run nothing take their options anywhere', () => {
    expect(readCommand(['show', 't.coroscope', '--json'])).toMatchObject({ kind: 'show', json: true });
    expect(readCommand(['compare', 'a', '--json', 'b'])).toMatchObject({ kind: 'compare', traces: ['a', 'b'] });
  });

  test('--help after FILE is the program’s', () => {
    expect(readCommand(['run', 'x.py', '--help', '-h', '-xvf'])).toMatchObject({
      kind: 'run',
      args: ['--help', '-h', '-xvf'],
    });
    expect(readCommand(['run', '--help']).kind).toBe('help');
    expect(readCommand(['-V']).kind).toBe('version');
  });

  test('what is left out', () => {
    expect(readCommand(['run', 'x.py'])).toEqual({
      kind: 'run',
      file: 'x.py',
      args: [],
      engine: 'auto',
      clock: undefined,
      trace: undefined,
      limits: { ...defaultLimits, steps: undefined, wallTime: undefined },
      annotations: 'auto',
      arguments: true,
      libraryCalls: true,
      detail: 'auto',
      followChildren: false,
      whatIf: [],
      html: undefined,
      json: false,
      ascii: false,
      story: false,
      serve: false,
      noOpen: false,
      width: undefined,
      lang: undefined,
    });
  });

  test('limits', () => {
    const { limits } = readCommand([
      'run',
      '--max-steps',
      '10',
      '--max-wall-time=0',
      '--max-virtual-time',
      '2.5',
      'x.py',
    ]) as { limits: object };
    expect(limits).toEqual({ steps: 10, virtualTime: 2.5, wallTime: 0 });
  });
});

test.each([
  [[], 'What should Coroscope do?'],
  [['walk', 'x.py'], 'There is no command {0}.'],
  [['run'], 'Which program?'],
  [['show'], 'Which trace?'],
  [['run', '--colour', 'x.py'], 'There is no option {0}.'],
  [['run', '--html'], 'Option --{0} needs a value.'],
  [['run', '--html', '--json', 'x.py'], 'Option --{0} needs a value.'],
  [['run', '--clock', 'sun', 'x.py'], 'The clock must be {0} or {1}, not {2}.'],
  [['run', '--max-steps', 'many', 'x.py'], 'Option --{0} needs a number from 0, not {1}.'],
  [['run', '--max-steps', '1.5', 'x.py'], 'Option --{0} needs a whole number, not {1}.'],
  [['compare', 'a.coroscope'], 'Which traces?'],
  [['compare', 'a', 'b', '--ascii'], 'compare has no option --{0}.'],
  [['show', 't.coroscope', 'more'], 'Unexpected argument {0}'],
  [['show', 't.coroscope', '--clock', 'real'], 'Option --{0} belongs to run'],
])('%j makes no sense', (argv, message) => {
  expect(() => readCommand(argv)).toThrow(UsageError);
  expect(() => readCommand(argv)).toThrow(message);
});

test('the help', () => {
  expect(help(languageOf('en', {}).translate)).toMatchInlineSnapshot(`
    "Coroscope shows how a Python async program really ran.

      coroscope run [OPTIONS] FILE|-|-c CODE|-m MODULE [ARGS…]
      coroscope show [OPTIONS] TRACE
      coroscope compare [OPTIONS] A B
      coroscope check [OPTIONS] FILE…
      coroscope stats [OPTIONS] FILE
      coroscope env OUT.coroscope
      coroscope attach [OPTIONS] PID
      coroscope top [OPTIONS] PID|TRACE

    run: runs a program and draws its timeline
      FILE.py                      as it is written; if nothing in it starts an event loop, its main() or similar
      FILE.py::NAME                this coroutine function alone; with arguments: 'FILE.py::task("A", 2)'
      NOTES.md                     lists the blocks of Python in it, with what each would run
      NOTES.md#3                   the third block, with the names it needs from other blocks; ::NAME can follow
      NOTEBOOK.ipynb#2             the second code cell, in the same way
      -                            code from standard input
      -c CODE                      this code; await is allowed outside functions
      -m MODULE                    a module, as python -m finds it
      --call "task(1)"             begins with this call
      --engine auto                the embedded Python if it can run the program, otherwise an interpreter (default)
      --engine embedded            CPython as WebAssembly: nothing to install, no files, no network, always the virtual clock
      --engine interpreter         the first Python 3.9 or later that is found
      --engine PATH                this interpreter, or the one of this virtual environment
      --clock virtual              sleeping costs no time; only long computations vary (default of the embedded Python)
      --clock real                 what really happened, in real time (default with an interpreter)
      --live, --live=5s            shows what it does in its last 5 s while it runs: tasks, loop lag, requests, findings
      --trace OUT.coroscope        saves the recording; SIGUSR2 writes what there is so far beside it
      --keep 30s                   keeps only the last 30 s of the recording, without limits
      --annotations                applies comments such as # coroscope: takes 800ms (default on the virtual clock)
      --no-annotations             ignores such comments (default on the real clock)
      --what-if "LINE=5s"          what if the sleep in that line took 5 s? On the virtual clock; can be repeated
      --what-if "x.py:7@w-2#3=5s"  in this file; only in task w-2, only the third time it comes there
      --ties reversed              timers that are due together but were set at different moments fire in the other order
      --max-steps N                stops after N steps of the event loop (default 1000000, on the real clock none; 0: no limit)
      --max-virtual-time S         stops after S seconds of virtual time (default 86400; 0: no limit)
      --no-arguments               does not record what the coroutines of tasks were called with
      --no-library-calls           does not name waits by what was asked of a library: SELECT users, GET example.com
      --follow-children            also records the Python processes that the program starts, on the same timeline
      --detail full                follows coroutines inside tasks before Python 3.12 on the real clock too, which is slow
      --max-wall-time S            stops after S seconds (default 60, with an interpreter on the real clock none; 0: no limit)

    compare: tells how two recorded runs differ
      A B              the earlier run and the later one, as --trace keeps them
      --html OUT.html  both runs on one axis, as a page
      --json           prints only the differences as JSON on stdout

    check: reports what is wrong with programs, for CI
      FILE…              programs, as run takes them, and traces; options can go anywhere
      --fail-on WHAT     which findings fail: error, warning (default) or info and above; kinds, with commas; none
      --max-block 500ms  how long a step may block the event loop (default 100ms)
      --try              runs the program again with each change that would fix a finding
      --sarif OUT.sarif  writes the findings as SARIF 2.1.0
      --json             prints the findings as JSON on stdout
      --baseline FILE    does not report the findings in this file; --update-baseline writes it
      …                  also --engine, --clock, --annotations, --max-…, as for run

    stats: prints the numbers of a run: counts, totals, percentiles
      FILE           a program, as run takes it, or a trace
      --by WHAT      site (await sites), coroutine or task; default all three, as CSV site
      --csv, --json  prints the numbers as CSV or JSON on stdout
      …              also --engine, --clock, --annotations, --max-…, as for run

    env: prints the variables with which a Python that another program starts records itself
      OUT.coroscope  the trace; with a / at its end a folder, in which each process has a file of its own

    attach: records a Python process that runs already
      PID                    number of the process; it runs CPython 3.14 or later, and an event loop
      --for 10s              ends the record after 10 s; otherwise Ctrl+C ends it, or the end of the process
      --trace OUT.coroscope  saves the recording
      …                      also --serve, --html, --json, --story, --no-arguments, --no-library-calls

    top: shows what a program does now: tasks, loop lag, requests, findings
      PID        number of a process, as for attach; it is left as it was
      TRACE      a trace that is still written, or its last seconds
      --last 5s  looks at the last 5 s (default)
      --for 10s  ends after 10 s; otherwise q or Ctrl+C ends it
      …          also --ascii, --no-arguments, --no-library-calls

    run and show
      --html OUT.html  writes the timeline as one self-contained page
      --serve          shows the timeline in a browser, live, on this machine alone, until Ctrl+C
      --no-open        does not open the browser
      --json           prints only the timeline as JSON on stdout
      --story          tells the run sentence by sentence
      --why            shows what led to the end of the program: its critical path
      --why=TASK       to the end of this task; --why=TASK@1.5s: to what it did at that time
      --width N        columns of the text (default: those of the terminal)
      --ascii          draws with ASCII characters only
      --lang en|ko     language (default: that of the system)

    other options
      --help, -h     shows this help
      --version, -V  shows the version

    Options go before FILE, -c CODE or -m MODULE. Everything after that belongs to the program, as with python.

    exit codes
      0    the program ran to its end; the blocks were listed; no finding fails the check
      1    the program failed, and its exit code is printed; a finding fails the check
      2    invalid command line, or it is not clear which function to run
      3    Coroscope could not run the program or read the trace
      4    the program was stopped at a limit, or in a deadlock
      130  the run was cancelled (Ctrl+C); 143 and 129: by SIGTERM or SIGHUP
    "
  `);
});

test('the help fits a terminal', () => {
  for (const line of help(languageOf('en', {}).translate).split('\n')) expect(line.length).toBeLessThanOrEqual(130);
});

test('the language: asked for, else that of the system', () => {
  expect(languageOf(undefined, { LC_ALL: 'ko_KR.UTF-8' }).locale).toBe('ko');
  expect(languageOf(undefined, { LANG: 'ko_KR.UTF-8' }).locale).toBe('ko');
  expect(languageOf(undefined, { LC_ALL: 'C', LANG: 'ko_KR.UTF-8' }).locale).toBe('en');
  expect(languageOf('ko', { LANG: 'en_US.UTF-8' }).locale).toBe('ko');
  expect(languageOf('fr', {}).locale).toBe('en');
});
