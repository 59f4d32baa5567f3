// Numbers and places as text. One format for a whole map, so that its cells can be compared by eye.

import { sizeOf } from '../state/tensors.js';

/** @typedef {{ kind: 'integer'|'decimal'|'scientific', digits: number }} NumberFormat */

const MAX_DECIMALS = 4;

/**
 * Whole numbers stay whole; decimals get as many places as they need, at most four; very large or
 * very small ones turn scientific.
 * @param {ArrayLike<number>} values @returns {NumberFormat}
 */
export function chooseFormat(values) {
  const kept = chosen.get(values);
  if (kept) return kept;
  const format = formatFor(values);
  chosen.set(values, format);
  return format;
}

/** Arrays of numbers are never written again once they are shown. @type {WeakMap<ArrayLike<number>, NumberFormat>} */
const chosen = new WeakMap();

/** @param {ArrayLike<number>} values @returns {NumberFormat} */
function formatFor(values) {
  let digits = 0;
  let largest = 0;
  let smallest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const v = Math.abs(values[i]);
    if (!Number.isFinite(v) || v === 0) continue;
    if (v > largest) largest = v;
    if (v < smallest) smallest = v;
    if (Number.isInteger(v)) continue;
    while (digits < MAX_DECIMALS && Math.abs(v - Number(v.toFixed(digits))) > v * 1e-9) digits++;
  }
  if (largest >= 1e7 || (digits > 0 && smallest < 1e-4)) return { kind: 'scientific', digits: 2 };
  return digits === 0 ? { kind: 'integer', digits: 0 } : { kind: 'decimal', digits };
}

/** @param {number} value @param {NumberFormat} format */
export function formatNumber(value, format) {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (value === 0) return '0';
  if (format.kind === 'scientific')
    return value
      .toExponential(format.digits)
      .replace(/\.?0+e/, 'e')
      .replace('e+', 'e');
  return value
    .toFixed(format.digits)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
}

/** A single number with up to six significant digits. @param {number} value */
export const formatAlone = (value) =>
  Number.isFinite(value)
    ? String(Number(value.toPrecision(Number.isInteger(value) ? 15 : 6)))
    : formatNumber(value, { kind: 'integer', digits: 0 });

/** "2 × 3" @param {number[]} sizes */
export const formatSize = (sizes) => sizes.join(' × ');

/** "[2, 1]" or "channel 1 [2, 1]", as the tensor is indexed. @param {number[]} shape @param {number} index */
export function placeText(shape, index) {
  const at = shape.map(
    (_, axis) => Math.floor(index / sizeOf(shape.slice(axis + 1))) % shape[axis],
  );
  return shape[0] > 1 || shape[1] > 1 ? `[${at.join(', ')}]` : `[${at.slice(2).join(', ')}]`;
}
