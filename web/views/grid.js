// One map as a grid of cells that behaves like a spreadsheet. DOM is made once and then only changed
// where a text or a mark changes: a map may hold more than a thousand cells and must follow each key.

import { noChange } from 'lit';
import { Directive, directive } from 'lit/directive.js';
import { arc } from './arrows.js';
import { MARK, toneOf } from './cells.js';
import { formatNumber } from './format.js';
import { CellEditor } from './grid-editor.js';
import { handlersOf } from './grid-events.js';

const CLASS_OF = Object.entries({
  lit: 'lit',
  selected: 'sel',
  padding: 'pad',
  inserted: 'ins',
  cut: 'cut',
  draft: 'draft',
  range: 'range',
  later: 'later',
});
const CLASSES = Array.from({ length: 256 }, (_, bits) =>
  [
    'cell',
    ...CLASS_OF.filter(([name]) => bits & MARK[/** @type {keyof typeof MARK} */ (name)]).map(
      ([, c]) => c,
    ),
  ].join(' '),
);

/**
 * @typedef {{
 *   select?: (index: number) => void, hover?: (index: number|null) => void,
 *   type?: (index: number, text: string) => void, drop?: (index: number) => void,
 *   clear?: (indices: number[]) => void, paste?: (index: number, text: string) => void,
 *   range?: (indices: number[]|null) => void
 * }} GridEvents  every index is flat, in the whole tensor
 * @typedef {{
 *   label: string, kind: 'input'|'kernel'|'output'|'padded'|'canvas', rows: number, cols: number, start: number,
 *   values: ArrayLike<number>, format: import('./format.js').NumberFormat, editable: boolean,
 *   marks: (index: number) => number, draft?: (index: number) => string|undefined, on: GridEvents,
 *   shade?: number, palette?: 'sign'|'grey', arrows?: [number, number][], chosen?: number
 * }} GridModel  `start` is the flat index of the first cell; `shade` the value that gets the full colour;
 *   `chosen` the cell that a picture tells the number of, where it is not the visitor's
 */

/** Grids of more cells than this are neither laid out nor painted while they are out of sight. */
const LARGE = 200;

export class GridView {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    /** @type {HTMLElement[]} */
    this.cells = [];
    /** @type {string[]} */
    this.texts = [];
    /** @type {string[]} */
    this.tones = [];
    this.values = new Float64Array(0);
    /** @type {import('./format.js').NumberFormat|undefined} */
    this.format = undefined;
    /** @type {number|undefined} */
    this.shade = undefined;
    /** @type {Uint8Array} */
    this.bits = new Uint8Array(0);
    this.rows = -1;
    this.cols = -1;
    /** the cell that Tab reaches */
    this.active = 0;
    /** the other corner of the selected block, or null */
    this.anchor = /** @type {number|null} */ (null);
    this.model = /** @type {GridModel} */ (/** @type {unknown} */ (null));
    this.sizeName = '';
    this.arrows = '';
    this.editor = new CellEditor(this);
    root.setAttribute('role', 'grid');
    for (const [type, handler] of Object.entries(handlersOf(this)))
      root.addEventListener(type, /** @type {EventListener} */ (handler));
  }

  /** @param {GridModel} model */
  update(model) {
    this.model = model;
    if (this.rows !== model.rows || this.cols !== model.cols) this.build();
    const { root } = this;
    if (root.getAttribute('aria-label') !== model.label)
      root.setAttribute('aria-label', model.label);
    root.setAttribute('aria-readonly', String(!model.editable));
    const { values, format } = model;
    const sameFormat = this.format?.kind === format.kind && this.format.digits === format.digits;
    this.format = format;
    const sameShade = this.shade === model.shade;
    let longest = 1;
    for (let i = 0; i < this.cells.length; i++) {
      const index = model.start + i;
      const value = values[index];
      const draft = model.draft?.(index);
      const bits =
        model.marks(index) |
        (draft === undefined ? 0 : MARK.draft) |
        (this.inRange(i) ? MARK.range : 0);
      // A text is made anew only where it may differ: most cells stay as they are at each key.
      const sameValue = sameFormat && Object.is(value, this.values[i]);
      const hidden = MARK.later | MARK.draft;
      if (!sameValue || (bits | this.bits[i]) & hidden) {
        const text = bits & MARK.later ? '' : (draft ?? formatNumber(value, format));
        if (text !== this.texts[i]) {
          this.texts[i] = text;
          if (!this.editor.isAt(i)) this.cells[i].textContent = text;
        }
        this.values[i] = value;
      }
      if (this.texts[i].length > longest) longest = this.texts[i].length;
      if (bits !== this.bits[i]) this.mark(i, bits);
      if (!sameValue || !sameShade) this.tint(i, value, model.shade);
    }
    this.shade = model.shade;
    this.drawArrows(model.arrows ?? []);
    const size = sizeClass(Math.max(this.rows, this.cols), longest, model.editable);
    if (this.sizeName !== size) {
      this.sizeName = size;
      root.dataset.size = size;
    }
  }

  /** Colour by value, in five tones to either side of zero. @param {number} i @param {number} value @param {number|undefined} full */
  tint(i, value, full) {
    const tone = full === undefined || Number.isNaN(value) ? '' : String(toneOf(value, full));
    if (tone === this.tones[i]) return;
    this.tones[i] = tone;
    if (tone) this.cells[i].dataset.tone = tone;
    else delete this.cells[i].dataset.tone;
  }

  /** Lines from cell to cell, over the grid; drawn anew only when they change. @param {[number, number][]} arrows */
  drawArrows(arrows) {
    const key = arrows.join(';');
    if (key === this.arrows) return;
    this.arrows = key;
    this.root.querySelector('svg')?.remove();
    if (!arrows.length) return;
    const middle = (/** @type {number} */ i) =>
      `${(i % this.cols) + 0.5} ${Math.floor(i / this.cols) + 0.5}`;
    const picture = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    picture.setAttribute('viewBox', `0 0 ${this.cols} ${this.rows}`);
    picture.setAttribute('preserveAspectRatio', 'none');
    picture.setAttribute('aria-hidden', 'true');
    for (const [from, to] of arrows) {
      const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
      line.setAttribute('d', arc(from, to, this.cols));
      const end = document.createElementNS('http://www.w3.org/2000/svg', 'circle');
      const [x, y] = middle(to).split(' ');
      end.setAttribute('cx', x);
      end.setAttribute('cy', y);
      end.setAttribute('r', '0.12');
      picture.append(line, end);
    }
    this.root.append(picture);
  }

  /** @param {number} i @param {number} bits */
  mark(i, bits) {
    const cell = this.cells[i];
    const was = this.bits[i];
    this.bits[i] = bits;
    cell.className = CLASSES[bits];
    if ((was ^ bits) & MARK.selected)
      cell.setAttribute('aria-selected', String(Boolean(bits & MARK.selected)));
    if ((was ^ bits) & MARK.draft) cell.toggleAttribute('aria-invalid', Boolean(bits & MARK.draft));
  }

  /** Makes the cells anew; the focus stays on the same row and column as far as they exist. */
  build() {
    const { rows, cols } = this.model;
    const focused = this.root.contains(this.focused());
    const row = Math.min(rows - 1, Math.max(0, Math.floor(this.active / this.cols)));
    const col = Math.min(cols - 1, Math.max(0, this.active % this.cols));
    this.editor.abandon();
    this.active = this.cols > 0 ? row * cols + col : 0;
    this.rows = rows;
    this.cols = cols;
    this.anchor = null;
    this.cells = [];
    const lines = Array.from({ length: rows }, () => {
      const line = document.createElement('div');
      line.setAttribute('role', 'row');
      line.className = 'row';
      for (let c = 0; c < cols; c++) {
        const cell = document.createElement('div');
        cell.setAttribute('role', 'gridcell');
        cell.setAttribute('aria-selected', 'false');
        cell.className = 'cell';
        cell.tabIndex = this.cells.length === this.active ? 0 : -1;
        this.cells.push(cell);
        line.append(cell);
      }
      return line;
    });
    this.texts = Array(this.cells.length).fill('');
    this.bits = new Uint8Array(this.cells.length);
    this.tones = Array(this.cells.length).fill('');
    this.values = new Float64Array(this.cells.length).fill(Number.NaN);
    this.format = undefined;
    this.arrows = '';
    this.root.style.setProperty('--rows', String(rows));
    this.root.style.setProperty('--cols', String(cols));
    this.root.toggleAttribute('data-large', this.cells.length > LARGE);
    this.root.replaceChildren(...lines);
    if (focused) this.cells[this.active].focus({ preventScroll: true });
  }

  focused() {
    return /** @type {Document|ShadowRoot} */ (this.root.getRootNode()).activeElement;
  }

  /** @param {EventTarget|null} target @returns {number} −1 when it is no cell of this grid */
  cellAt(target) {
    const cell = target instanceof Element ? target.closest('[role=gridcell]') : null;
    return cell ? this.cells.indexOf(/** @type {HTMLElement} */ (cell)) : -1;
  }

  /** @param {number} i @param {{ extend?: boolean }} [how] */
  moveTo(i, { extend = false } = {}) {
    if (extend) this.anchor ??= this.active;
    else this.anchor = null;
    this.cells[this.active].tabIndex = -1;
    this.active = i;
    this.cells[i].tabIndex = 0;
    this.cells[i].focus({ preventScroll: false });
    this.model.on.range?.(this.anchor === null ? null : this.block());
    this.model.on.select?.(this.model.start + i);
  }

  /** Cells of the selected block, flat in the tensor. */
  block() {
    return this.cells
      .map((_, i) => i)
      .filter((i) => this.inRange(i) || i === this.active)
      .map((i) => this.model.start + i);
  }

  /** @param {number} i */
  inRange(i) {
    if (this.anchor === null || this.anchor === this.active) return false;
    const [r, c] = [Math.floor(i / this.cols), i % this.cols];
    const between = (/** @type {number} */ v, /** @type {number} */ a, /** @type {number} */ b) =>
      v >= Math.min(a, b) && v <= Math.max(a, b);
    return (
      between(r, Math.floor(this.anchor / this.cols), Math.floor(this.active / this.cols)) &&
      between(c, this.anchor % this.cols, this.active % this.cols)
    );
  }

  blockAsText() {
    const rows = new Map();
    for (const index of this.block()) {
      const row = Math.floor((index - this.model.start) / this.cols);
      rows.set(row, [...(rows.get(row) ?? []), String(this.model.values[index])]);
    }
    return [...rows.values()].map((row) => row.join('\t')).join('\n');
  }
}

/** Cell size and letter size by name; the style sheet knows the pixels. @param {number} side @param {number} letters @param {boolean} editable */
function sizeClass(side, letters, editable) {
  const size =
    side <= 6 && editable ? 'xl' : side <= 8 ? 'l' : side <= 14 ? 'm' : side <= 22 ? 's' : 'xs';
  const wide = letters <= 3 ? 3 : letters <= 5 ? 5 : letters <= 7 ? 7 : 9;
  return `${size}${wide}`;
}

class GridDirective extends Directive {
  /** @type {GridView|undefined} */
  view;

  /** @param {GridModel} _model */
  render(_model) {
    return noChange;
  }

  /** @param {any} part @param {[GridModel]} args */
  update(part, [model]) {
    this.view ??= new GridView(part.element);
    this.view.update(model);
    return noChange;
  }
}

/** `<div ${grid(model)}></div>` makes that element the grid of the model. */
export const grid = directive(GridDirective);
