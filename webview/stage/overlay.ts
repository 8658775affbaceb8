import { select } from 'd3-selection';
import type { Lanes } from '../../src/core/lanes/lanes';
import type { Arrow, Scene, SceneRow } from '../../src/core/layout/scene';
import { isLoopRow, type LoopRow } from '../../src/core/rows/row';
import type { CssPixels } from '../../src/core/units';
import { rangeOf } from '../interact/selection';
import { type Selection, type State, taskOf } from '../state/store';

/** Draws over the canvas: outlines of the selected and the hovered box, the arrow of a wake-up. */

interface Ring {
  readonly kind: 'selected' | 'hovered';
  readonly x: CssPixels;
  readonly y: CssPixels;
  readonly width: CssPixels;
  readonly height: CssPixels;
}

export function drawOverlay(element: SVGSVGElement, scene: Scene, state: State): void {
  const rings = [
    ...ringsOf(scene, state, state.selection, 'selected'),
    ...ringsOf(scene, state, state.hover?.target, 'hovered'),
  ];
  select(element)
    .selectAll<SVGRectElement, Ring>('rect.ring')
    .data(rings)
    .join('rect')
    .attr('class', (ring) => `ring ${ring.kind}`)
    .attr('x', (ring) => ring.x)
    .attr('y', (ring) => ring.y)
    .attr('width', (ring) => ring.width)
    .attr('height', (ring) => ring.height)
    .attr('rx', 2);
  const many = scene.arrows.drawn.map((arrow) => ({ shape: arrowPath(arrow), part: 'all' }));
  const arrows = scene.arrow ? [scene.arrow] : [];
  select(element)
    .selectAll<SVGPathElement, { shape: string; part: string }>('path.wake')
    .data([...many, ...arrows.flatMap((arrow) => ['halo', 'line'].map((part) => ({ shape: arrowPath(arrow), part })))])
    .join('path')
    .attr('class', ({ part }) => `wake ${part}`)
    .attr('d', ({ shape }) => shape);
}

/** A dot at the waker, a line, and a head just outside of the bar of the woken task. */
function arrowPath({ x, fromY, toY }: Arrow): string {
  const down = toY > fromY ? 1 : -1;
  const tip = toY - down * 9;
  return `M${x - 3},${fromY}a3,3 0 1 0 6,0a3,3 0 1 0 -6,0M${x},${fromY}V${tip}M${x - 4},${tip - down * 6}L${x},${tip}L${x + 4},${tip - down * 6}`;
}

function ringsOf(scene: Scene, state: State, selection: Selection | undefined, kind: Ring['kind']): Ring[] {
  if (!selection || !state.lanes) return [];
  const range = rangeOf(state, selection);
  if (!range) return [];
  const { projection } = scene;
  const left = Math.max(projection.at(range.start, range.startStep), -6);
  const right = Math.min(projection.at(range.end, range.endStep), scene.width + 6);
  if (right < left) return [];
  const { lanes } = state;
  const task = taskOf(lanes, selection);
  const pinned = scene.rows[0]?.row.height ?? 0;
  return scene.rows
    .filter((place) => belongs(place, lanes, selection, task))
    .filter((place) => place.row.kind === 'loop' || place.y + place.row.height > pinned)
    .map((place) => {
      const inset = isLoopRow(place.row) ? 3 : 2;
      const top = place.row.kind === 'loop' ? place.y + inset : Math.max(place.y + inset, pinned);
      const width = Math.max(right - left, 5);
      return { kind, x: left - 1, y: top, width: width + 1, height: place.y + place.row.height - inset - top - 1 };
    });
}

function laneHas(lanes: Lanes, { lane }: LoopRow, entry: number): boolean {
  const { entries } = lanes.loops[lane];
  return entries === undefined || entries.includes(entry);
}

function belongs({ row }: SceneRow, lanes: Lanes, selection: Selection, task: number | undefined): boolean {
  if (selection.kind === 'output') return row.kind === 'output';
  if (selection.kind === 'group') return row.kind === 'group' && row.group === selection.group;
  if (selection.kind === 'ghost') return row.kind === 'ghost' && row.before === selection.before;
  if (selection.kind === 'ghosts') return row.kind === 'ghosts' && row.crowd === selection.crowd;
  if (selection.kind === 'log') return row.kind === 'logs';
  if (selection.kind === 'side') return row.kind === 'side' && row.lane === selection.lane;
  if (selection.kind === 'loop') return isLoopRow(row) && laneHas(lanes, row, selection.entry);
  return row.kind === 'task' && row.task === task;
}
