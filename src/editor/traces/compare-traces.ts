import { Uri, workspace } from 'vscode';
import { baseName } from '../../core/places/base-name';
import { isStored, type Recorded } from '../recording/recording';
import { t } from '../words/translate';
import { openTrace, pickTrace, readTrace } from './trace-files';

/**
 * Compares two traces on one axis. From the explorer: the two selected files, or one and a second that the user picks; opens the younger.
 * From elsewhere: the current run is compared with the chosen one.
 * @returns whether there is something to show
 */
export async function compareTraces(clicked: unknown, selected: unknown, recorded: Recorded): Promise<boolean> {
  const files = (Array.isArray(selected) && selected.length > 1 ? selected : [clicked]).filter(isTrace);
  const chosen = files.length > 1 ? undefined : await pickTrace(t('Compare'));
  if (chosen) files.push(chosen);
  if (files.length === 1 && chosen) return putBeside(chosen, recorded);
  if (files.length < 2) return false;
  const [older, younger] = await byAge([files[0], files[1]]);
  const before = await readTrace(older);
  if (!before) return false;
  if (!(await openTrace(younger, recorded))) {
    if (isStored(before.trace)) before.trace.close();
    return false;
  }
  recorded.compareWith({ trace: before.trace, label: baseName(older.path) });
  return true;
}

async function putBeside(file: Uri, recorded: Recorded): Promise<boolean> {
  if (!recorded.current.trace) return false;
  const read = await readTrace(file);
  if (!read) return false;
  recorded.compareWith({ trace: read.trace, label: baseName(file.path) });
  return true;
}

function isTrace(each: unknown): each is Uri {
  return each instanceof Uri && each.path.endsWith('.coroscope');
}

/** Sorts by modification time; equally old files keep their order. A missing file is reported when it is read. */
async function byAge(files: readonly [Uri, Uri]): Promise<readonly Uri[]> {
  const written = async (file: Uri) => {
    try {
      return (await workspace.fs.stat(file)).mtime;
    } catch {
      return 0;
    }
  };
  const [first, second] = [await written(files[0]), await written(files[1])];
  return first <= second ? files : [files[1], files[0]];
}
