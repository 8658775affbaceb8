import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Translate } from '../core/translate';

/** The error message for a file, a pipe or a folder that cannot be read or written. */
export function fileErrorText(path: string, error: unknown, t: Translate): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' && !existsSync(dirname(path))) return t('There is no folder {0}.', dirname(path));
  if (code === 'ENOENT') return t('There is no file {0}.', path);
  if (code === 'EISDIR') return t('{0} is a folder.', path);
  return t('{0} cannot be read or written: {1}', path, reasonOf(code, message, t));
}

/** The end of a sentence. */
export function reasonOf(code: string | undefined, message: string, t: Translate): string {
  switch (code) {
    case 'ENOSPC':
      return t('the disk is full');
    case 'EDQUOT':
      return t('the disk quota is used up');
    case 'EFBIG':
      return t('the file has reached the maximum size');
    case 'EPIPE':
      return t('the reader of the pipe has closed it');
    case 'EIO':
      return t('the device reports an error');
    case 'EACCES':
    case 'EPERM':
      return t('permission denied');
    case 'EROFS':
      return t('the file system is read-only');
    case 'ENOTDIR':
      return t('part of the path is not a folder');
    default:
      return message;
  }
}
