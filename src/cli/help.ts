import type { Translate } from '../core/translate';
import { defaultLimits } from '../engines/run';

type Rows = readonly (readonly [string, string])[];

export function help(t: Translate): string {
  const { steps, virtualTime, wallTime } = defaultLimits;
  return [
    t('Coroscope shows how a Python async program really ran.'),
    '',
    `  coroscope run [${t('OPTIONS')}] FILE|-|-c CODE|-m MODULE [ARGS…]`,
    `  coroscope show [${t('OPTIONS')}] TRACE`,
    `  coroscope compare [${t('OPTIONS')}] A B`,
    `  coroscope check [${t('OPTIONS')}] FILE…`,
    `  coroscope stats [${t('OPTIONS')}] FILE`,
    '  coroscope env OUT.coroscope',
    `  coroscope attach [${t('OPTIONS')}] PID`,
    `  coroscope top [${t('OPTIONS')}] PID|TRACE`,
    '',
    section(t('run: runs a program and draws its timeline'), [
      ['FILE.py', t('as it is written; if nothing in it starts an event loop, its main() or similar')],
      ['FILE.py::NAME', t('this coroutine function alone; with arguments: {0}', `'FILE.py::task("A", 2)'`)],
      ['NOTES.md', t('lists the blocks of Python in it, with what each would run')],
      ['NOTES.md#3', t('the third block, with the names it needs from other blocks; ::NAME can follow')],
      ['NOTEBOOK.ipynb#2', t('the second code cell, in the same way')],
      ['-', t('code from standard input')],
      ['-c CODE', t('this code; await is allowed outside functions')],
      ['-m MODULE', t('a module, as python -m finds it')],
      ['--call "task(1)"', t('begins with this call')],
      ['--engine auto', t('the embedded Python if it can run the program, otherwise an interpreter (default)')],
      [
        '--engine embedded',
        t('CPython as WebAssembly: nothing to install, no files, no network, always the virtual clock'),
      ],
      ['--engine interpreter', t('the first Python 3.9 or later that is found')],
      ['--engine PATH', t('this interpreter, or the one of this virtual environment')],
      ['--clock virtual', t('sleeping costs no time; only long computations vary (default of the embedded Python)')],
      ['--clock real', t('what really happened, in real time (default with an interpreter)')],
      ['--live, --live=5s', t('shows what it does in its last 5 s while it runs: tasks, loop lag, requests, findings')],
      ['--trace OUT.coroscope', t('saves the recording; SIGUSR2 writes what there is so far beside it')],
      ['--keep 30s', t('keeps only the last 30 s of the recording, without limits')],
      ['--annotations', t('applies comments such as # coroscope: takes 800ms (default on the virtual clock)')],
      ['--no-annotations', t('ignores such comments (default on the real clock)')],
      ['--what-if "LINE=5s"', t('what if the sleep in that line took 5 s? On the virtual clock; can be repeated')],
      ['--what-if "x.py:7@w-2#3=5s"', t('in this file; only in task w-2, only the third time it comes there')],
      ['--ties reversed', t('timers that are due together but were set at different moments fire in the other order')],
      [
        '--max-steps N',
        t('stops after N steps of the event loop (default {0}, on the real clock none; 0: no limit)', steps),
      ],
      ['--max-virtual-time S', t('stops after S seconds of virtual time (default {0}; 0: no limit)', virtualTime)],
      ['--no-arguments', t('does not record what the coroutines of tasks were called with')],
      [
        '--no-library-calls',
        t('does not name waits by what was asked of a library: {0}', 'SELECT users, GET example.com'),
      ],
      ['--follow-children', t('also records the Python processes that the program starts, on the same timeline')],
      ['--detail full', t('follows coroutines inside tasks before Python 3.12 on the real clock too, which is slow')],
      [
        '--max-wall-time S',
        t('stops after S seconds (default {0}, with an interpreter on the real clock none; 0: no limit)', wallTime),
      ],
    ]),
    section(t('compare: tells how two recorded runs differ'), [
      ['A B', t('the earlier run and the later one, as --trace keeps them')],
      ['--html OUT.html', t('both runs on one axis, as a page')],
      ['--json', t('prints only the differences as JSON on stdout')],
    ]),
    section(t('check: reports what is wrong with programs, for CI'), [
      ['FILE…', t('programs, as run takes them, and traces; options can go anywhere')],
      [
        '--fail-on WHAT',
        t('which findings fail: error, warning (default) or info and above; kinds, with commas; none'),
      ],
      ['--max-block 500ms', t('how long a step may block the event loop (default 100ms)')],
      ['--try', t('runs the program again with each change that would fix a finding')],
      ['--sarif OUT.sarif', t('writes the findings as SARIF 2.1.0')],
      ['--json', t('prints the findings as JSON on stdout')],
      ['--baseline FILE', t('does not report the findings in this file; --update-baseline writes it')],
      ['…', t('also --engine, --clock, --annotations, --max-…, as for run')],
    ]),
    section(t('stats: prints the numbers of a run: counts, totals, percentiles'), [
      ['FILE', t('a program, as run takes it, or a trace')],
      ['--by WHAT', t('site (await sites), coroutine or task; default all three, as CSV site')],
      ['--csv, --json', t('prints the numbers as CSV or JSON on stdout')],
      ['…', t('also --engine, --clock, --annotations, --max-…, as for run')],
    ]),
    section(t('env: prints the variables with which a Python that another program starts records itself'), [
      ['OUT.coroscope', t('the trace; with a / at its end a folder, in which each process has a file of its own')],
    ]),
    section(t('attach: records a Python process that runs already'), [
      ['PID', t('number of the process; it runs CPython 3.14 or later, and an event loop')],
      ['--for 10s', t('ends the record after 10 s; otherwise Ctrl+C ends it, or the end of the process')],
      ['--trace OUT.coroscope', t('saves the recording')],
      ['…', t('also --serve, --html, --json, --story, --no-arguments, --no-library-calls')],
    ]),
    section(t('top: shows what a program does now: tasks, loop lag, requests, findings'), [
      ['PID', t('number of a process, as for attach; it is left as it was')],
      ['TRACE', t('a trace that is still written, or its last seconds')],
      ['--last 5s', t('looks at the last 5 s (default)')],
      ['--for 10s', t('ends after 10 s; otherwise q or Ctrl+C ends it')],
      ['…', t('also --ascii, --no-arguments, --no-library-calls')],
    ]),
    section(t('run and show'), [
      ['--html OUT.html', t('writes the timeline as one self-contained page')],
      ['--serve', t('shows the timeline in a browser, live, on this machine alone, until Ctrl+C')],
      ['--no-open', t('does not open the browser')],
      ['--json', t('prints only the timeline as JSON on stdout')],
      ['--story', t('tells the run sentence by sentence')],
      ['--why', t('shows what led to the end of the program: its critical path')],
      ['--why=TASK', t('to the end of this task; --why=TASK@1.5s: to what it did at that time')],
      ['--width N', t('columns of the text (default: those of the terminal)')],
      ['--ascii', t('draws with ASCII characters only')],
      ['--lang en|ko', t('language (default: that of the system)')],
    ]),
    section(t('other options'), [
      ['--help, -h', t('shows this help')],
      ['--version, -V', t('shows the version')],
    ]),
    t('Options go before FILE, -c CODE or -m MODULE. Everything after that belongs to the program, as with python.'),
    '',
    section(t('exit codes'), [
      ['0', t('the program ran to its end; the blocks were listed; no finding fails the check')],
      ['1', t('the program failed, and its exit code is printed; a finding fails the check')],
      ['2', t('invalid command line, or it is not clear which function to run')],
      ['3', t('Coroscope could not run the program or read the trace')],
      ['4', t('the program was stopped at a limit, or in a deadlock')],
      ['130', t('the run was cancelled (Ctrl+C); 143 and 129: by SIGTERM or SIGHUP')],
    ]).trimEnd(),
    '',
  ].join('\n');
}

function section(title: string, rows: Rows): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return `${title}\n${rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`).join('\n')}\n`;
}
