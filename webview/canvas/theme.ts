import { cssColor, over, parseColor, type Rgb, TASK_COLORS, textOn } from '../../src/core/colors';
import { BUSY_LEVELS } from '../../src/core/layout/segments';
import { patternsOf } from './patterns';
import { pixelOf, type Tile } from './row-pixels';

/** Colours and fonts for the canvas, read from the style sheet, which takes them from the theme. */
export interface Theme {
  readonly font: string;
  readonly background: string;
  /** Behind headings. */
  readonly bar: string;
  readonly foreground: string;
  readonly muted: string;
  readonly grid: string;
  readonly focus: string;
  /** Below what a search found. */
  readonly find: string;
  readonly error: string;
  readonly warning: string;
  readonly outlined: boolean;
  /** Task colours, then the colour of tasks that only the older run had. */
  readonly tasks: readonly TaskPaint[];
  /** Device pixels per CSS pixel. */
  readonly ratio: number;
  readonly pixels: {
    readonly background: number;
    readonly grid: number;
    readonly muted: number;
    /** Turns of several tasks, by how busy the loop was: 0 unknown, 1 … `BUSY_LEVELS`. */
    readonly busy: readonly number[];
    readonly idle: number;
    readonly parked: number;
    /** Below the line of a chart. */
    readonly level: number;
    readonly ink: number;
    readonly tasks: readonly TaskPixels[];
  };
}

export interface TaskPaint {
  readonly solid: string;
  /** Text on `solid`. */
  readonly text: string;
  /** Over `solid`, where there is room; undefined: none. */
  readonly pattern: CanvasPattern | undefined;
}

/** Colours of bars, as pixels. */
export interface TaskPixels {
  /** running */
  readonly solid: number;
  /** Several turns, by how much of the time the task ran: 0 unknown, 1 … `BUSY_LEVELS`. */
  readonly ran: readonly number[];
  /** suspended */
  readonly tint: number;
  readonly edge: number;
  /** ready */
  readonly hatch: Tile;
}

const WHITE: Rgb = { r: 255, g: 255, b: 255, a: 1 };

export function readTheme(ratio: number): Theme {
  const style = getComputedStyle(document.body);
  const outlined = style.getPropertyValue('--outlined').trim() === '1';
  // Let the browser resolve system colours and colour functions.
  const probe = document.body.appendChild(document.createElement('i'));
  const read = (name: string): Rgb => {
    probe.style.setProperty('color', `var(${name})`);
    return parseColor(getComputedStyle(probe).color) ?? WHITE;
  };
  const background = over(read('--ground'), WHITE);
  const opaque = (name: string) => over(read(name), background);
  const text = (name: string) => cssColor(opaque(name));
  const muted = opaque('--ink-muted');
  const colors = Array.from({ length: TASK_COLORS }, (_, i) => opaque(`--task-${i}`));
  const patterns = patternsOf(colors, colors.map(textOn), ratio);
  const paints = [...colors, muted];
  const theme: Theme = {
    font: `${style.fontSize} ${style.fontFamily}`,
    background: cssColor(background),
    bar: text('--bar'),
    foreground: text('--ink'),
    muted: cssColor(muted),
    grid: text('--grid'),
    focus: text('--focus'),
    find: text('--find'),
    error: text('--bad'),
    warning: text('--warn'),
    outlined,
    tasks: paints.map((color, i) => ({
      solid: cssColor(color),
      text: cssColor(textOn(color)),
      pattern: patterns[i],
    })),
    ratio,
    pixels: {
      background: pixelOf(background),
      grid: pixelOf(opaque('--grid')),
      muted: pixelOf(muted),
      busy: [muted, ...Array.from({ length: BUSY_LEVELS }, (_, i) => over(muted, background, shadeOf(i + 1)))].map(
        pixelOf,
      ),
      idle: pixelOf(over(muted, background, 0.6)),
      parked: pixelOf(over(muted, background, 0.4)),
      level: pixelOf(over(muted, background, outlined ? 0 : 0.2)),
      ink: pixelOf(opaque('--ink')),
      tasks: paints.map((color) => taskPixels(color, background, outlined, ratio)),
    },
  };
  probe.remove();
  return theme;
}

/** Even a loop that is hardly busy did something there. */
function shadeOf(level: number): number {
  return 0.25 + 0.75 * (level / BUSY_LEVELS);
}

function taskPixels(color: Rgb, background: Rgb, outlined: boolean, ratio: number): TaskPixels {
  return {
    solid: pixelOf(color),
    ran: [color, ...Array.from({ length: BUSY_LEVELS }, (_, i) => over(color, background, shadeOf(i + 1)))].map(
      pixelOf,
    ),
    tint: pixelOf(over(color, background, outlined ? 0 : 0.16)),
    edge: pixelOf(outlined ? color : over(color, background, 0.5)),
    hatch: hatch(color, over(color, background, outlined ? 0 : 0.08), ratio),
  };
}

/** Diagonal stripes, crisp at any pixel ratio. */
function hatch(line: Rgb, ground: Rgb, ratio: number): Tile {
  const size = Math.max(4, Math.round(6 * ratio));
  const pixels = new Uint32Array(size * size);
  const tile = document.createElement('canvas');
  tile.width = size;
  tile.height = size;
  const context = tile.getContext('2d', { willReadFrequently: true });
  if (!context) return { size, pixels: pixels.fill(pixelOf(line)) };
  context.fillStyle = cssColor(ground);
  context.fillRect(0, 0, size, size);
  context.strokeStyle = cssColor(line);
  context.lineWidth = 1.6 * ratio;
  context.beginPath();
  for (const shift of [-size, 0, size]) {
    context.moveTo(shift - 2, size + 2);
    context.lineTo(shift + size + 2, -2);
  }
  context.stroke();
  pixels.set(new Uint32Array(context.getImageData(0, 0, size, size).data.buffer));
  return { size, pixels };
}

/** Calls back when the theme changes: VS Code swaps classes and variables, a browser its media queries. */
export function watchTheme(changed: () => void): void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  for (const query of ['(prefers-color-scheme: dark)', '(forced-colors: active)']) {
    matchMedia(query).addEventListener('change', changed);
  }
}
