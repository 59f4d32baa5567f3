// The text box that opens inside a cell. Each text that reads as a number goes out while one types;
// Enter and Tab keep it, Escape brings the old value back.

import { t } from '../i18n/index.js';

/** @typedef {import('./grid.js').GridView} GridView */

export class CellEditor {
  /** @param {GridView} grid */
  constructor(grid) {
    this.grid = grid;
    /** @type {HTMLInputElement|null} */
    this.box = null;
    this.cell = -1;
    this.exact = '';
    /** opened by typing: arrows then leave the cell, as in a spreadsheet */
    this.quick = false;
  }

  get isOpen() {
    return this.box !== null;
  }

  /** @param {number} i */
  isAt(i) {
    return this.box !== null && this.cell === i;
  }

  /** @param {number} i @param {string} [typed] replaces the value when given */
  open(i, typed) {
    this.commit();
    const { grid } = this;
    const box = document.createElement('input');
    box.className = 'cell-editor';
    box.inputMode = 'text';
    box.autocomplete = 'off';
    box.spellcheck = false;
    box.maxLength = 40;
    box.enterKeyHint = 'next';
    const place = `[${Math.floor(i / grid.cols)}, ${i % grid.cols}]`;
    box.setAttribute('aria-label', t('cell.value', { map: grid.model.label, place }));
    this.box = box;
    this.cell = i;
    grid.active = i;
    // Full precision, not the rounded text of the cell.
    this.exact =
      grid.model.draft?.(grid.model.start + i) ?? String(grid.model.values[grid.model.start + i]);
    this.quick = typed !== undefined;
    box.value = typed ?? this.exact;
    grid.cells[i].dataset.editing = '';
    grid.cells[i].replaceChildren(box);
    box.focus();
    if (typed === undefined) box.select();
    else this.send();
    box.addEventListener('input', () => this.send());
    box.addEventListener('blur', () => this.commit());
  }

  /** What has been typed so far goes out when it ends a number. */
  send() {
    const text = this.box?.value ?? '';
    if (/\d\.?$|^(nan|[+-]?inf(inity)?)$/i.test(text.trim()))
      this.grid.model.on.type?.(this.grid.model.start + this.cell, text);
  }

  /** Keeps what was typed, number or not. */
  commit() {
    if (!this.box) return;
    const text = this.box.value;
    const index = this.grid.model.start + this.cell;
    const { exact } = this;
    this.abandon();
    if (text !== exact) this.grid.model.on.type?.(index, text);
  }

  cancel() {
    if (!this.box) return;
    const index = this.grid.model.start + this.cell;
    const { exact } = this;
    this.abandon();
    this.grid.model.on.type?.(index, exact);
  }

  /** Closes the box and nothing more. */
  abandon() {
    if (!this.box) return;
    const { cell, grid } = this;
    this.box = null;
    this.cell = -1;
    if (!grid.cells[cell]) return;
    delete grid.cells[cell].dataset.editing;
    grid.cells[cell].textContent = grid.texts[cell];
  }

  /** @param {KeyboardEvent} e */
  onKey(e) {
    const { grid, cell } = this;
    const arrows = { ArrowUp: -grid.cols, ArrowDown: grid.cols, ArrowLeft: -1, ArrowRight: 1 };
    const keys = {
      Enter: e.shiftKey ? -grid.cols : grid.cols,
      Tab: e.shiftKey ? -1 : 1,
      ...(this.quick ? arrows : {}),
    };
    const next = /** @type {Record<string, number>} */ (keys)[e.key];
    if (e.key === 'Escape') {
      e.preventDefault();
      e.stopPropagation();
      this.cancel();
      grid.moveTo(cell);
    } else if (next !== undefined) {
      const target = cell + next;
      const inside = target >= 0 && target < grid.cells.length;
      // Tab out of the last cell leaves the grid, as everywhere on a page.
      if (e.key === 'Tab' && !inside) return;
      e.preventDefault();
      this.commit();
      grid.moveTo(inside ? target : cell);
    }
  }
}
