// The three maps one plays with: input and kernel to edit, output to read; and the bias.

import { html, nothing } from 'lit';
import { t } from '../i18n/index.js';
import { readPicture } from '../state/picture.js';
import { isTransposed, PAGE_LIMITS, spatialAxes } from '../state/schema.js';
import { FILLS, readBlock } from '../state/tensors.js';
import { chooseFormat, formatSize } from './format.js';
import { mapGrids } from './maps.js';

/**
 * @typedef {import('../model.js').Model} Model
 * @typedef {import('../state/store.js').Dispatch} Dispatch
 * @typedef {import('../state/store.js').TensorKey} TensorKey
 * @typedef {{ dispatch: Dispatch, notes: Record<string, string|null>, note: (key: TensorKey, text: string|null) => void,
 *   copy: (what: string, text: string) => void, copied: string|null,
 *   readBlock: (key: TensorKey, text: string) => Promise<{ rows: number[][] }|{ refusal: string }|null>,
 *   readonly?: boolean }} Context
 *   `notes` are messages on pasted text, by tensor; `readBlock` reads what a program printed: null where it was
 *   a whole tensor and has taken the map's place; `readonly` where nothing may be edited
 * @typedef {Context & { save: (name: string, content: string|Uint8Array, type: string) => void,
 *   tools: import('../tools.js').Tools, load: (name: keyof import('../tools.js').Tools) => void }} ToolContext
 *   `tools` are the parts of the page that `load` fetches
 */

/** @param {Model} model @param {Context} ctx */
export function board(model, ctx) {
  const { state, result } = model;
  const glyph = isTransposed(state.op) ? t('board.transposedGlyph') : t('board.glyph');
  return html`<section class="board" part="board" aria-label=${t('board.title')}>
    ${editable(model, ctx, 'input', 'input')}
    ${joined(glyph, editable(model, ctx, 'weight', 'kernel'))}
    ${state.hasBias ? joined('+', editable(model, ctx, 'bias', 'kernel')) : nothing}
    ${joined(
      '=',
      html`<article class="card output ${model.stale ? 'stale' : ''}">
        <header><h2>${t('map.output')}</h2>${result ? html`<span class="size">${formatSize(result.geometry.outputShape.slice(2))}</span>` : nothing}</header>
        ${model.stale ? html`<p class="stale-note">${t(model.waits.result ? 'wait.stale' : 'board.stale')}</p>` : nothing}
        ${result ? mapGrids(model, ctx.dispatch, { name: 'output', kind: 'output', label: t('map.output'), tensor: result.maps.output, probeMap: 'output' }) : nothing}
        <p class="hint">${t('board.outputHint')}</p>
      </article>`,
    )}
  </section>`;
}

/** A card with the sign before it, never parted by a line break. @param {string} sign @param {unknown} card */
const joined = (sign, card) =>
  html`<div class="joined"><span class="operator" aria-hidden="true">${sign}</span>${card}</div>`;

/** @param {Model} model @param {Context} ctx @param {TensorKey} key @param {'input'|'kernel'} kind */
function editable(model, ctx, key, kind) {
  const { state } = model;
  const tensor = state[key];
  const label = t(`map.${key}`);
  const problem = model.draftErrors[key] ?? ctx.notes[key];
  const hasDrafts = Object.keys(state.drafts).length > 0;
  const editing = !ctx.readonly;
  const drop = editing && key === 'input' && spatialAxes(state.op) === 2;
  return html`<article class="card ${kind}"
    @dragover=${drop ? (/** @type {Event} */ e) => e.preventDefault() : nothing}
    @drop=${drop ? (/** @type {DragEvent} */ e) => dropPicture(ctx, e) : nothing}>
    <header>
      <h2>${label}</h2>
      <span class="size">${key === 'bias' ? tensor.data.length : formatSize(tensor.shape.slice(2))}</span>
      ${editing ? fillMenu(ctx, key, label, state) : nothing}
    </header>
    ${mapGrids(model, ctx.dispatch, {
      name: key,
      kind,
      label,
      tensor: { ...tensor, shape: key === 'bias' ? [1, 1, 1, tensor.data.length] : tensor.shape },
      probeMap: key === 'bias' ? null : key,
      edit: editing ? editEvents(ctx, key) : undefined,
      draft: hasDrafts ? (index) => state.drafts[`${key}:${index}`] : undefined,
      format: chooseFormat(tensor.data),
    })}
    ${problem ? html`<p class="alert" role="alert">${problem}</p>` : nothing}
    ${editing ? html`<p class="hint">${t('board.editHint')}</p>` : nothing}
  </article>`;
}

/** @param {Context} ctx @param {TensorKey} key @returns {import('./grid.js').GridEvents} */
function editEvents(ctx, key) {
  const { dispatch } = ctx;
  return {
    type: (index, text) => {
      ctx.note(key, null);
      dispatch.setCell(key, index, text);
    },
    clear: (indices) =>
      dispatch.setCells(
        key,
        indices.map((i) => /** @type {[number, number]} */ ([i, 0])),
      ),
    range: (indices) => dispatch.setRange(key, indices),
    paste: async (index, text) => {
      // What programs print is the engine's to read; a spreadsheet's block needs no engine.
      const block = /^\s*([\w.]+\s*=\s*)?[\w.]*\s*[[({]/.test(text)
        ? await ctx.readBlock(key, text)
        : readBlock(text);
      if (block === null || 'refusal' in block) return ctx.note(key, block?.refusal ?? null);
      const problem = 'rows' in block ? tooLarge(key, block.rows) : badBlock(block);
      ctx.note(key, problem);
      if ('rows' in block && !problem) dispatch.pasteBlock(key, index, block.rows);
    },
  };
}

/** @param {{ bad: string, line: number, reason: string }} block */
const badBlock = ({ bad, line, reason }) =>
  t(`error.paste.${reason}`, { bad: bad.slice(0, 40), line });

/** @param {TensorKey} key @param {number[][]} rows */
function tooLarge(key, rows) {
  const max = key === 'input' ? PAGE_LIMITS.axis : PAGE_LIMITS.kernel;
  const size = [rows.length, rows[0].length];
  return Math.max(...size) > max ? t('error.paste.large', { size: formatSize(size), max }) : null;
}

/** @param {Context} ctx @param {TensorKey} key @param {string} label @param {Model['state']} state */
const fillMenu = (ctx, key, label, state) => {
  const inRange = state.range?.map === key;
  const close = (/** @type {Event} */ e) =>
    /** @type {Element} */ (e.target).closest('details')?.removeAttribute('open');
  const choose = (/** @type {Event} */ e, /** @type {any} */ kind) => {
    ctx.dispatch.fillCells(key, kind);
    close(e);
  };
  const onKey = (/** @type {KeyboardEvent} */ e) => {
    if (e.key !== 'Escape') return;
    const details = /** @type {HTMLDetailsElement} */ (e.currentTarget);
    details.open = false;
    details.querySelector('summary')?.focus();
  };
  return html`<details class="menu" @keydown=${onKey}>
    <summary aria-label=${t('fill.label', { map: label })}>${t('fill.title')}</summary>
    <div class="menu-items">
      <p class="menu-note">${inRange ? t('fill.range') : t('fill.all')}</p>
      ${FILLS.map((kind) => html`<button type="button" @click=${(/** @type {Event} */ e) => choose(e, kind)}>${t(`fill.${kind}`)}</button>`)}
      <label class="seed">${t('fill.seed')} <input type="text" inputmode="numeric" maxlength="9" .value=${String(state.seed)}
        @change=${(/** @type {any} */ e) => ctx.dispatch.setOption({ seed: Math.abs(Math.trunc(Number(e.target.value))) || 0 })} /></label>
      ${key === 'input' && spatialAxes(state.op) === 2 ? pictureButton(ctx, close) : nothing}
    </div>
  </details>`;
};

/** @param {Context} ctx @param {(e: Event) => void} close */
const pictureButton = (ctx, close) => html`<label class="file">${t('picture.open')}
  <input type="file" accept="image/*" @change=${(/** @type {any} */ e) => {
    openPicture(ctx, e.target.files[0]);
    e.target.value = '';
    close(e);
  }} /></label>`;

/** @param {Context} ctx @param {Blob|undefined} file */
async function openPicture(ctx, file) {
  if (!file) return;
  try {
    ctx.dispatch.setPicture(await readPicture(file));
    ctx.note('input', null);
  } catch {
    ctx.note('input', t('picture.failed'));
  }
}

/** A picture may also be dropped on the card of the input. @param {Context} ctx @param {DragEvent} e */
function dropPicture(ctx, e) {
  e.preventDefault();
  openPicture(ctx, e.dataTransfer?.files[0]);
}
