// A stack with its weights as a graph of ONNX operators, after their definitions at onnx.ai. Each layer becomes nodes
// from one value to the next; what ONNX has no operator for is composed.

import { isCropped } from '../../layer.js';
import { graphOf } from '../../onnx-graph.js';
import { endsOf, perAxis } from '../../stack/per-axis.js';
import { sizeOf } from '../../tensors.js';
import { floats, integers } from '../onnx-model.js';
import { NotExportable } from './not-exportable.js';

/**
 * @typedef {import('../../../engine/stack.js').StackLayer} StackLayer
 * @typedef {import('../../../engine/stack.js').Stack} Stack
 * @typedef {import('../../../engine/stack.js').StackLayerResult} LayerResult
 * @typedef {import('../../../engine/stack.js').StackRun} StackRun
 * @typedef {import('../onnx-model.js').Node} Node
 * @typedef {import('../onnx-model.js').Attribute} Attribute
 * @typedef {{ layer: StackLayer, result: LayerResult, parameters: StackRun['parameters'][number], input: string,
 *   node: (op: string, inputs: string[], attributes?: Record<string, Attribute>, output?: string) => string,
 *   put: (shape: number[], data: ArrayLike<number>) => string, whole: (values: number[]) => string }} Step `node`, `put` and
 *   `whole` give the name of a value: of a node's output, of floats, of whole numbers
 */

/** Resize, CRD and the others are there since 13; Pad knows "wrap" since 19. */
const OPSET = 13;
const OPSET_WRAP = 19;

/**
 * @param {StackLayer[]} layers @param {Stack} stack without a failure, with a batch @param {StackRun['parameters']} parameters
 * @returns {import('../onnx-model.js').OnnxModel}
 */
export function stackGraph(layers, stack, parameters) {
  /** @type {Node[]} */
  const nodes = [];
  /** @type {import('../onnx-model.js').Initializer[]} */
  const initializers = [];
  let count = 0;
  const fresh = () => `v${count++}`;
  const node = (
    /** @type {string} */ op,
    /** @type {string[]} */ inputs,
    /** @type {Record<string, Attribute>} */ attributes = {},
    output = fresh(),
  ) => {
    nodes.push({ op, inputs, outputs: [output], attributes });
    return output;
  };
  const put = (/** @type {number[]} */ shape, /** @type {ArrayLike<number>} */ data) => {
    const name = `p${initializers.length}`;
    initializers.push(floats(name, { shape, data: Float64Array.from(data) }));
    return name;
  };
  const whole = (/** @type {number[]} */ values) => {
    const name = `p${initializers.length}`;
    initializers.push(integers(name, values));
    return name;
  };
  /** @type {string[]} */
  const outputs = [];
  layers.forEach((layer, at) => {
    const named = (/** @type {number} */ place) => (place < 0 ? 'x' : outputs[place]);
    let input = named(layer.from ?? at - 1);
    for (const { from, merge } of layer.skip === undefined ? [] : [layer.skip].flat())
      input =
        merge === 'add'
          ? node('Add', [input, named(from)])
          : node('Concat', [input, named(from)], { axis: 1 });
    const step = { layer, result: stack.layers[at], parameters: parameters[at], input };
    outputs.push(write({ ...step, node, put, whole }));
  });
  node('Identity', [outputs.at(-1) ?? 'x'], {}, 'y');
  const wraps = nodes.some(({ op, attributes }) => op === 'Pad' && attributes.mode === 'wrap');
  return {
    ...{ opset: wraps ? OPSET_WRAP : OPSET, name: 'stack', nodes, initializers },
    input: { name: 'x', shape: stack.inputShape },
    output: { name: 'y', shape: stack.layers.at(-1)?.outputShape ?? stack.inputShape },
  };
}

/** @param {Step} step @returns {string} */
function write(step) {
  const { op } = step.layer;
  const stem = op.replace(/\dd$/, '');
  const writer = WRITERS[stem] ?? SIMPLE[stem];
  if (!writer) throw new NotExportable(step.result.index, op);
  return writer(step);
}

/** Of a layer that always has one. @param {Step['parameters']} parameters */
const weightOf = (parameters) => /** @type {NonNullable<Step['parameters']>} */ (parameters).weight;

/** @param {Step} step */
function convolution({ layer, result, parameters, input, node, put, whole }) {
  const weight = weightOf(parameters);
  const kernelSize = weight.shape.slice(2);
  const axes = kernelSize.length;
  if (layer.outputSize !== undefined) throw new NotExportable(result.index, layer.op);
  const plain = {
    ...{ transposed: layer.op.startsWith('conv_transpose'), kernelSize },
    ...endsOf(layer, result),
    stride: perAxis(layer.stride, axes, 1),
    dilation: perAxis(layer.dilation, axes, 1),
    outputPadding: perAxis(layer.outputPadding, axes, 0),
    groups: layer.groups ?? 1,
    paddingMode: layer.paddingMode ?? 'zeros',
    hasBias: parameters?.bias != null,
  };
  const asLayer = /** @type {import('../../layer.js').Layer} */ (/** @type {unknown} */ (plain));
  if (plain.paddingMode !== 'zeros' && isCropped(asLayer))
    throw new NotExportable(result.index, layer.op);
  const { nodes, pads } = graphOf(asLayer);
  /** @type {Record<string, string>} */
  const names = { x: input, w: put(weight.shape, weight.data) };
  if (parameters?.bias) names.b = put(parameters.bias.shape, parameters.bias.data);
  if (pads) names.pads = whole(pads);
  for (const { op, inputs, outputs, attributes } of nodes)
    names[outputs[0]] = node(
      op,
      inputs.map((name) => names[name]),
      attributes,
    );
  return names.y;
}

/** @param {Step} step */
function pool({ layer, result, input, node }) {
  const isMax = layer.op.startsWith('max');
  const axes = result.axes.length;
  const kernel = perAxis(layer.kernelSize, axes, 1);
  const stride = layer.stride === undefined ? kernel : perAxis(layer.stride, axes, 1);
  const dilation = perAxis(layer.dilation, axes, 1);
  const pads = perAxis(layer.padding, axes, 0);
  // What rounding up adds lies behind the end: below every number for a maximum, but counted in a mean.
  const end = result.axes.map(({ input: size, output }, i) =>
    Math.max(
      pads[i],
      (output - 1) * stride[i] + dilation[i] * (kernel[i] - 1) + 1 - (size ?? 0) - pads[i],
    ),
  );
  const roundsUp = end.some((n, i) => n !== pads[i]);
  if (!isMax && (roundsUp || layer.divisorOverride !== undefined))
    throw new NotExportable(result.index, layer.op);
  return node(isMax ? 'MaxPool' : 'AveragePool', [input], {
    ...{ kernel_shape: kernel, strides: stride, pads: [...pads, ...end] },
    ...(isMax
      ? { dilations: dilation }
      : { count_include_pad: layer.countIncludePad === false ? 0 : 1 }),
  });
}

/** Where the sizes divide, a pool like others. @param {Step} step */
function adaptive({ layer, result, input, node }) {
  const kernel = result.axes.map(({ input: size, output }) => (size ?? 0) / output);
  if (!kernel.every(Number.isInteger)) throw new NotExportable(result.index, layer.op);
  const op = layer.op.includes('max') ? 'MaxPool' : 'AveragePool';
  return node(op, [input], { kernel_shape: kernel, strides: kernel });
}

/** @param {Step} step */
function upsample({ layer, result, input, node, put, whole }) {
  const isNearest = (layer.mode ?? 'nearest') === 'nearest';
  const coordinates = layer.alignCorners ? 'align_corners' : 'pytorch_half_pixel';
  const factors = perAxis(layer.scaleFactor, result.axes.length, 1);
  const scales = layer.size === undefined ? put([factors.length + 2], [1, 1, ...factors]) : '';
  const sizes = scales ? [] : [whole(result.outputShape)];
  return node('Resize', [input, '', scales, ...sizes], {
    mode: isNearest ? 'nearest' : 'linear',
    coordinate_transformation_mode: isNearest ? 'asymmetric' : coordinates,
    ...(isNearest ? { nearest_mode: 'floor' } : {}),
  });
}

/** @param {Step} step */
function pad({ layer, result, input, node, whole }) {
  const { begin, end } = endsOf(layer, result);
  const modes = { zeros: 'constant', reflect: 'reflect', replicate: 'edge', circular: 'wrap' };
  const mode = modes[/** @type {keyof typeof modes} */ (layer.paddingMode ?? 'zeros')];
  return node('Pad', [input, whole([0, 0, ...begin, 0, 0, ...end])], { mode });
}

/** @param {Step} step */
function unshuffle({ layer, result, input, node, whole }) {
  const [n, c, h, w] = result.inputShape;
  const r = layer.downscaleFactor ?? 1;
  const apart = node('Reshape', [input, whole([n, c, h / r, r, w / r, r])]);
  const turned = node('Transpose', [apart], { perm: [0, 1, 3, 5, 2, 4] });
  return node('Reshape', [turned, whole(result.outputShape)]);
}

/** @param {Step} step */
function linear({ parameters, input, node, put }) {
  const { shape, data } = weightOf(parameters);
  const [out, of] = shape;
  const turned = Float64Array.from(data, (_, i) => data[(i % out) * of + Math.floor(i / out)]);
  const product = node('MatMul', [input, put([of, out], turned)]);
  const bias = parameters?.bias;
  return bias ? node('Add', [product, put(bias.shape, bias.data)]) : product;
}

/** @param {Step} step */
const reshape = ({ result, input, node, whole }) =>
  node('Reshape', [input, whole(result.outputShape)]);

/** Weights of a norm, for so many channels. @param {Step} step @param {number} channels */
const scaleOf = ({ parameters, put }, channels) => [
  put([channels], parameters?.weight.data ?? Array(channels).fill(1)),
  put([channels], parameters?.bias?.data ?? Array(channels).fill(0)),
];

/** @param {Step} step */
function batchNorm(step) {
  const { layer, result, input, node, put } = step;
  const channels = result.inputShape[1];
  const [mean, variance] = [0, 1].map((v) => put([channels], Array(channels).fill(v)));
  return node('BatchNormalization', [input, ...scaleOf(step, channels), mean, variance], {
    epsilon: { float: layer.eps ?? 1e-5 },
  });
}

/** @param {Step} step */
function instanceNorm(step) {
  const { layer, result, input, node } = step;
  return node('InstanceNormalization', [input, ...scaleOf(step, result.inputShape[1])], {
    epsilon: { float: layer.eps ?? 1e-5 },
  });
}

/** Groups as the channels of an instance norm. @param {Step} step */
function groupNorm(step) {
  const { layer, result, input, node, put, whole, parameters } = step;
  const [n, channels] = result.inputShape;
  const groups = layer.numGroups ?? 1;
  const grouped = node('Reshape', [
    input,
    whole([n, groups, sizeOf(result.inputShape) / n / groups]),
  ]);
  const [ones, zeros] = [1, 0].map((v) => put([groups], Array(groups).fill(v)));
  const normed = node('InstanceNormalization', [grouped, ones, zeros], {
    epsilon: { float: layer.eps ?? 1e-5 },
  });
  const back = node('Reshape', [normed, whole(result.inputShape)]);
  if (!parameters) return back;
  const shape = [channels, ...result.inputShape.slice(2).map(() => 1)];
  const scaled = node('Mul', [back, put(shape, parameters.weight.data)]);
  return parameters.bias ? node('Add', [scaled, put(shape, parameters.bias.data)]) : scaled;
}

/** @param {Step} step */
function prelu({ result, parameters, input, node, put }) {
  const data = parameters?.weight.data ?? [0.25];
  const rest = result.inputShape.slice(2).map(() => 1);
  return node('PRelu', [input, put([data.length, ...rest], data)]);
}

/** @param {Step} step @param {number} value */
const number = ({ put }, value) => put([], [value]);

/** x / 2 (1 + erf(x / √2)). @param {Step} step */
function gelu(step) {
  const { input, node } = step;
  const erf = node('Erf', [node('Mul', [input, number(step, Math.SQRT1_2)])]);
  const half = node('Mul', [input, number(step, 0.5)]);
  return node('Mul', [half, node('Add', [erf, number(step, 1)])]);
}

/** ln(1 + exp(βx)) / β. @param {Step} step */
function softplus(step) {
  const { layer, input, node } = step;
  const { beta = 1 } = layer;
  if (beta === 1) return node('Softplus', [input]);
  const soft = node('Softplus', [node('Mul', [input, number(step, beta)])]);
  return node('Div', [soft, number(step, beta)]);
}

/** @param {number} low @param {number} high @returns {(step: Step) => string} */
const clip = (low, high) => (step) =>
  step.node('Clip', [step.input, number(step, low), number(step, high)]);

/** @param {string} op @param {(layer: StackLayer) => Record<string, Attribute>} [attributes] @returns {(step: Step) => string} */
const simple =
  (op, attributes = () => ({})) =>
  ({ layer, input, node }) =>
    node(op, [input], attributes(layer));

const SIXTH = { alpha: { float: 1 / 6 }, beta: { float: 0.5 } };

/** Layers that are one operator of ONNX. @type {Record<string, (step: Step) => string>} */
const SIMPLE = {
  pixel_shuffle: simple('DepthToSpace', ({ upscaleFactor = 1 }) => ({
    blocksize: upscaleFactor,
    mode: 'CRD',
  })),
  relu: simple('Relu'),
  relu6: clip(0, 6),
  leaky_relu: simple('LeakyRelu', ({ negativeSlope = 0.01 }) => ({
    alpha: { float: negativeSlope },
  })),
  elu: simple('Elu', ({ alpha = 1 }) => ({ alpha: { float: alpha } })),
  selu: simple('Selu'),
  hardsigmoid: simple('HardSigmoid', () => SIXTH),
  sigmoid: simple('Sigmoid'),
  tanh: simple('Tanh'),
  softmax: simple('Softmax', ({ dim = 1 }) => ({ axis: dim })),
  log_softmax: simple('LogSoftmax', ({ dim = 1 }) => ({ axis: dim })),
  dropout: simple('Identity'),
  identity: simple('Identity'),
};

/** @type {Record<string, (step: Step) => string>} */
const WRITERS = {
  conv: convolution,
  conv_transpose: convolution,
  max_pool: pool,
  avg_pool: pool,
  adaptive_avg_pool: adaptive,
  adaptive_max_pool: adaptive,
  upsample,
  pixel_unshuffle: unshuffle,
  pad,
  linear,
  flatten: reshape,
  unflatten: reshape,
  batch_norm: batchNorm,
  instance_norm: instanceNorm,
  group_norm: groupNorm,
  prelu,
  gelu,
  softplus,
  hardtanh: (step) => clip(step.layer.minVal ?? -1, step.layer.maxVal ?? 1)(step),
  silu: ({ input, node }) => node('Mul', [input, node('Sigmoid', [input])]),
  mish: ({ input, node }) => node('Mul', [input, node('Tanh', [node('Softplus', [input])])]),
  hardswish: ({ input, node }) => node('Mul', [input, node('HardSigmoid', [input], SIXTH)]),
};
