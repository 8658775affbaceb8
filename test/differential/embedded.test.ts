import { test } from 'vitest';
import { interpreters } from '../engines/here';
import { embedded } from '../random/servers';
import { asBare } from './as-bare';

const runner = embedded();
asBare({ label: 'embedded', minor: 14, runner, measuring: runner, python: interpreters.at(-1)?.command });
// A file without tests would fail.
if (process.env.PYTHON !== undefined && process.env.PYTHON !== 'embedded') test.skip('not asked for');
