// Counts, bytes and shapes as text.

import { formatAlone } from '../format.js';

/** "86,704,128" @param {number} n */
export const countText = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ',');

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** @param {number} bytes */
export function bytesText(bytes) {
  const unit = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  return `${Number((bytes / 1024 ** unit).toPrecision(3))} ${UNITS[unit]}`;
}

/** "1×64×32×32" @param {readonly number[]} shape */
export const shapeText = (shape) => shape.join('×');

/** One value per axis, or one for all where they are alike. @param {readonly (number|null)[]} values */
export function axesText(values) {
  const texts = values.map((v) => (v === null ? '–' : formatAlone(v)));
  return texts.every((text) => text === texts[0]) ? (texts[0] ?? '–') : texts.join('×');
}
