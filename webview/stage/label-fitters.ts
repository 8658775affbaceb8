import { LabelFitter } from '../../src/core/words/labels';

const fitters = new Map<string, LabelFitter>();

/** Measures labels in a font, with a canvas of its own. One fitter for each font, since it remembers widths. @param font as in CSS */
export function fitterFor(font: string): LabelFitter {
  let fitter = fitters.get(font);
  if (!fitter) {
    const context = document.createElement('canvas').getContext('2d')!;
    context.font = font;
    fitter = new LabelFitter((text) => context.measureText(text).width);
    fitters.set(font, fitter);
  }
  return fitter;
}
