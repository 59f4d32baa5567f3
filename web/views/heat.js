// A map too large for numbers, as a picture: colour for the value, the number of the pointed or
// selected cell below. One canvas instead of thousands of elements, so that it follows each frame.
// For assistive tools it is a grid of which one cell exists at a time, the active one.

import { noChange } from 'lit';
import { Directive, directive } from 'lit/directive.js';
import { t } from '../i18n/index.js';
import { formatAlone } from './format.js';
import { HeatPicture } from './heat-picture.js';

/** @typedef {import('./grid.js').GridModel} GridModel */

class HeatView {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.active = 0;
    this.hovered = -1;
    this.chosen = /** @type {number|undefined} */ (undefined);
    this.side = 520;
    this.model = /** @type {GridModel} */ (/** @type {unknown} */ (null));
    this.picture = new HeatPicture();
    this.canvas = this.picture.canvas;
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
    if (model.chosen !== undefined && model.chosen !== this.chosen) this.active = model.chosen;
    this.chosen = model.chosen;
    if (this.active >= model.rows * model.cols) this.active = 0;
    const look = `heat ${model.kind} ${model.palette ?? 'sign'}`;
    if (this.root.className !== look) this.root.className = look;
    this.draw();
  }

  draw() {
    this.picture.update(this.model, this.side);
    const { largest } = this.picture;
    say(this.legend, 'data-range', `${formatAlone(-largest)} … 0 … ${formatAlone(largest)}`);
    this.tell();
  }

  tell() {
    const { rows, cols, values, start, label, editable } = this.model;
    const i = this.hovered >= 0 ? this.hovered : this.active;
    const at = `[${Math.floor(i / cols)}, ${i % cols}]`;
    const value = formatAlone(values[start + i]);
    write(this.place, editable ? `${at} = ` : `${at} = ${value}`);
    this.box.hidden = !editable;
    const { activeElement } = /** @type {Document|ShadowRoot} */ (this.root.getRootNode());
    if (editable && activeElement !== this.box)
      this.box.value = this.model.draft?.(start + i) ?? String(values[start + i]);
    say(this.box, 'aria-label', t('cell.value', { map: label, place: at }));
    say(this.grid, 'aria-label', label);
    say(this.grid, 'aria-rowcount', String(rows));
    say(this.grid, 'aria-colcount', String(cols));
    say(this.grid, 'aria-readonly', String(!editable));
    say(this.row, 'aria-rowindex', String(Math.floor(this.active / cols) + 1));
    say(this.cell, 'aria-colindex', String((this.active % cols) + 1));
    write(this.text, formatAlone(values[start + this.active]));
  }
}

/** @param {string} role */
function withRole(role) {
  const element = document.createElement('div');
  element.setAttribute('role', role);
  return element;
}

/** Sets an attribute where it differs: setting one costs even where it is the same. @param {Element} element @param {string} name @param {string} value */
function say(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** @param {HTMLElement} element @param {string} text */
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
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
