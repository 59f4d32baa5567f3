// What the panels of reasons show beyond the maps: agreement of the methods, overlap, gradients. Asks the
// engine for it; model.js calls this only where a panel is open.

import { gradientFor } from './state/store.js';
import { placeIn, sizeOf } from './state/tensors.js';

/**
 * @typedef {import('./model.js').Result} Result
 * @typedef {import('./model.js').Gradients} Gradients
 * @typedef {import('./state/store.js').State} State
 */

/** Products beyond which the methods are not compared at every key. */
const COMPARED = 30000;

/** @param {any} engine @param {Result} result */
export function agreementOf(engine, result) {
  const products = result.maps.output.data.length * result.weight.data.length;
  return products > COMPARED ? null : engine.agreement(result.request);
}

/** The overlap of this layer and, for a transposed one, of what is used in its place. @param {any} engine @param {Result} result */
export function overlapOf(engine, result) {
  const layer = engine.coverage(result.request);
  if (!result.geometry.transposed) return { layer, resize: null, subpixel: null };
  const { axes } = result.geometry;
  const plain = (/** @type {number[]} */ spatial) =>
    engine.coverage({
      op: result.request.op.replace('conv_transpose', 'conv'),
      input: { shape: [1, 1, ...spatial] },
      weight: { shape: [1, 1, ...axes.map((a) => a.kernel)] },
      padding: 'same',
    });
  const strides = axes.map((a) => a.stride);
  return {
    layer,
    resize: plain(axes.map((a) => a.input * a.stride)),
    subpixel: shuffled(plain(axes.map((a) => a.input)), strides),
  };
}

/** Counts of a small map, repeated over the block of cells that pixel shuffle makes of each. @param {any} coverage @param {number[]} strides */
function shuffled(coverage, strides) {
  const shape = coverage.shape.map(
    (/** @type {number} */ n, /** @type {number} */ axis) => n * strides[axis],
  );
  const data = Int32Array.from({ length: sizeOf(shape) }, (_, index) => {
    const place = placeIn([1, 1, ...shape], index);
    return coverage.data[
      place.reduce((at, p, axis) => at * coverage.shape[axis] + Math.floor(p / strides[axis]), 0)
    ];
  });
  return { ...coverage, shape, data };
}

/** What is asked for gradients: those of the request, and the output without the bias. @param {Result} result @param {State} state */
export const requestsOfGradients = ({ request, geometry }, state) => ({
  request,
  linear: { ...request, bias: null },
  output: gradientFor(state, geometry.outputShape),
});

/**
 * @param {Result} result @param {import('./model.js').TraceMap} output the gradient of the output
 * @param {any} found engine.gradients @param {{ data: ArrayLike<number> }} linear the output without the bias
 * @returns {Gradients}
 */
export const gradientsOf = (result, output, found, linear) => ({
  ...found,
  output,
  left: inner(linear.data, output.data),
  right: inner(result.input.data, found.input.data),
});

/** @param {ArrayLike<number>} a @param {ArrayLike<number>} b */
const inner = (a, b) =>
  Array.prototype.reduce.call(a, (sum, v, i) => Number(sum) + Number(v) * b[i], 0);
