import type { AxisKind } from '../axis/axis';
import type { Translate } from '../translate';

/** What the axis is called. */
export function axisName(axis: AxisKind, t: Translate): string {
  return { time: t('Time'), squeezed: t('Squeezed'), steps: t('Steps') }[axis];
}
