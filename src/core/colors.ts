/** Colours as numbers: the colour of a task, and the text colour that is readable on it. */

/** Number of task colours in the style sheet (`--task-0` …). */
export const TASK_COLORS = 8;

/** Index of the colour for tasks that only the older run had, after the colours of tasks. */
export const GONE_COLOR = TASK_COLORS;

/** Neighbours get different colours; a task keeps its colour when lanes are folded. `index`: into `Timeline.tasks`. */
export function taskColor(index: number): number {
  return index % TASK_COLORS;
}

export interface Rgb {
  /** 0…255 */
  readonly r: number;
  readonly g: number;
  readonly b: number;
  /** 0…1 */
  readonly a: number;
}

/** `#rgb`, `#rrggbb`, `#rrggbbaa`, `rgb(…)`, `rgba(…)`, and `color(srgb …)`, the computed value of `color-mix()`. */
export function parseColor(text: string): Rgb | undefined {
  const value = text.trim().toLowerCase();
  const hex = /^#([0-9a-f]{3,8})$/.exec(value)?.[1];
  if (hex) return parseHex(hex);
  const mixed = /^color\(srgb ([^)]*)\)$/
    .exec(value)?.[1]
    .split(/[\s/]+/)
    .map(Number);
  if (mixed?.every(Number.isFinite)) {
    const [red, green, blue, opacity = 1] = mixed;
    return { r: red * 255, g: green * 255, b: blue * 255, a: opacity };
  }
  const parts = /^rgba?\(([^)]*)\)$/
    .exec(value)?.[1]
    .split(/[\s,/]+/)
    .filter(Boolean);
  if (!parts || parts.length < 3) return undefined;
  const [r, g, b] = parts.map(Number);
  const alpha = parts[3]?.endsWith('%') ? Number.parseFloat(parts[3]) / 100 : Number(parts[3] ?? 1);
  return [r, g, b, alpha].every(Number.isFinite) ? { r, g, b, a: alpha } : undefined;
}

function parseHex(hex: string): Rgb | undefined {
  const short = hex.length === 3 || hex.length === 4;
  if (!short && hex.length !== 6 && hex.length !== 8) return undefined;
  const part = (i: number) => {
    const digits = short ? hex[i] + hex[i] : hex.slice(2 * i, 2 * i + 2);
    return digits.length === 2 ? Number.parseInt(digits, 16) : 255;
  };
  const hasAlpha = hex.length === 4 || hex.length === 8;
  return { r: part(0), g: part(1), b: part(2), a: hasAlpha ? part(3) / 255 : 1 };
}

/** Blends a translucent colour over an opaque background. */
export function over(top: Rgb, ground: Rgb, alpha = top.a): Rgb {
  const mix = (a: number, b: number) => a * alpha + b * (1 - alpha);
  return { r: mix(top.r, ground.r), g: mix(top.g, ground.g), b: mix(top.b, ground.b), a: 1 };
}

export function cssColor({ r, g, b, a }: Rgb): string {
  return `rgba(${Math.round(r)}, ${Math.round(g)}, ${Math.round(b)}, ${a})`;
}

/** WCAG 2 relative luminance, 0…1. */
function luminance({ r, g, b }: Rgb): number {
  const linear = (c: number) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

/** WCAG 2 contrast ratio of two opaque colours, 1…21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const BLACK: Rgb = { r: 0, g: 0, b: 0, a: 1 };
const WHITE: Rgb = { r: 255, g: 255, b: 255, a: 1 };

/** Black or white, whichever has more contrast on this background. */
export function textOn(ground: Rgb): Rgb {
  return contrast(ground, BLACK) > contrast(ground, WHITE) ? BLACK : WHITE;
}
