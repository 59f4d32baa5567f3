// Tensors of other ranks and layouts, brought into PyTorch's. Numbers are moved, never changed.

import { spatialAxes } from '../schema.js';
import { sizeOf } from '../tensors.js';

/** @typedef {import('../schema.js').Op} Op */

/** @template T @param {ArrayLike<T>} list @param {number[]} order @returns {T[]} */
const pick = (list, order) => order.map((from) => list[from]);

/** Axis `i` of the result is axis `order[i]` of what is given. @param {number[]} shape @param {ArrayLike<number>} data @param {number[]} order */
export function permute(shape, data, order) {
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const [to, by] = [pick(shape, order), pick(strides, order)];
  const result = new Float64Array(data.length);
  const place = to.map(() => 0);
  let from = 0;
  for (let i = 0; i < result.length; i++) {
    result[i] = data[from];
    for (let axis = to.length - 1; axis >= 0; axis--) {
      from += by[axis];
      if (++place[axis] < to[axis]) break;
      from -= by[axis] * to[axis];
      place[axis] = 0;
    }
  }
  return { shape: to, data: result };
}

/**
 * The order of axes that makes PyTorch's layout of a channels-last one: (N, spatial…, C) and
 * (spatial…, C) for maps; (k…, in, out) for a convolution's kernel, (k…, out, in) for a transposed
 * one's, both as TensorFlow and Keras hold them.
 * @param {number} rank @param {'input'|'output'|'weight'} role @param {Op} op
 * @returns {number[]|null} null where that rank has no channels
 */
export function channelsFirst(rank, role, op) {
  const axes = spatialAxes(op);
  const spatial = Array.from({ length: axes }, (_, i) => i);
  if (role === 'weight') return rank === axes + 2 ? [axes + 1, axes, ...spatial] : null;
  if (rank === axes + 2) return [0, axes + 1, ...spatial.map((i) => i + 1)];
  return rank === axes + 1 ? [axes, ...spatial] : null;
}

/** An item of engine.parse with its axes in another order. @param {any} item @param {number[]} order */
export function permuteItem(item, order) {
  const { shape, data } = permute(item.visibleShape, item.data, order);
  return {
    ...item,
    shape: item.shape && pick(item.shape, order),
    visibleShape: shape,
    gaps: pick(item.gaps, order),
    data,
  };
}

/** The item in PyTorch's layout for that part. @param {any} item @param {import('./roles.js').Part} part @param {Op} op */
export function inTorchLayout(item, part, op) {
  if (!part.channelsLast || item.kind !== 'tensor') return item;
  const role = part.role === 'input' || part.role === 'weight' ? part.role : 'output';
  const order = channelsFirst(item.visibleShape.length, role, op);
  return order ? permuteItem(item, order) : item;
}

/**
 * A shape with as many leading ones as the rank asks for, and none too many; null where that cannot be.
 * @param {number[]} shape @param {number} rank
 */
export function withRank(shape, rank) {
  if (shape.length <= rank) return [...Array(rank - shape.length).fill(1), ...shape];
  const extra = shape.length - rank;
  return shape.slice(0, extra).every((n) => n === 1) ? shape.slice(extra) : null;
}

/** One number per axis. @param {any} value @param {number} axes @param {number} otherwise @returns {number[]} */
export function listOf(value, axes, otherwise) {
  if (typeof value === 'number') return Array(axes).fill(value);
  if (!Array.isArray(value) || !value.every((v) => typeof v === 'number'))
    return Array(axes).fill(otherwise);
  return value.length === axes ? value : Array(axes).fill(value[0] ?? otherwise);
}
