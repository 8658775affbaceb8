import type { Translate } from '../../core/translate';
import { describeObstacle } from '../../engines/embedded/abilities';
import { EngineError } from '../../engines/engine';
import { type Choice, type IsLocal, needed, type Wish } from '../../engines/needed';

/**
 * In a browser there is the embedded Python and no other.
 * @param version of its Python
 * @throws EngineError if it cannot run the program
 */
export function chooseEmbedded(wish: Wish, version: string, beside: IsLocal, t: Translate): Choice {
  if (wish.clock === 'real' || (wish.engine !== 'auto' && wish.engine !== 'embedded'))
    throw new EngineError(
      t(
        'Your settings ask for an interpreter, and interpreters need VS Code on the desktop. To use the embedded Python instead, run the command “Choose Python and Clock”.',
      ),
    );
  if (wish.module !== undefined)
    throw new EngineError(t('Running a module needs an interpreter, and interpreters need VS Code on the desktop.'));
  const embedded = (reason: string): Choice => {
    return { engine: 'embedded', description: t('embedded Python {0}', version), reason, clock: 'virtual' };
  };
  if (wish.engine === 'embedded') return embedded(t('You chose the embedded Python.'));
  const { found, simulated } = needed(wish, beside);
  if (simulated) return embedded(t('Comments in the program say what to simulate.'));
  const [obstacle] = found;
  if (!obstacle) return embedded(t('The embedded Python has everything this program needs.'));
  const why = describeObstacle(obstacle, t);
  // Up to where it needs the module it can be shown.
  if (wish.annotations !== 'off' && found.every(({ lack }) => lack === 'module'))
    return embedded(
      t(
        'In a browser there is no Python with the module {0}. The program runs until it needs the module.',
        obstacle.name,
      ),
    );
  throw new EngineError(t('An interpreter is needed, and interpreters need VS Code on the desktop: {0}.', why));
}
