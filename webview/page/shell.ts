import { h, svg } from './dom';

/** The page's skeleton; each view fills its own part. */
export interface Parts {
  readonly app: HTMLElement;
  readonly toolbar: HTMLElement;
  readonly notices: HTMLElement;
  /** What the axis shows, said to newcomers. */
  readonly hint: HTMLElement;
  /** What is shown is compared with another run. */
  readonly compared: HTMLElement;
  readonly board: HTMLElement;
  readonly corner: HTMLElement;
  /** Holds the axis and the playhead. */
  readonly ruler: HTMLElement;
  readonly axis: SVGSVGElement;
  /** Step, play, speed. */
  readonly player: HTMLElement;
  /** The whole run at a glance. */
  readonly overview: HTMLElement;
  /** Scrolls the lanes up and down. */
  readonly scroller: HTMLElement;
  /** As high as all lanes together. */
  readonly space: HTMLElement;
  /** The column of names: a tree. */
  readonly names: HTMLElement;
  /** Stays in view while the lanes scroll; takes pointer and keyboard. */
  readonly stage: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly overlay: SVGSVGElement;
  readonly legend: HTMLElement;
  readonly sash: HTMLElement;
  readonly panes: HTMLElement;
  readonly twin: HTMLElement;
  /** Tables of what is marked on lanes. */
  readonly tables: HTMLElement;
  readonly tooltip: HTMLElement;
  readonly live: HTMLElement;
  readonly blank: HTMLElement;
}

export function buildShell(into: HTMLElement): Parts {
  const canvas = h('canvas', { 'aria-hidden': 'true' });
  const overlay = svg('svg', { class: 'overlay', 'aria-hidden': 'true' });
  const axis = svg('svg', { class: 'axis', 'aria-hidden': 'true' });
  axis.append(svg('g', { transform: 'translate(0, 23.5)' }));
  const stage = h('div', { class: 'stage', tabindex: 0, role: 'application' }, canvas, overlay);
  const names = h('div', { class: 'names', role: 'tree' });
  const space = h('div', { class: 'space' }, names, stage);
  const scroller = h('div', { class: 'scroller' }, space);
  const corner = h('div', { class: 'corner' });
  const ruler = h('div', { class: 'ruler' }, axis);
  const player = h('div', { class: 'player', role: 'group' });
  const overview = h('div', { class: 'overview' });
  const board = h(
    'section',
    { class: 'board' },
    h('div', { class: 'above' }, player, overview),
    h('div', { class: 'head' }, corner, ruler),
    scroller,
  );
  const parts = {
    toolbar: h('div', { class: 'toolbar', role: 'toolbar' }),
    notices: h('div', { class: 'notices' }),
    hint: h('div', { class: 'notice hint', role: 'note', hidden: true }),
    compared: h('div', { class: 'compared', role: 'region', hidden: true }),
    board,
    corner,
    ruler,
    axis,
    player,
    overview,
    scroller,
    space,
    names,
    stage,
    canvas,
    overlay,
    legend: h('div', { class: 'legend' }),
    sash: h('div', { class: 'sash', role: 'separator', tabindex: 0, 'aria-orientation': 'horizontal' }),
    panes: h('div', { class: 'panes' }),
    twin: h('div', { class: 'unseen' }),
    tables: h('section', { class: 'tables', hidden: true }),
    tooltip: h('div', { class: 'tooltip', role: 'tooltip', hidden: true }),
    live: h('div', { class: 'unseen', 'aria-live': 'polite' }),
    blank: h('section', { class: 'blank', hidden: true }),
  };
  const app = h(
    'main',
    { class: 'app' },
    h('h1', { class: 'unseen' }, 'Coroscope'),
    parts.toolbar,
    parts.notices,
    parts.hint,
    parts.compared,
    parts.blank,
    board,
    parts.legend,
    parts.sash,
    parts.panes,
    parts.twin,
    parts.tables,
    parts.tooltip,
    parts.live,
  );
  // An exported page carries its data in the same body.
  into.append(app);
  return { app, ...parts };
}
