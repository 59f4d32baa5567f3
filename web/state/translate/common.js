// What several translations write alike.

import { tuple } from '../python.js';

/** @typedef {import('../layer.js').Layer} Layer */

/** Names of the axes as the frameworks abbreviate them: "CHW" less the channel. @param {number} spatial */
export const letters = (spatial) => /** @type {string} */ (['W', 'HW', 'DHW'][spatial - 1]);

/** The places of the spatial axes with channels first. @param {number} spatial */
export const spatialDims = (spatial) => Array.from({ length: spatial }, (_, i) => i + 2);

/** Pairs of begin and end, one per axis. @param {number[]} begin @param {number[]} end @returns {string[]} */
export const pairs = (begin, end) => begin.map((b, i) => tuple([b, end[i]]));

/** The line that turns the kernel, where the layer is a true convolution. @param {Layer} layer */
export const turnLine = ({ flip, spatial }) =>
  flip ? [`w = np.flip(w, ${tuple(spatialDims(spatial))})`] : [];

/**
 * The cells of one axis that padding by copies takes, also where it crops, as numpy source.
 * @param {Layer} layer @param {number} axis @returns {string}
 */
export function copied({ paddingMode, inputSize, begin, end }, axis) {
  const n = inputSize[axis];
  const [b, e] = [begin[axis], end[axis]];
  if (paddingMode === 'circular') {
    // PyTorch crops first, then goes round what is left
    const first = Math.max(0, -b);
    const rest = n - first - Math.max(0, -e);
    const round = `np.arange(${-Math.max(0, b) || 0}, ${rest + Math.max(0, e)}) % ${rest}`;
    return first ? `${first} + ${round}` : round;
  }
  const cells = `np.arange(${-b || 0}, ${n + e})`;
  if (paddingMode === 'replicate') return `np.clip(${cells}, 0, ${n - 1})`;
  return `${n - 1} - np.abs(${n - 1} - np.abs(${cells}))`;
}

/** "1:-2", ":": what is left of an axis. @param {number} begin cells cut off first @param {number} end and last */
export const slice = (begin, end) => `${begin || ''}:${end ? -end : ''}`;

/** Columns of source that a card shows without scrolling. */
const COLUMNS = 72;

/**
 * A call, over several lines where one would be too long.
 * @param {string} before what stands before the bracket @param {string[]} list the arguments
 * @param {string} [after] @param {string} [indent] of its first line @returns {string}
 */
export function call(before, list, after = '', indent = '') {
  const one = `${indent}${before}(${list.join(', ')})${after}`;
  if (one.length <= COLUMNS) return one;
  const lines = [''];
  for (const [i, argument] of list.entries()) {
    const part = `${argument}${i === list.length - 1 ? `)${after}` : ','}`;
    const last = lines[lines.length - 1];
    if (last && indent.length + 5 + last.length + part.length > COLUMNS) lines.push(part);
    else lines[lines.length - 1] = last ? `${last} ${part}` : part;
  }
  return [`${indent}${before}(`, ...lines.map((line) => `${indent}    ${line}`)].join('\n');
}

/** The notes that every framework shares. @param {Layer} layer @returns {import('./index.js').Note[]} */
export const commonNotes = ({ flip }) => (flip ? [{ id: 'flip' }] : []);
