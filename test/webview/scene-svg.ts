import { BoxKind } from '../../src/core/lanes/box-kind';
import type { Scene } from '../../src/core/layout/scene';
import { keyOf } from '../../src/core/rows/row';

/** A scene as a picture that is also a text: one line a thing, so that a difference says what has moved. */
export function sceneSvg(scene: Scene, height: number): string {
  const { boxes } = scene;
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${scene.width}" height="${height}" font-family="monospace" font-size="11">`,
    `<style>${STYLE}</style>`,
  ];
  scene.rows.forEach((place, index) => {
    const { row, y } = place;
    lines.push(`<g><title>${escaped(keyOf(row))}</title>`);
    lines.push(`<path class="row" d="M0 ${number(y + row.height)}H${scene.width}"/>`);
    for (let i = place.first; i < place.end; i++) {
      const merged = boxes.merged[i] > 1 ? ` data-merged="${boxes.merged[i]}"` : '';
      const [x, width] = [number(boxes.x[i]), number(boxes.width[i])];
      const inset = row.kind === 'coroutines' ? 2 : 4;
      lines.push(
        `<rect class="${kindNames[boxes.kind[i]]} c${boxes.color[i]}" x="${x}" y="${number(y + inset)}" width="${width}" height="${row.height - 2 * inset}"${merged}/>`,
      );
    }
    for (const label of scene.labels) {
      if (label.row !== index) continue;
      const on = label.on < 0 ? '' : ' class="on"';
      lines.push(`<text${on} x="${number(label.x)}" y="${number(label.y + 4)}">${escaped(label.text)}</text>`);
    }
    for (const { row, before, now, label } of scene.ghosts) {
      if (row !== index) continue;
      lines.push(`<path stroke="#444" stroke-width="2" d="M${number(before)} ${number(y)}v${place.row.height}"/>`);
      if (now !== undefined) lines.push(`<path stroke="#444" d="M${number(now)} ${number(y)}v${place.row.height}"/>`);
      if (label) lines.push(`<text x="${number(label.x)}" y="${number(y + 11)}">${escaped(label.text)}</text>`);
    }
    lines.push('</g>');
  });
  for (const { kind, x, y } of scene.marks)
    lines.push(`<text class="mark" x="${number(x)}" y="${number(y)}">${kind}</text>`);
  for (const { x, width } of scene.folds) lines.push(`<path class="fold" d="M${number(x)} 0h${number(width)}"/>`);
  if (scene.end !== undefined) lines.push(`<path class="end" d="M${number(scene.end)} 0V${height}"/>`);
  return `${lines.join('\n')}\n</svg>\n`;
}

const kindNames = Object.fromEntries(Object.entries(BoxKind).map(([name, kind]) => [kind, name]));

const COLORS = ['#0b6bb8', '#b35c00', '#007a5a', '#a8387f', '#756500', '#c23b12', '#16708a', '#5f4bc4'];
const STYLE = [
  'rect{stroke-width:1;fill:none;stroke:#888}.row,.fold,.end{stroke:#ccc;fill:none}.on{fill:#fff}.mark{font-size:7px;fill:#c23b12}',
  ...COLORS.map((color, i) => `.c${i}{stroke:${color}}.running.c${i},.output.c${i}{fill:${color}}`),
  '.suspended,.ready{fill:#8881}.ready{stroke-dasharray:2 2}.fold{stroke:#888;stroke-width:6}',
].join('');

/** Tenths of a pixel: what is below differs from machine to machine, and nobody sees it. */
function number(value: number): string {
  return String(Math.round(value * 10) / 10 + 0);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
