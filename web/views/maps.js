// A tensor as its grids: one for each sample and channel, labelled, with the marks of the probed cell.

import { html, nothing } from 'lit';
import { t } from '../i18n/index.js';
import { isTransposed } from '../state/schema.js';
import { gridOf, placeIn } from '../state/tensors.js';
import { arrowsOf, isOutside } from './arrows.js';
import { chooseFormat, formatNumber } from './format.js';
import { grid, MARK } from './grid.js';
import { heat } from './heat.js';
import { slicesOf, volume } from './volume.js';

/**
 * @typedef {import('../model.js').Model} Model
 * @typedef {import('../state/store.js').Dispatch} Dispatch
 * @typedef {{ shape: number[], data: Float64Array, source?: Int32Array }} Tensor
 * @typedef {{ name: string, kind: 'input'|'kernel'|'output'|'padded'|'canvas', label: string, tensor: Tensor,
 *   probeMap: 'input'|'weight'|'output'|null, edit?: import('./grid.js').GridEvents,
 *   draft?: (index: number) => string|undefined, format?: import('./format.js').NumberFormat, shade?: boolean }} MapSpec
 */

/** How a cell looks that holds no value of the tensor the map was made from; hatched otherwise. */
const EMPTY = { uncropped: MARK.cut, matrix: MARK.inserted, matrixTurned: MARK.inserted };

/** Larger maps, and tensors of more cells in all, become pictures: nobody reads two thousand numbers. */
const MOST_NUMBERS = 1050;
const MOST_NUMBERS_IN_ALL = 4000;

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
    const caption = [name.short, slice].filter(Boolean).join(', ');
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

/**
 * What tells one grid of a tensor from its neighbours; as spoken it ends in "channel" and its number.
 * @param {Model} model @param {MapSpec} spec @param {number} o @param {number} i @param {number} outer @param {number} inner
 */
function mapName(model, spec, o, i, outer, inner) {
  if (outer === 1 && inner === 1) return { spoken: '', short: '' };
  const say = (/** @type {string} */ id, /** @type {Record<string, number>} */ values) => ({
    spoken: t(`channel.${id}`, values),
    short: t(`channel.${id}.short`, values),
  });
  if (spec.name !== 'weight' && spec.name !== 'flippedWeight') {
    return outer > 1 ? say('sample', { sample: o, channel: i }) : say('plain', { channel: i });
  }
  // PyTorch stores a transposed convolution's weight as (in, out/groups); the flipped one of the
  // equivalent convolution is (out, in/groups). Channels are counted over all groups.
  const transposed = isTransposed(model.state.op) && spec.name === 'weight';
  const groups = Math.max(1, Number(model.state.text.groups[0]) || 1);
  const other = i + Math.floor(o / (outer / groups)) * inner;
  const [from, to] = transposed ? [o, other] : [other, o];
  return say('weight', { in: from, out: to });
}

/** @param {Model} model @param {MapSpec} spec @returns {(index: number) => number} */
function marksOf(model, spec) {
  const lit = model.lit[spec.name];
  const { source } = spec.tensor;
  // Without cells of its own to light, a map lights those copied from lit ones.
  const litSource = source && spec.probeMap ? model.lit[spec.probeMap] : undefined;
  const selected = spec.probeMap && model.probe?.map === spec.probeMap ? model.probe.index : -1;
  const later = laterOf(model, spec.name);
  const copies = copyingAxes(model, spec);
  const { shape } = spec.tensor;
  const bySource = source && spec.probeMap && spec.name !== spec.probeMap;
  return (index) => {
    if (later(index)) return MARK.later;
    let bits = 0;
    if (lit ? lit.has(index) : source && source[index] >= 0 && litSource?.has(source[index]))
      bits |= MARK.lit;
    if (source) {
      if (source[index] === -1)
        bits |= /** @type {Record<string, number>} */ (EMPTY)[spec.name] ?? MARK.padding;
      if (source[index] === -2) bits |= MARK.inserted;
      if (copies && isOutside(copies, placeIn(shape, index))) bits |= MARK.padding;
    }
    if (selected >= 0 && (bySource ? source[index] : index) === selected) bits |= MARK.selected;
    return bits;
  };
}

/** Cells that the stepper has not reached yet. @param {Model} model @param {string} name @returns {(index: number) => boolean} */
function laterOf(model, name) {
  const { progress } = model;
  if (!progress?.shown || name === 'input' || name === 'weight' || name === 'bias')
    return () => false;
  const { plan, done, shown } = progress;
  if (name === 'output') return (index) => (plan.walks === 'output' ? index >= done : plan.crop);
  return plan.stages.includes(name) ? () => !shown.has(name) : () => false;
}

/** The axes, where this map is an input whose padding copies values instead of being zero. @param {Model} model @param {MapSpec} spec */
const copyingAxes = (model, spec) =>
  spec.name === 'paddedInput' &&
  spec.tensor.source &&
  model.result &&
  model.result.request.paddingMode !== 'zeros'
    ? model.result.geometry.axes
    : undefined;

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
