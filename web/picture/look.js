// How a cell looks: the rules of styles/grid.css, as colours and patterns of a picture.

import { MARK, TONES } from '../views/cells.js';
import { mix } from './colours.js';

/**
 * @typedef {import('./colours.js').Colours} Colours
 * @typedef {import('./figure.js').MapItem} MapItem
 * @typedef {{ fill: string, line: string, dash: boolean, ink: string, bold: boolean, frame: string, frameWidth: number }} Look
 *   `frame`: an outline within the cell, '' for none
 */

/** Fills that are patterns, by the mark they stand for. */
export const PATTERNS = /** @type {const} */ (['padding', 'inserted', 'cut']);

/** @param {MapItem['kind']} kind @returns {'input'|'kernel'|'output'} */
export const family = (kind) => (kind === 'padded' ? 'input' : kind === 'canvas' ? 'output' : kind);

/**
 * A cell with a number.
 * @param {MapItem['kind']} kind @param {number} bits marks of the cell @param {number|null} tone −5 to 5, null: not tinted
 * @param {Colours} c @param {(name: typeof PATTERNS[number]) => string} pattern gives the paint of a pattern
 * @returns {Look}
 */
export function lookOf(kind, bits, tone, c, pattern) {
  const of = family(kind);
  const fill = c[`${of}-fill`];
  /** @type {Look} */
  const look = {
    fill: c[`${of}-bg`],
    line: c.lines[kind === 'canvas' ? 'output' : kind],
    dash: false,
    ink: c[of],
    bold: false,
    frame: '',
    frameWidth: 0,
  };
  const put = (/** @type {Partial<Look>} */ change) => Object.assign(look, change);
  if (tone === 0) put({ fill: c.card, ink: c.soft });
  else if (tone !== null) {
    const share = 0.095 * Math.min(TONES, Math.abs(tone));
    put({ fill: mix(tone < 0 ? c.minus : fill, share, c.card), ink: c.ink });
  }
  if (bits & MARK.later) return put({ fill: c['void-bg'], line: c.line, ink: c.soft });
  if (bits & MARK.padding) put({ fill: pattern('padding'), line: c.hatch, ink: c.void });
  if (bits & MARK.inserted)
    put({ fill: pattern('inserted'), line: c.hatch, dash: true, ink: c.void });
  if (bits & MARK.cut) put({ fill: pattern('cut'), dash: true, ink: c.void });
  if (bits & MARK.lit) {
    if (bits & (MARK.padding | MARK.inserted | MARK.cut))
      put({ fill: mix(fill, 0.3, c.card), ink: c.ink, frame: fill, frameWidth: 1.5, dash: false });
    else put({ fill, ink: c[`on-${of}`] });
    put({ bold: true });
  }
  if (bits & MARK.selected) put({ bold: true, frame: c.ink, frameWidth: 3 });
  return look;
}

/** Steps from zero to the full colour in a map without numbers. */
const HEAT_STEPS = 16;

/** The colour of a cell without a number. @param {MapItem} item @param {number} value @param {number} bits @param {Colours} c */
export function heatOf(item, value, bits, c) {
  const grey = item.grey;
  const zero = grey ? '#000000' : c.heatZero;
  const empty = bits & (MARK.padding | MARK.inserted | MARK.cut | MARK.later);
  const base = empty || Number.isNaN(value) ? c.hatch : zero;
  if (bits & MARK.later || Number.isNaN(value) || item.largest === 0) return base;
  const share = Math.min(1, Math.abs(value) / item.largest);
  const step = Math.round(share * (grey ? 48 : HEAT_STEPS)) / (grey ? 48 : HEAT_STEPS);
  const full = value < 0 ? c.minus : grey ? '#ffffff' : c[`${family(item.kind)}-fill`];
  return mix(full, step, base);
}
