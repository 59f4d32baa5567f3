// What a paste holds, put into a request. Pure: nothing is computed but shapes, and what cannot be is
// named, with its numbers.

import { samePadding } from '../same.js';
import { isTransposed, OPS, PAGE_LIMITS, spatialAxes } from '../schema.js';
import { readSettings } from '../settings.js';
import { resize, sizeOf } from '../tensors.js';
import { inTorchLayout, listOf, withRank } from './layout.js';
import { shownShape } from './roles.js';

/**
 * @typedef {import('../store.js').State} State
 * @typedef {import('../schema.js').Op} Op
 * @typedef {import('./roles.js').Part} Part
 * @typedef {{ id: string, values: Record<string, string|number> }} Problem
 * @typedef {{ input: number, weight: number, bias: number }} Rounding how far each number of these may
 *   be from the one that was printed
 */

/** @param {number[]} shape */
const say = (shape) => `[${shape.join(', ')}]`;

/**
 * The request that a paste asks for; what it leaves out is the page's.
 * @param {State} state @param {readonly any[]} items @param {readonly Part[]} parts
 * @returns {{ request: any, rounding: Rounding, missingBias: boolean, takes: boolean } | { problem: Problem }}
 *   `takes`: whether the paste says anything about the request at all
 */
export function requestOfPaste(state, items, parts) {
  const holder = (/** @type {import('./roles.js').Role} */ role) =>
    parts.findIndex((p) => p.role === role);
  const layer = items[holder('layer')];
  const op = opOf(state, layer, items[holder('weight')], items[holder('input')]);
  const axes = spatialAxes(op);
  /** @param {'input'|'weight'|'bias'} role @param {number} rank */
  const given = (role, rank) => {
    const n = holder(role);
    if (n < 0) return null;
    const item = inTorchLayout(items[n], parts[n], op);
    if (item.truncated) throw refuse('truncated', { role });
    const shape = withRank(shownShape(item), rank);
    if (!shape) throw refuse('rank', { role, shape: say(shownShape(item)), rank });
    return { shape, data: item.data, rounding: roundingOf(item) };
  };
  try {
    const input = given('input', axes + 2);
    const weight = given('weight', axes + 2);
    const bias = given('bias', 1);
    const { values } = readSettings(state);
    const perAxis = (/** @type {string} */ key, /** @type {number} */ otherwise) =>
      listOf(
        layer ? (layer.arguments[key] ?? otherwise) : /** @type {any} */ (values)[key],
        axes,
        otherwise,
      );
    const kernelSize = weight ? weight.shape.slice(2) : perAxis('kernelSize', 3);
    const channels = channelsOf(op, layer, values, input, weight, bias);
    const weightShape = isTransposed(op)
      ? [channels.in, channels.out / channels.groups, ...kernelSize]
      : [channels.out, channels.in / channels.groups, ...kernelSize];
    if (weight && say(weight.shape) !== say(weightShape))
      throw refuse('weightShape', { shape: say(weight.shape), expected: say(weightShape) });
    const inputShape = input?.shape ?? [
      values.batch[0],
      channels.in,
      ...listOf(values.inputSize, axes, 4),
    ];
    if (inputShape[1] !== channels.in)
      throw refuse('channels', { channels: inputShape[1], expected: channels.in });
    if (bias && bias.shape[0] !== channels.out)
      throw refuse('biasLength', { length: bias.shape[0], expected: channels.out });
    const hasBias = layer ? (layer.arguments.bias ?? !isFunction(layer)) : state.hasBias;
    if (layer && listOf(layer.arguments.inputDilation, axes, 1).some((d) => d !== 1))
      throw refuse('inputDilation', { value: say(listOf(layer.arguments.inputDilation, axes, 1)) });
    const stride = perAxis('stride', 1);
    const dilation = perAxis('dilation', 1);
    const padding = layer
      ? paddingOfLayer(op, layer, { inputShape, kernelSize, stride, dilation })
      : { padding: paddingOfPage(state, values, axes), outputPadding: null };
    const size = layer?.arguments.outputSize;
    // PyTorch's output_size picks the output padding that leads to it.
    const byOutputSize =
      isTransposed(op) && size !== undefined
        ? listOf(size, axes, 0).map((out, i) => {
            const [begin, end] = [padding.padding[i]].flat();
            const least =
              (inputShape[i + 2] - 1) * stride[i] + dilation[i] * (kernelSize[i] - 1) + 1;
            return out - least + begin + (end ?? begin);
          })
        : null;
    // Numbers that the paste lacks are the page's, where it can hold that many: a print of a layer may be of any size.
    const made = (
      /** @type {any} */ tensor,
      /** @type {any} */ old,
      /** @type {number[]} */ shape,
    ) =>
      tensor ??
      (isHeld(shape) ? { shape, data: resize(old, shape).data } : { shape, data: undefined });
    const request = {
      op,
      input: bare(made(input, state.input, inputShape)),
      weight: bare(made(weight, state.weight, weightShape)),
      bias: bias || hasBias ? bare(made(bias, state.bias, [channels.out])) : null,
      stride,
      dilation,
      groups: channels.groups,
      padding: padding.padding,
      paddingMode: layer ? (layer.arguments.paddingMode ?? 'zeros') : state.paddingMode,
      ...(isTransposed(op)
        ? { outputPadding: byOutputSize ?? padding.outputPadding ?? perAxis('outputPadding', 0) }
        : {}),
    };
    return {
      request,
      rounding: {
        input: input?.rounding ?? 0,
        weight: weight?.rounding ?? 0,
        bias: bias?.rounding ?? 0,
      },
      missingBias: Boolean(hasBias && !bias && layer),
      takes: Boolean(layer || input || weight || bias),
    };
  } catch (error) {
    if (error instanceof Refusal) return { problem: error.problem };
    throw error;
  }
}

class Refusal extends Error {
  /** @param {Problem} problem */
  constructor(problem) {
    super(problem.id);
    this.problem = problem;
  }
}

/** @param {string} id @param {Record<string, string|number>} values */
const refuse = (id, values) => new Refusal({ id, values });

/** Whether the page can hold a tensor of that shape. @param {number[]} shape */
const isHeld = (shape) =>
  shape.every((n) => Number.isInteger(n) && n > 0) && sizeOf(shape) <= PAGE_LIMITS.cells;

/** @param {{ shape: number[], data: Float64Array|undefined }} tensor */
const bare = ({ shape, data }) => ({ shape, data });

/** A function's call, F.conv2d(x, w), has a bias only where it names one. @param {any} layer */
const isFunction = (layer) => Boolean(layer.tensors?.input || layer.tensors?.weight);

/** The layer's operation, or the page's with as many axes as the tensors have. @param {State} state @param {any} layer @param {any} weight @param {any} input @returns {Op} */
function opOf(state, layer, weight, input) {
  if (layer) return layer.op;
  const rank = weight
    ? shownShape(weight).length
    : Math.min(5, Math.max(input ? shownShape(input).length : 0, spatialAxes(state.op) + 2));
  const wanted = /** @type {Op} */ (state.op.replace(/\dd$/, `${rank - 2}d`));
  return OPS.includes(wanted) ? wanted : state.op;
}

/**
 * @param {Op} op @param {any} layer @param {import('../settings.js').Values} page
 * @param {{ shape: number[] }|null} input @param {{ shape: number[] }|null} weight @param {{ shape: number[] }|null} bias
 */
function channelsOf(op, layer, page, input, weight, bias) {
  const stated = layer?.arguments ?? {};
  const [first, second] = weight?.shape ?? [];
  if (isTransposed(op)) {
    const inputs = stated.inChannels ?? first ?? input?.shape[1] ?? page.inChannels[0];
    const byBias = weight && bias ? bias.shape[0] / second : undefined;
    const groups = stated.groups ?? (layer ? 1 : (byBias ?? (weight ? 1 : page.groups[0])));
    const out = stated.outChannels ?? (weight ? second * groups : page.outChannels[0]);
    return { in: inputs, out, groups };
  }
  const inputs = stated.inChannels ?? input?.shape[1] ?? (weight ? undefined : page.inChannels[0]);
  const byInput = weight && inputs !== undefined ? inputs / second : undefined;
  const groups = stated.groups ?? (layer ? 1 : weight ? whole(byInput) : page.groups[0]);
  return {
    in: stated.inChannels ?? (weight ? second * groups : inputs),
    out: stated.outChannels ?? first ?? page.outChannels[0],
    groups,
  };
}

/** @param {number|undefined} value */
const whole = (value) => (value !== undefined && Number.isInteger(value) && value > 0 ? value : 1);

/** @param {State} state @param {import('../settings.js').Values} values @param {number} axes */
function paddingOfPage(state, values, axes) {
  if (state.paddingKind === 'same' || state.paddingKind === 'valid') return state.paddingKind;
  const begin = listOf(values.padding, axes, 0);
  const end = state.paddingKind === 'pairs' ? listOf(values.paddingEnd, axes, 0) : begin;
  return begin.map((b, i) => [b, end[i]]);
}

/**
 * A layer's padding as the request says it; what other frameworks call 'same' is TensorFlow's, in numbers.
 * @param {Op} op @param {any} layer
 * @param {{ inputShape: number[], kernelSize: number[], stride: number[], dilation: number[] }} sizes
 */
function paddingOfLayer(op, layer, { inputShape, kernelSize, stride, dilation }) {
  const axes = kernelSize.length;
  const stated = layer.arguments.padding ?? 0;
  const word = typeof stated === 'string' ? stated.toLowerCase() : null;
  if (layer.framework === 'torch' && word) return { padding: word, outputPadding: null };
  if (word === 'same') {
    const each = kernelSize.map((kernel, i) =>
      samePadding(op, {
        input: inputShape[i + 2],
        kernel,
        stride: stride[i],
        dilation: dilation[i],
      }),
    );
    return {
      padding: each.map((e) => e.pair),
      outputPadding: isTransposed(op) ? each.map((e) => e.outputPadding) : null,
    };
  }
  if (word === 'causal')
    return { padding: kernelSize.map((k, i) => [dilation[i] * (k - 1), 0]), outputPadding: null };
  if (word) return { padding: Array(axes).fill([0, 0]), outputPadding: null };
  if (Array.isArray(stated) && stated.some(Array.isArray))
    return { padding: stated, outputPadding: null };
  return { padding: listOf(stated, axes, 0).map((p) => [p, p]), outputPadding: null };
}

/** Containers whose numbers are all there: source and files. */
const EXACT = ['list', 'json', 'csv', 'matlab', 'npy', 'npz', 'safetensors'];

/**
 * Half a unit of the last printed digit, for prints that round; what is written in source is exact.
 * PyTorch prints four decimals wherever numbers are not whole, and numpy and JAX eight.
 * @param {any} item
 */
export function roundingOf(item) {
  if (item.decimals < 4 || EXACT.includes(item.container)) return 0;
  const unit = 0.5 * 10 ** -item.decimals;
  if (!item.scientific) return unit;
  const largest = item.data.reduce(
    (/** @type {number} */ a, /** @type {number} */ v) =>
      Number.isFinite(v) ? Math.max(a, Math.abs(v)) : a,
    0,
  );
  return largest > 0 ? unit * 10 ** Math.floor(Math.log10(largest)) : 0;
}
