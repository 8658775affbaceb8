import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contrast, over, parseColor, textOn } from '../../../src/core/colors';
import { formatTick, LabelFitter, oneLine } from '../../../src/core/words/labels';

const fitter = new LabelFitter((text) => [...text].length * 10);

test('a label that fits is left alone, another one ends in an ellipsis', () => {
  expect(fitter.fit('sleep', 50)).toBe('sleep');
  expect(fitter.fit('sleep 2 s', 60)).toBe('sleep…');
  expect(fitter.fit('sleep 2 s', 10)).toBe('');
});

test('a cut label never exceeds its room', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 0, max: 400 }), (text, room) => {
      expect([...fitter.fit(text, room)].length * 10).toBeLessThanOrEqual(room);
    }),
  );
});

test('letters outside of the basic plane are not torn apart', () => {
  expect(fitter.fit('🙂🙂🙂🙂🙂🙂🙂', 50)).toBe('🙂🙂🙂🙂…');
});

test('the first wording that fits is taken, and no number is cut', () => {
  expect(fitter.fitOne(['sleep 0.25 s', '250 ms'], 120)).toBe('sleep 0.25 s');
  expect(fitter.fitOne(['sleep 0.25 s', '250 ms'], 60)).toBe('250 ms');
  expect(fitter.fitOne(['sleep 0.25 s', '250 ms'], 50)).toBe('');
});

test('line breaks and control characters become spaces', () => {
  expect(oneLine('a\nb\u0000\u001bc')).toBe('a b c');
});

test('ticks have one unit and as many digits as they need', () => {
  expect([0, 0.5, 1].map((tick) => formatTick(tick, 0.5, 2))).toEqual(['0 s', '0.5 s', '1.0 s']);
  expect(formatTick(0.0125, 0.0005, 0.02)).toBe('12.5 ms');
  expect(formatTick(1.000012, 0.000002, 1.1)).toBe('1.000012 s');
  expect(formatTick(2, 1, 10)).toBe('2 s');
});

test('colours are read in every form in which a theme or a browser writes them', () => {
  expect(parseColor('#fff')).toEqual({ r: 255, g: 255, b: 255, a: 1 });
  expect(parseColor('#1e1e1e80')).toMatchObject({ r: 30, g: 30, b: 30 });
  expect(parseColor('rgba(10, 20, 30, 0.5)')).toEqual({ r: 10, g: 20, b: 30, a: 0.5 });
  expect(parseColor('rgb(10 20 30 / 50%)')).toEqual({ r: 10, g: 20, b: 30, a: 0.5 });
  expect(parseColor('color(srgb 1 0 0.5)')).toEqual({ r: 255, g: 0, b: 127.5, a: 1 });
  for (const bad of ['', '#12', '#12345', 'red', 'rgb(1)', 'rgb(a, b, c)']) expect(parseColor(bad)).toBeUndefined();
});

test('text on any colour is readable', () => {
  const channel = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(channel, channel, channel, (r, g, b) => {
      const ground = { r, g, b, a: 1 };
      expect(contrast(ground, textOn(ground))).toBeGreaterThanOrEqual(4.5);
    }),
  );
});

test('a translucent colour takes on its ground', () => {
  expect(over({ r: 255, g: 0, b: 0, a: 0.5 }, { r: 0, g: 0, b: 255, a: 1 })).toEqual({
    r: 127.5,
    g: 0,
    b: 127.5,
    a: 1,
  });
});
