// The tracer's version is that of package.json: `npm version` writes both.
import { readFileSync, writeFileSync } from 'node:fs';

const file = 'src/python/coroscope/__init__.py';
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
writeFileSync(file, readFileSync(file, 'utf8').replace(/^__version__ = .*$/m, `__version__ = '${version}'`));
