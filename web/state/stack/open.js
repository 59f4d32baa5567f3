// A layer of a stack as a state of the page of one layer: its arguments, and its numbers where the page can show as many.

import { makeState } from '../initial.js';
import { PAGE_LIMITS } from '../schema.js';
import { sizeOf } from '../tensors.js';
import { endsOf, perAxis } from './per-axis.js';

/**
 * @typedef {import('../../engine/stack.js').StackLayer} StackLayer
 * @typedef {import('../../engine/stack.js').StackLayerResult} LayerResult
 * @typedef {{ input: ArrayLike<number>, weight: ArrayLike<number>, bias: ArrayLike<number>|null }} Values
 */

/** Whether the page has such a layer at all, if need be with fewer channels. @param {StackLayer} layer @param {LayerResult|null|undefined} result */
export const canOpen = (layer, result) =>
  Boolean(result?.weightShape) &&
  layer.op.startsWith('conv') &&
  (result?.weightShape ?? []).slice(2).every((n) => n <= PAGE_LIMITS.kernel) &&
  (result?.axes ?? []).every(({ input }) => (input ?? 0) <= PAGE_LIMITS.axis) &&
  layer.outputSize === undefined;

/** @param {StackLayer} layer @param {LayerResult} result @param {boolean} batched */
function channelsOf({ groups = 1, outChannels = 1 }, { inputShape }, batched) {
  const [batch, channels] = batched ? inputShape : [1, ...inputShape];
  return { batch, channels, groups, outChannels };
}

/** Whether the page can show all of its channels and numbers. @param {StackLayer} layer @param {LayerResult} result @param {boolean} batched */
export function isWhole(layer, result, batched) {
  const { batch, channels, groups, outChannels } = channelsOf(layer, result, batched);
  return (
    batch <= PAGE_LIMITS.batch &&
    Math.max(channels, outChannels, groups) <= PAGE_LIMITS.channels &&
    (channels * outChannels) / groups <= PAGE_LIMITS.kernels &&
    sizeOf(result.inputShape) <= PAGE_LIMITS.cells &&
    sizeOf(result.outputShape) <= PAGE_LIMITS.cells
  );
}

/**
 * @param {StackLayer} layer @param {LayerResult} result @param {boolean} batched
 * @param {Values|null} values its numbers, where the page can show all of them
 */
export function openState(layer, result, batched, values) {
  const weight = /** @type {number[]} */ (result.weightShape);
  const kernelSize = weight.slice(2);
  const axes = kernelSize.length;
  const { batch, channels, groups, outChannels } = channelsOf(layer, result, batched);
  const { begin, end } = endsOf(layer, result);
  const isNamed = layer.padding === 'same' || layer.padding === 'valid';
  const isEven = begin.every((n, i) => n === end[i]);
  return makeState({
    ...{ op: layer.op, inputSize: result.inputShape.slice(-axes), kernelSize },
    stride: perAxis(layer.stride, axes, 1),
    dilation: perAxis(layer.dilation, axes, 1),
    outputPadding: perAxis(layer.outputPadding, axes, 0),
    padding: begin,
    ...{ paddingEnd: end, paddingMode: layer.paddingMode },
    paddingKind: isNamed ? layer.padding : isEven ? 'each' : 'pairs',
    ...(isWhole(layer, result, batched)
      ? { batch, groups, inChannels: channels, outChannels }
      : {}),
    ...(values ? { input: values.input, weight: values.weight, bias: values.bias } : {}),
  });
}
