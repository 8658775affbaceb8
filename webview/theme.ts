import { cssColor, over, parseColor, type Rgb, TASK_COLORS, textOn } from '../src/core/colors';

/** Colours and fonts for the canvas, read from the style sheet, which takes them from the theme. */
export interface Theme {
  readonly font: string;
  readonly background: string;
  readonly foreground: string;
  readonly muted: string;
  readonly grid: string;
  readonly focus: string;
  readonly error: string;
  readonly warning: string;
  readonly outlined: boolean;
  readonly tasks: readonly TaskPaint[];
}

export interface TaskPaint {
  /** running */
  readonly solid: string;
  /** Text on `solid`. */
  readonly text: string;
  /** suspended */
  readonly tint: string;
  readonly edge: string;
  /** ready */
  readonly hatch: CanvasPattern | string;
}

const WHITE: Rgb = { r: 255, g: 255, b: 255, a: 1 };

export function readTheme(ratio: number): Theme {
  const style = getComputedStyle(document.body);
  const outlined = style.getPropertyValue('--outlined').trim() === '1';
  // System colours and colour functions are resolved by the browser itself.
  const probe = document.body.appendChild(document.createElement('i'));
  const read = (name: string): Rgb => {
    probe.style.setProperty('color', `var(${name})`);
    return parseColor(getComputedStyle(probe).color) ?? WHITE;
  };
  const background = over(read('--ground'), WHITE);
  const text = (name: string) => cssColor(over(read(name), background));
  const tasks = Array.from({ length: TASK_COLORS }, (_, i) => {
    return taskPaint(over(read(`--task-${i}`), background), background, outlined, ratio);
  });
  const theme: Theme = {
    font: `${style.fontSize} ${style.fontFamily}`,
    background: cssColor(background),
    foreground: text('--ink'),
    muted: text('--ink-muted'),
    grid: text('--grid'),
    focus: text('--focus'),
    error: text('--bad'),
    warning: text('--warn'),
    outlined,
    tasks,
  };
  probe.remove();
  return theme;
}

function taskPaint(color: Rgb, background: Rgb, outlined: boolean, ratio: number): TaskPaint {
  const tint = over(color, background, outlined ? 0 : 0.16);
  return {
    solid: cssColor(color),
    text: cssColor(textOn(color)),
    tint: cssColor(tint),
    edge: cssColor(outlined ? color : over(color, background, 0.5)),
    hatch: hatch(cssColor(color), cssColor(over(color, background, outlined ? 0 : 0.08)), ratio),
  };
}

/** Diagonal stripes, crisp at any pixel ratio. */
function hatch(line: string, ground: string, ratio: number): CanvasPattern | string {
  const size = Math.round(6 * ratio);
  const tile = document.createElement('canvas');
  tile.width = size;
  tile.height = size;
  const context = tile.getContext('2d');
  if (!context) return line;
  context.fillStyle = ground;
  context.fillRect(0, 0, size, size);
  context.strokeStyle = line;
  context.lineWidth = 1.6 * ratio;
  context.beginPath();
  for (const shift of [-size, 0, size]) {
    context.moveTo(shift - 2, size + 2);
    context.lineTo(shift + size + 2, -2);
  }
  context.stroke();
  const pattern = context.createPattern(tile, 'repeat');
  pattern?.setTransform(new DOMMatrix().scale(1 / ratio));
  return pattern ?? line;
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
