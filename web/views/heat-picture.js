// The canvas of a map that is shown as a picture: a square a cell, coloured by value, outlines for marks.
// A step of the stepper changes a few cells of thousands: only those get a new colour, and a picture out
// of sight is drawn once the changes pause.

import { MARK } from './cells.js';

/** @typedef {import('./grid.js').GridModel} GridModel */

/** Marks that change the colour of a cell; the others are outlines. */
const COLOURING = MARK.padding | MARK.inserted | MARK.cut | MARK.later;
/** Milliseconds without a change after which a picture out of sight is drawn. */
const PAUSE = 200;

export class HeatPicture {
  constructor() {
    this.canvas = document.createElement('canvas');
    this.canvas.setAttribute('aria-hidden', 'true');
    /** one pixel a cell, enlarged into the canvas */
    this.small = document.createElement('canvas');
    this.model = /** @type {GridModel} */ (/** @type {unknown} */ (null));
    this.pixels = new ImageData(1, 1);
    this.bits = new Uint8Array(0);
    this.values = /** @type {ArrayLike<number>} */ ([]);
    this.start = -1;
    this.largest = 0;
    this.look = '';
    /** @type {Record<'plus'|'minus'|'zero'|'blank', number[]>} */
    this.colours = { plus: [], minus: [], zero: [], blank: [] };
    this.seen = true;
    this.waiting = 0;
    const view = new IntersectionObserver((entries) => {
      this.seen = entries[entries.length - 1].isIntersecting;
      if (this.seen && this.waiting) this.draw();
    });
    view.observe(this.canvas);
  }

  /** Shows that map. @param {GridModel} model @param {number} side the longest side in CSS pixels */
  update(model, side) {
    const { rows, cols } = model;
    this.model = model;
    const { canvas } = this;
    const scale = Math.max(1, Math.floor(side / Math.max(rows, cols)));
    if (canvas.width !== cols * scale || canvas.height !== rows * scale) {
      canvas.width = cols * scale;
      canvas.height = rows * scale;
    }
    if (this.small.width !== cols || this.small.height !== rows || !this.bits.length) {
      this.small.width = cols;
      this.small.height = rows;
      this.pixels = new ImageData(cols, rows);
      this.bits = new Uint8Array(rows * cols);
      this.start = -1;
    }
    this.largest = largestOf(model);
    clearTimeout(this.waiting);
    this.waiting = 0;
    if (this.seen) this.draw();
    else this.waiting = window.setTimeout(() => this.draw(), PAUSE);
  }

  draw(isNew = true) {
    clearTimeout(this.waiting);
    this.waiting = 0;
    // Colours come from the style sheet, which reaches an element only in the page: on the next frame.
    if (!this.canvas.isConnected) {
      if (isNew) requestAnimationFrame(() => this.draw(false));
      return;
    }
    const { canvas, model } = this;
    const { rows, cols, values, start, marks } = model;
    const look = lookOf(canvas);
    const all = values !== this.values || start !== this.start || look.join() !== this.look;
    if (all) {
      const [plus, minus, zero, blank] = look.map(rgb);
      this.colours = { plus, minus, zero, blank };
      this.look = look.join();
    }
    this.values = values;
    this.start = start;
    const chosen = [];
    let changed = all;
    for (let i = 0; i < rows * cols; i++) {
      const bits = marks(start + i);
      if (all || (bits ^ this.bits[i]) & COLOURING) {
        this.colour(i, values[start + i], bits);
        changed = true;
      }
      this.bits[i] = bits;
      if (bits & (MARK.lit | MARK.selected)) chosen.push(i);
    }
    if (changed) this.small.getContext('2d')?.putImageData(this.pixels, 0, 0);
    const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    pen.imageSmoothingEnabled = false;
    pen.drawImage(this.small, 0, 0, canvas.width, canvas.height);
    pen.strokeStyle = look[4];
    const scale = canvas.width / cols;
    for (const i of chosen) {
      pen.lineWidth = this.bits[i] & MARK.selected ? 3 : 1.5;
      const [x, y] = [(i % cols) * scale, Math.floor(i / cols) * scale];
      pen.strokeRect(x + 0.5, y + 0.5, scale - 1, scale - 1);
    }
  }

  /** @param {number} i @param {number} value @param {number} bits */
  colour(i, value, bits) {
    const { plus, minus, zero, blank } = this.colours;
    const none = Number.isNaN(value) || bits & MARK.later || this.largest === 0;
    const share = none ? 0 : Math.min(1, Math.abs(value) / this.largest);
    const base = bits & COLOURING || Number.isNaN(value) ? blank : zero;
    const to = value < 0 ? minus : plus;
    const { data } = this.pixels;
    for (let c = 0; c < 3; c++) data[i * 4 + c] = base[c] + (to[c] - base[c]) * share;
    data[i * 4 + 3] = 255;
  }
}

/** The value that gets the full colour. @param {GridModel} model */
function largestOf({ rows, cols, values, start }) {
  let largest = 0;
  for (let i = 0; i < rows * cols; i++) {
    const v = Math.abs(values[start + i]);
    if (v > largest && v !== Number.POSITIVE_INFINITY) largest = v;
  }
  return largest;
}

/** Colours of positive, negative, zero and empty cells and of outlines, as the style sheet gives them now. @param {HTMLCanvasElement} canvas */
function lookOf(canvas) {
  const style = getComputedStyle(canvas);
  return [
    style.color,
    style.outlineColor,
    style.backgroundColor,
    style.borderTopColor,
    getComputedStyle(/** @type {Element} */ (canvas.closest('.heat'))).color,
  ];
}

/** "rgb(1, 2, 3)" or "color(srgb r g b)" → channels from 0 to 255. @param {string} text */
function rgb(text) {
  const numbers = (text.match(/-?[\d.]+(e-?\d+)?/g) ?? []).map(Number);
  return text.startsWith('color(') ? numbers.slice(0, 3).map((v) => v * 255) : numbers.slice(0, 3);
}
