import { readFile } from 'node:fs/promises';
import type { Translate } from '../core/translate';
import { EngineError } from './engine';

/** Text of a Python file, in the encoding that it declares (PEP 263). @throws EngineError if it cannot be read */
export async function readSource(file: string, t: Translate): Promise<string> {
  try {
    const bytes = await readFile(file);
    return decoder(bytes).decode(bytes);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new EngineError(t('There is no file {0}.', file));
    if (code === 'EISDIR') throw new EngineError(t('{0} is a folder, not a Python file.', file));
    if (code === 'EACCES') throw new EngineError(t('You do not have permission to read {0}.', file));
    throw new EngineError(t('{0} cannot be read: {1}', file, message));
  }
}

function decoder(bytes: Uint8Array): InstanceType<typeof TextDecoder> {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 400)).split('\n', 2);
  const declared = head.map((line) => /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/.exec(line)?.[1]).find((name) => name);
  try {
    return new TextDecoder(declared ?? 'utf-8');
  } catch {
    return new TextDecoder();
  }
}
