// The cell that an attribute names, and the one that is selected where none does.

import { sizeOf } from '../tensors.js';

/**
 * The cell that `selected` names: "output 12" counts through the whole map, "output 2 2" says row and column of its
 * first channel, as many numbers as the tensor has axes say all.
 * @param {string} text @param {(map: 'input'|'weight'|'output') => number[]} shapeOf
 * @returns {import('../store.js').Probe|null|undefined} undefined where there is no such cell
 */
export function probeOf(text, shapeOf) {
  const clean = text.trim().toLowerCase();
  if (clean === 'none') return null;
  const match = /^(input|kernel|weight|output)[\s:]+(\d{1,7}(?:[\s,]+\d{1,7})*)$/.exec(clean);
  if (!match) return undefined;
  const map = /** @type {'input'|'weight'|'output'} */ (
    match[1] === 'kernel' ? 'weight' : match[1]
  );
  const at = match[2].split(/[\s,]+/).map(Number);
  const shape = shapeOf(map);
  const place = at.length === shape.length - 2 ? [0, 0, ...at] : at;
  if (at.length === 1 && shape.length > 3)
    return at[0] < sizeOf(shape) ? { map, index: at[0] } : undefined;
  if (place.length !== shape.length || place.some((n, axis) => n >= shape[axis])) return undefined;
  return { map, index: place.reduce((index, n, axis) => index * shape[axis] + n, 0) };
}

/** A cell in the middle of the output, so that the first look already shows where it comes from. @param {number[]} shape */
export const middleOf = (shape) => ({
  map: /** @type {const} */ ('output'),
  index: shape.slice(2).reduce((index, size) => index * size + Math.floor(size / 2), 0),
});
