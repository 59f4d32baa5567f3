// One map of a stack: numbers where they can be read, else a picture.

import { html } from 'lit';
import { t } from '../../i18n/index.js';
import { MARK, MOST_NUMBERS } from '../cells.js';
import { chooseFormat, formatSize } from '../format.js';
import { grid } from '../grid.js';
import { heat } from '../heat.js';

/**
 * @typedef {object} SmallMap
 * @property {string} label
 * @property {'input'|'output'} kind
 * @property {number[]} size of the last two axes, or one
 * @property {ArrayLike<number>} values
 * @property {(value: number) => boolean} [lit]
 * @property {number} [selected]
 * @property {(index: number) => void} [select]
 */

/**
 * How large a picture is, in pixels of its longer side, and up to how many cells on an axis there are numbers.
 * @typedef {{ side: number, readable: number }} Measures
 */

/** Cells of a map that is drawn at all. */
export const MOST_DRAWN = 1 << 22;

/** @param {number[]} size */
export const tooLarge = (size) =>
  html`<p class="hint">${t('stack.mapTooLarge', { size: formatSize(size) })}</p>`;

/** @param {SmallMap} map @param {Measures} measures */
export function smallMap(
  { label, kind, size, values, lit = () => false, selected = -1, select },
  { side, readable },
) {
  const [rows, cols] = size.length === 2 ? size : [1, size[0] ?? 1];
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]));
  const model = /** @type {import('../grid.js').GridModel} */ ({
    ...{ label, kind, rows, cols, start: 0, values, format: chooseFormat(values) },
    ...{ editable: false, shade: largest, on: { select } },
    chosen: selected < 0 ? undefined : selected,
    marks: (/** @type {number} */ i) =>
      (i === selected ? MARK.selected : 0) | (lit(values[i]) && largest > 0 ? MARK.lit : 0),
  });
  const asPicture = rows * cols > MOST_NUMBERS || Math.max(rows, cols) > readable;
  return html`<figure class="map">${
    asPicture
      ? html`<div ${heat({ ...model, marks: (i) => (i === selected ? MARK.selected : 0) }, side)}></div>`
      : html`<div class="grid ${kind}" ${grid(model)}></div>`
  }<figcaption>${formatSize(size)}</figcaption></figure>`;
}
