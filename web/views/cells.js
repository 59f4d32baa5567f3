// What each cell of a map is: lit, selected, padded, inserted, cropped or not reached yet; its tone, and the names
// of maps and channels. The one source for the page's grids and for the pictures made of them. Draws nothing.

import { t } from '../i18n/index.js';
import { isTransposed } from '../state/schema.js';
import { placeIn } from '../state/tensors.js';
import { isOutside } from './arrows.js';

/**
 * @typedef {import('../model.js').Model} Model
 * @typedef {{ name: string, tensor: { shape: number[], data: Float64Array, source?: Int32Array },
 *   probeMap: 'input'|'weight'|'output'|null }} Spec  a map and the tensor that its cells were made from
 */

/** Marks of a cell, one bit each. */
export const MARK = {
  lit: 1,
  selected: 2,
  padding: 4,
  inserted: 8,
  cut: 16,
  draft: 32,
  range: 64,
  later: 128,
};

/** How a cell looks that holds no value of the tensor the map was made from; hatched otherwise. */
const EMPTY = { uncropped: MARK.cut, matrix: MARK.inserted, matrixTurned: MARK.inserted };

/** Larger maps, and tensors of more cells in all, become pictures: nobody reads two thousand numbers. */
export const MOST_NUMBERS = 1050;
export const MOST_NUMBERS_IN_ALL = 4000;

/** Tones to either side of zero. */
export const TONES = 5;

/** Slices of a 3-D map that are shown side by side. */
export const SLICES_AT_ONCE = 3;

/**
 * What tells one grid of a tensor from its neighbours; as spoken it ends in "channel" and its number.
 * @param {Model} model @param {Pick<Spec, 'name'>} spec @param {number} o @param {number} i @param {number} outer @param {number} inner
 */
export function mapName(model, spec, o, i, outer, inner) {
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

/** @param {Model} model @param {Spec} spec @returns {(index: number) => number} */
export function marksOf(model, spec) {
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

/** The axes, where this map is an input whose padding copies values instead of being zero. @param {Model} model @param {Spec} spec */
export const copyingAxes = (model, spec) =>
  spec.name === 'paddedInput' &&
  spec.tensor.source &&
  model.result &&
  model.result.request.paddingMode !== 'zeros'
    ? model.result.geometry.axes
    : undefined;

/** From −5 to 5: how far a value is from zero, of the largest. @param {number} value @param {number} full the largest magnitude */
export const toneOf = (value, full) =>
  full > 0 ? Math.sign(value) * Math.ceil((TONES * Math.abs(value)) / full) || 0 : 0;

/** The slices of a 3-D map that are shown. @param {Model} model @param {{ name: string }} spec @param {number} depth */
export function slicesOf(model, spec, depth) {
  const first = Math.min(model.state.slices[spec.name] ?? 0, Math.max(0, depth - SLICES_AT_ONCE));
  return Array.from({ length: Math.min(SLICES_AT_ONCE, depth) }, (_, i) => first + i);
}
