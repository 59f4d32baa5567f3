// Values as an attribute holds them: cells between blanks or commas, rows between ";" or line breaks, depth slices
// between "/", maps (channels, samples; a kernel's pairs of channels) between "|", in the order PyTorch stores them.

import { readNumber } from '../tensors.js';

/**
 * @typedef {{ sizes: number[], maps: number, data: number[] }} Values `sizes` of one map, outermost axis first
 * @typedef {{ id: string, values: Record<string, string|number> }} Problem
 */

/** More than this is read no further: it fills no map that can be shown. */
const MOST_LETTERS = 1 << 20;

/** @param {string} text */
const cellsOf = (text) => text.split(/[\s,]+/).filter(Boolean);

/** @param {string} text @returns {number[] | Problem} every number in a row, of a bias */
export function readList(text) {
  if (text.length > MOST_LETTERS) return { id: 'long', values: { max: MOST_LETTERS } };
  const numbers = [];
  for (const cell of cellsOf(text)) {
    const value = readNumber(cell);
    if (value === null) return { id: 'number', values: { text: cell } };
    numbers.push(value);
  }
  return numbers.length ? numbers : { id: 'empty', values: {} };
}

/** @param {string} text @param {number} axes spatial axes, 1 to 3 @returns {Values | Problem} */
export function readValues(text, axes) {
  if (text.length > MOST_LETTERS) return { id: 'long', values: { max: MOST_LETTERS } };
  if (/[[\](){}]/.test(text)) return { id: 'brackets', values: {} };
  /** @type {number[]|null} */
  let sizes = null;
  /** @type {number[]} */
  const data = [];
  const maps = text.split('|');
  for (const map of maps) {
    const slices = axes === 3 ? map.split('/') : [map];
    for (const slice of slices) {
      const rows = slice.split(/[;\r\n]/).filter((row) => row.trim() !== '');
      for (const row of rows) {
        const numbers = readList(row);
        if (!Array.isArray(numbers)) return numbers;
        const found = [slices.length, rows.length, numbers.length];
        sizes ??= found;
        if (found.some((n, axis) => n !== sizes?.[axis]))
          return { id: 'ragged', values: { text: row.trim() } };
        for (const number of numbers) data.push(number);
      }
    }
  }
  if (!sizes) return { id: 'empty', values: {} };
  const [depth, height, width] = sizes;
  if (data.length !== maps.length * depth * height * width) return { id: 'hole', values: {} };
  if (axes === 1 && height > 1) return { id: 'rows', values: { rows: height } };
  return { sizes: sizes.slice(3 - axes), maps: maps.length, data };
}
