// A map too large for numbers, as a picture: colour for the value, the number of the pointed or
// selected cell below. One canvas instead of thousands of elements, so that it follows each frame.
// For assistive tools it is a grid of which one cell exists at a time, the active one.

import { noChange } from 'lit';
import { Directive, directive } from 'lit/directive.js';
import { t } from '../i18n/index.js';
import { formatAlone } from './format.js';
import { MARK } from './grid.js';

/** @typedef {import('./grid.js').GridModel} GridModel */

class HeatView {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.active = 0;
    this.hovered = -1;
    this.side = 520;
    this.model = /** @type {GridModel} */ (/** @type {unknown} */ (null));
    this.canvas = document.createElement('canvas');
    /** one pixel a cell, enlarged into the canvas */
    this.small = document.createElement('canvas');
    this.canvas.setAttribute('aria-hidden', 'true');
    this.grid = withRole('grid');
    this.row = withRole('row');
    this.cell = withRole('gridcell');
    this.cell.tabIndex = 0;
    this.text = document.createElement('span');
    this.text.className = 'for-reader';
    this.cell.append(this.canvas, this.text);
    this.row.append(this.cell);
    this.grid.append(this.row);
    this.legend = document.createElement('div');
    this.legend.className = 'legend';
    this.readout = document.createElement('p');
    this.readout.className = 'readout';
    this.place = document.createElement('span');
    this.box = document.createElement('input');
    this.box.className = 'readout-box';
    this.readout.append(this.place, this.box);
    root.replaceChildren(this.grid, this.legend, this.readout);
    this.listen();
  }

  listen() {
    const { canvas, cell, box } = this;
    canvas.addEventListener('pointermove', (e) => this.point(this.cellAt(e)));
    canvas.addEventListener('pointerleave', () => this.point(-1));
    canvas.addEventListener('pointerdown', (e) => this.choose(this.cellAt(e)));
    cell.addEventListener('keydown', (e) => {
      const { rows, cols } = this.model;
      const by = { ArrowUp: -cols, ArrowDown: cols, ArrowLeft: -1, ArrowRight: 1 }[e.key];
      if (e.key === 'Enter' && this.model.editable) box.focus();
      if (!by) return;
      e.preventDefault();
      const sideways = Math.abs(by) === 1 && cols > 1;
      const edge =
        sideways && Math.floor(this.active / cols) !== Math.floor((this.active + by) / cols);
      const next = this.active + by;
      if (!edge && next >= 0 && next < rows * cols) this.choose(next);
    });
    cell.addEventListener('paste', (e) => {
      if (!this.model.editable) return;
      e.preventDefault();
      this.model.on.paste?.(
        this.model.start + this.active,
        e.clipboardData?.getData('text/plain') ?? '',
      );
    });
    box.addEventListener('change', () =>
      this.model.on.type?.(this.model.start + this.active, box.value),
    );
    box.addEventListener('keydown', (e) => {
      if (e.key === 'Escape' || e.key === 'Enter') cell.focus();
    });
  }

  /** @param {PointerEvent} e */
  cellAt(e) {
    const { rows, cols } = this.model;
    const box = this.canvas.getBoundingClientRect();
    const row = Math.floor(((e.clientY - box.top) / box.height) * rows);
    const col = Math.floor(((e.clientX - box.left) / box.width) * cols);
    return row >= 0 && row < rows && col >= 0 && col < cols ? row * cols + col : -1;
  }

  /** @param {number} i */
  point(i) {
    if (i === this.hovered) return;
    this.hovered = i;
    this.model.on.hover?.(i < 0 ? null : this.model.start + i);
    this.tell();
  }

  /** @param {number} i */
  choose(i) {
    if (i < 0) return;
    this.active = i;
    this.model.on.select?.(this.model.start + i);
    this.draw();
  }

  /** @param {GridModel} model @param {number} side the longest side of the picture in CSS pixels */
  update(model, side) {
    this.model = model;
    this.side = side;
    if (this.active >= model.rows * model.cols) this.active = 0;
    this.root.className = `heat ${model.kind} ${model.palette ?? 'sign'}`;
    this.draw();
  }

  draw() {
    // Colours come from the style sheet, which reaches an element only in the page.
    if (!this.root.isConnected) return void requestAnimationFrame(() => this.draw());
    const { rows, cols, values, start, marks } = this.model;
    const { canvas } = this;
    const scale = Math.max(1, Math.floor(this.side / Math.max(rows, cols)));
    if (canvas.width !== cols * scale || canvas.height !== rows * scale) {
      canvas.width = cols * scale;
      canvas.height = rows * scale;
    }
    const style = getComputedStyle(canvas);
    const [plus, minus, zero, blank] = [
      style.color,
      style.outlineColor,
      style.backgroundColor,
      style.borderTopColor,
    ].map(rgb);
    const count = rows * cols;
    let largest = 0;
    for (let i = 0; i < count; i++) {
      const v = Math.abs(values[start + i]);
      if (v > largest && v !== Number.POSITIVE_INFINITY) largest = v;
    }
    const picture = new ImageData(cols, rows);
    const chosen = [];
    for (let i = 0; i < count; i++) {
      const v = values[start + i];
      const bits = marks(start + i);
      const share =
        largest > 0 && !Number.isNaN(v) && !(bits & MARK.later)
          ? Math.min(1, Math.abs(v) / largest)
          : 0;
      const base =
        bits & (MARK.padding | MARK.inserted | MARK.cut | MARK.later) || Number.isNaN(v)
          ? blank
          : zero;
      const to = v < 0 ? minus : plus;
      for (let c = 0; c < 3; c++) picture.data[i * 4 + c] = base[c] + (to[c] - base[c]) * share;
      picture.data[i * 4 + 3] = 255;
      if (bits & (MARK.lit | MARK.selected))
        chosen.push({ i, selected: Boolean(bits & MARK.selected) });
    }
    const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    this.small.width = cols;
    this.small.height = rows;
    this.small.getContext('2d')?.putImageData(picture, 0, 0);
    pen.imageSmoothingEnabled = false;
    pen.drawImage(this.small, 0, 0, canvas.width, canvas.height);
    for (const { i, selected } of chosen) {
      const width = selected ? 3 : 1.5;
      pen.lineWidth = width;
      pen.strokeStyle = getComputedStyle(this.root).color;
      pen.strokeRect(
        (i % cols) * scale + 0.5,
        Math.floor(i / cols) * scale + 0.5,
        scale - 1,
        scale - 1,
      );
    }
    this.legend.dataset.range = `${formatAlone(-largest)} … 0 … ${formatAlone(largest)}`;
    this.tell();
  }

  tell() {
    const { rows, cols, values, start, label, editable } = this.model;
    const i = this.hovered >= 0 ? this.hovered : this.active;
    const at = `[${Math.floor(i / cols)}, ${i % cols}]`;
    const value = formatAlone(values[start + i]);
    this.place.textContent = editable ? `${at} = ` : `${at} = ${value}`;
    this.box.hidden = !editable;
    if (editable && document.activeElement !== this.box)
      this.box.value = this.model.draft?.(start + i) ?? String(values[start + i]);
    this.box.setAttribute('aria-label', t('cell.value', { map: label, place: at }));
    this.grid.setAttribute('aria-label', label);
    this.grid.setAttribute('aria-rowcount', String(rows));
    this.grid.setAttribute('aria-colcount', String(cols));
    this.grid.setAttribute('aria-readonly', String(!editable));
    this.row.setAttribute('aria-rowindex', String(Math.floor(this.active / cols) + 1));
    this.cell.setAttribute('aria-colindex', String((this.active % cols) + 1));
    this.text.textContent = formatAlone(values[start + this.active]);
  }
}

/** @param {string} role */
function withRole(role) {
  const element = document.createElement('div');
  element.setAttribute('role', role);
  return element;
}

/** "rgb(1, 2, 3)" or "color(srgb r g b)" → channels from 0 to 255. @param {string} text */
function rgb(text) {
  const numbers = (text.match(/-?[\d.]+(e-?\d+)?/g) ?? []).map(Number);
  return text.startsWith('color(') ? numbers.slice(0, 3).map((v) => v * 255) : numbers.slice(0, 3);
}

class HeatDirective extends Directive {
  /** @type {HeatView|undefined} */
  view;

  /** @param {GridModel} _model @param {number} _side */
  render(_model, _side) {
    return noChange;
  }

  /** @param {any} part @param {[GridModel, number]} args */
  update(part, [model, side]) {
    this.view ??= new HeatView(part.element);
    this.view.update(model, side);
    return noChange;
  }
}

/** `<div ${heat(model, side)}></div>` draws that map as a picture. */
export const heat = directive(HeatDirective);
