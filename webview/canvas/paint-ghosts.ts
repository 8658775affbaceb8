import type { Scene } from '../../src/core/layout/scene';
import type { Theme } from './theme';

/** Paints where tasks of the older run ended, a line to where they end now, and the difference as a label. */
export function paintGhostEnds(context: CanvasRenderingContext2D, { ghosts, width }: Scene, theme: Theme): void {
  if (ghosts.length === 0) return;
  context.font = theme.font;
  context.textBaseline = 'middle';
  context.fillStyle = theme.muted;
  for (const { y, height, before, now, label } of ghosts) {
    const middle = Math.round(y + height / 2);
    context.fillRect(Math.round(before) - 1, y + 1, 2, height - 3);
    if (now === undefined) continue;
    context.fillRect(Math.round(now), y + 1, 1, height - 3);
    // Only behind the bars: across them it would look like a bar.
    const from = label && label.x < now ? label.x + context.measureText(label.text).width + 6 : before + 3;
    for (let x = Math.max(0, from); x < Math.min(now - 2, width); x += 4) context.fillRect(x, middle, 2, 1);
  }
  context.fillStyle = theme.foreground;
  for (const { y, height, label } of ghosts) if (label) context.fillText(label.text, label.x, y + height / 2);
}
