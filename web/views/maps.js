// A tensor as its grids: one for each sample and channel, labelled, with the marks of the probed cell.

import { html, nothing } from 'lit';
import { phrases, t } from '../i18n/index.js';
import { gridOf } from '../state/tensors.js';
import { arrowsOf } from './arrows.js';
import {
  copyingAxes,
  MOST_NUMBERS,
  MOST_NUMBERS_IN_ALL,
  mapName,
  marksOf,
  slicesOf,
} from './cells.js';
import { chooseFormat, formatNumber } from './format.js';
import { grid } from './grid.js';
import { heat } from './heat.js';
import { volume } from './volume.js';

/**
 * @typedef {import('../model.js').Model} Model
 * @typedef {import('../state/store.js').Dispatch} Dispatch
 * @typedef {{ shape: number[], data: Float64Array, source?: Int32Array }} Tensor
 * @typedef {{ name: string, kind: 'input'|'kernel'|'output'|'padded'|'canvas', label: string, tensor: Tensor,
 *   probeMap: 'input'|'weight'|'output'|null, edit?: import('./grid.js').GridEvents,
 *   draft?: (index: number) => string|undefined, format?: import('./format.js').NumberFormat, shade?: boolean }} MapSpec
 */

/** @param {Model} model @param {Dispatch} dispatch @param {MapSpec} spec */
export function mapGrids(model, dispatch, spec) {
  const { tensor } = spec;
  const [outer, inner] = tensor.shape;
  const depth = tensor.shape.length === 5 ? tensor.shape[2] : 1;
  const { rows, cols } = gridOf(tensor.shape);
  const perMap = rows * cols;
  const format = spec.format ?? chooseFormat(tensor.data);
  const marks = marksOf(model, spec);
  const tinted = spec.shade || model.state.tint;
  const largest = tinted ? tensor.data.reduce((a, v) => (Math.abs(v) > a ? Math.abs(v) : a), 0) : 0;
  const on = { ...probeEvents(dispatch, spec), ...spec.edit };
  const copies = copyingAxes(model, spec);
  const source = tensor.source ?? new Int32Array(0);
  const asPicture = perMap > MOST_NUMBERS || tensor.data.length > MOST_NUMBERS_IN_ALL;
  const one = (/** @type {number} */ o, /** @type {number} */ i, /** @type {number} */ d) => {
    const name = mapName(model, spec, o, i, outer, inner);
    const start = ((o * inner + i) * depth + d) * perMap;
    const slice = depth > 1 ? t('channel.depth', { depth: d }) : '';
    const gridModel = {
      label: [spec.label, slice, name.spoken].filter(Boolean).join(' '),
      kind: spec.kind,
      rows,
      cols,
      start,
      values: tensor.data,
      format,
      editable: Boolean(spec.edit),
      marks,
      arrows: copies && arrowsOf(copies, source.subarray(start, start + perMap), rows, cols),
      draft: spec.draft,
      shade: tinted ? largest : undefined,
      palette: spec.kind === 'kernel' ? undefined : model.state.palette,
      on,
    };
    const caption = phrases([name.short, slice].filter(Boolean));
    return html`<figure class="map">
      ${asPicture ? html`<div ${heat(gridModel, outer * inner * depth > 4 ? 200 : 400)}></div>` : html`<div class="grid ${spec.kind}" ${grid(gridModel)}></div>`}
      ${caption ? html`<figcaption>${caption}</figcaption>` : ''}
    </figure>`;
  };
  const slices = slicesOf(model, spec, depth);
  const lines = Array.from({ length: tensor.data.length ? outer : 0 }, (_, o) => o);
  const channels = Array.from({ length: inner }, (_, i) => i);
  return html`<div class="maps">
    ${depth > 1 ? volume(dispatch, spec, slices, marks) : nothing}
    ${lines.map((o) => html`<div class="grids">${channels.map((i) => slices.map((d) => one(o, i, d)))}</div>`)}
    ${tinted && !asPicture ? html`<div class="legend ${spec.kind}" data-range="${formatNumber(-largest, format)} … 0 … ${formatNumber(largest, format)}"></div>` : nothing}
  </div>`;
}

/** A cell of a derived map stands for the value it was copied from. @param {Dispatch} dispatch @param {MapSpec} spec @returns {import('./grid.js').GridEvents} */
function probeEvents(dispatch, spec) {
  const { probeMap } = spec;
  if (!probeMap) return {};
  const { source } = spec.tensor;
  /** @param {number} index @returns {import('../state/store.js').Probe|null} */
  const probe = (index) => {
    const at = source && spec.name !== probeMap ? source[index] : index;
    return at >= 0 ? { map: probeMap, index: at } : null;
  };
  return {
    select: (index) => {
      const found = probe(index);
      if (found) dispatch.select(found);
    },
    hover: (index) => dispatch.hover(index === null ? null : probe(index)),
  };
}
