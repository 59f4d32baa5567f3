// Counts, bytes and shapes as text.

import { formatAlone } from '../format.js';

/** "86,704,128"; what has too many digits to be read or to be exact, as "2.9 × 10^30". @param {number} n */
export function countText(n) {
  if (n < 1e15) return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
  const [digits, power] = n.toExponential(1).split('e+');
  return `${digits} × 10^${power}`;
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** @param {number} bytes */
export function bytesText(bytes) {
  const unit = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  const count = bytes / 1024 ** unit;
  return `${count < 100 ? Number(count.toPrecision(3)) : Math.round(count)} ${UNITS[unit]}`;
}

/** "1×64×32×32" @param {readonly number[]} shape */
export const shapeText = (shape) => shape.join('×');

/** One value per axis, or one for all where they are alike. @param {readonly (number|null)[]} values */
export function axesText(values) {
  const texts = values.map((v) => (v === null ? '–' : formatAlone(v)));
  return texts.every((text) => text === texts[0]) ? (texts[0] ?? '–') : texts.join('×');
}
