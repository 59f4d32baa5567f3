// A stack as the source of a PyTorch module, with the shape and the parameters it must have.

import { float, tuple } from '../../python.js';
import { endsOf } from '../../stack/per-axis.js';
import { NotExportable } from './not-exportable.js';

/**
 * @typedef {import('../../../engine/stack.js').StackLayer} StackLayer
 * @typedef {import('../../../engine/stack.js').Stack} Stack
 * @typedef {import('../../../engine/stack.js').StackLayerResult} LayerResult
 */

/** Classes whose names are not those of the operations in capitals. @type {Record<string, string>} */
const CLASSES = {
  conv: 'Conv',
  conv_transpose: 'ConvTranspose',
  max_pool: 'MaxPool',
  avg_pool: 'AvgPool',
  adaptive_avg_pool: 'AdaptiveAvgPool',
  adaptive_max_pool: 'AdaptiveMaxPool',
  pixel_shuffle: 'PixelShuffle',
  pixel_unshuffle: 'PixelUnshuffle',
  batch_norm: 'BatchNorm',
  instance_norm: 'InstanceNorm',
  group_norm: 'GroupNorm',
  relu: 'ReLU',
  relu6: 'ReLU6',
  leaky_relu: 'LeakyReLU',
  elu: 'ELU',
  selu: 'SELU',
  gelu: 'GELU',
  silu: 'SiLU',
  log_softmax: 'LogSoftmax',
  prelu: 'PReLU',
};
const PADS = { zeros: 'ConstantPad', reflect: 'ReflectionPad', replicate: 'ReplicationPad' };

/** @param {StackLayer[]} layers @param {Stack} stack without a failure @returns {string} */
export function torchSource(layers, stack) {
  const modules = layers.map((layer, at) => moduleOf(layer, stack.layers[at], stack));
  const { inputShape, totals } = stack;
  const isPlain = layers.every(({ from, skip }) => from === undefined && skip === undefined);
  const output = stack.layers.at(-1)?.outputShape ?? inputShape;
  return [
    ...(isPlain
      ? ['import torch', 'from torch import nn']
      : ['import torch', 'from torch import nn', '']),
    '',
    ...(isPlain ? sequential(modules) : moduleClass(layers, modules, stack.batched)),
    '',
    'if __name__ == "__main__":',
    '    model.eval()',
    `    y = model(torch.zeros(${inputShape.join(', ')}))`,
    `    assert y.shape == ${tuple(output)}, y.shape`,
    '    parameters = sum(p.numel() for p in model.parameters())',
    `    assert parameters == ${totals.parameters}, parameters`,
    '',
  ].join('\n');
}

/** @param {string[]} modules */
const sequential = (modules) => [
  'model = nn.Sequential(',
  ...modules.map((module) => `    ${module},`),
  ')',
];

/** @param {StackLayer[]} layers @param {string[]} modules @param {boolean} batched */
function moduleClass(layers, modules, batched) {
  const name = (/** @type {number} */ at) => (at < 0 ? 'x' : `x${at}`);
  const steps = layers.map(({ from, skip }, at) => {
    let input = name(from ?? at - 1);
    for (const { from: other, merge } of skip === undefined ? [] : [skip].flat())
      input =
        merge === 'add'
          ? `${input} + ${name(other)}`
          : `torch.cat([${input}, ${name(other)}], ${batched ? 1 : 0})`;
    return `        x${at} = self.layers[${at}](${input})`;
  });
  return [
    'class Stack(nn.Module):',
    '    def __init__(self):',
    '        super().__init__()',
    '        self.layers = nn.ModuleList([',
    ...modules.map((module) => `            ${module},`),
    '        ])',
    '',
    '    def forward(self, x):',
    ...steps,
    `        return ${name(layers.length - 1)}`,
    '',
    '',
    'model = Stack()',
  ];
}

/** @param {StackLayer} layer @param {LayerResult} result @param {Stack} stack */
function moduleOf(layer, result, stack) {
  const { op } = layer;
  const [stem, axes] = /\dd$/.test(op) ? [op.slice(0, -2), op.slice(-2)] : [op, ''];
  const call = (/** @type {string} */ name, /** @type {string[]} */ ...args) =>
    `nn.${name}(${args.filter(Boolean).join(', ')})`;
  const plain = (/** @type {string[]} */ ...args) => {
    const name = CLASSES[stem] ?? stem.replace(/(?:^|_)(\w)/g, (_, c) => c.toUpperCase());
    return call(name + axes, ...args);
  };
  const channels = String(result.inputShape[stack.batched ? 1 : 0]);
  switch (stem) {
    case 'conv':
    case 'conv_transpose':
      return convolution(layer, result, channels, plain);
    case 'max_pool':
    case 'avg_pool':
      return plain(
        ...[named(layer, 'kernelSize'), named(layer, 'stride'), named(layer, 'padding')],
        ...[named(layer, 'dilation'), named(layer, 'ceilMode')],
        ...[named(layer, 'countIncludePad'), named(layer, 'divisorOverride')],
      );
    case 'adaptive_avg_pool':
    case 'adaptive_max_pool':
      return plain(`output_size=${outputSize(layer, result)}`);
    case 'upsample': {
      const isBetween = layer.mode !== undefined && layer.mode !== 'nearest';
      const keys = ['size', 'scaleFactor', 'mode', ...(isBetween ? ['alignCorners'] : [])];
      return plain(...keys.map((key) => named(layer, key)));
    }
    case 'pad':
      return padding(layer, result, axes);
    case 'linear':
      return plain(
        String(result.inputShape.at(-1)),
        python(layer.outFeatures),
        named(layer, 'bias'),
      );
    case 'unflatten':
      return plain(python(layer.dim ?? (stack.batched ? 1 : 0)), tuple([layer.size ?? []].flat()));
    case 'batch_norm':
    case 'instance_norm':
      return plain(channels, named(layer, 'eps'), named(layer, 'affine'));
    case 'group_norm':
      return plain(python(layer.numGroups), channels, named(layer, 'eps'), named(layer, 'affine'));
    case 'softmax':
    case 'log_softmax':
      return plain(`dim=${layer.dim ?? (stack.batched ? 1 : 0)}`);
    default:
      return plain(...OWN.map((key) => named(layer, key)));
  }
}

/** Of an adaptive pool: PyTorch knows None only within a tuple, and of one axis not at all. @param {StackLayer} layer @param {LayerResult} result */
function outputSize(layer, { axes }) {
  const { outputSize: given } = /** @type {{ outputSize?: unknown }} */ (layer);
  const all = [given ?? null].flat();
  const isKept = all.includes(null);
  if (!isKept) return python(all.length === 1 ? all[0] : all);
  return python(axes.length === 1 ? axes[0].output : axes.map(({ output }) => output));
}

/** Arguments of all other layers, in the names of torch.nn. */
const OWN = [
  ...[
    'upscaleFactor',
    'downscaleFactor',
    'startDim',
    'endDim',
    'negativeSlope',
    'alpha',
    'beta',
    'minVal',
  ],
  ...['maxVal', 'numParameters'],
];

/** "kernel_size=3"; nothing where PyTorch's default holds. @param {StackLayer} layer @param {string} key */
function named(layer, key) {
  const value = /** @type {any} */ (layer)[key];
  if (value === undefined || (value === null && key !== 'outputSize')) return '';
  const one = Array.isArray(value) && value.length === 1 ? value[0] : value; // of all axes
  return `${key.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)}=${python(one)}`;
}

/** @param {unknown} value @returns {string} */
function python(value) {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return tuple(value.map(python));
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : float(value);
  return `"${value}"`;
}

/** PyTorch pads both ends alike: what differs is padded, or cropped, by a layer of its own. @param {StackLayer} layer @param {LayerResult} result @param {string} channels @param {(...args: string[]) => string} plain */
function convolution(layer, result, channels, plain) {
  const { begin, end } = endsOf(layer, result);
  const isEven = begin.every((n, i) => n === end[i] && n >= 0);
  const isTransposed = layer.op.startsWith('conv_transpose');
  const isNamed = typeof layer.padding === 'string';
  if (isTransposed && (!isEven || layer.outputSize !== undefined))
    throw new NotExportable(result.index, layer.op);
  const inner = plain(
    ...[channels, python(layer.outChannels), named(layer, 'kernelSize'), named(layer, 'stride')],
    isNamed || isEven ? named(isNamed ? layer : { ...layer, padding: begin }, 'padding') : '',
    ...[named(layer, 'outputPadding'), named(layer, 'dilation'), named(layer, 'groups')],
    ...[named(layer, 'bias'), isEven || isNamed ? named(layer, 'paddingMode') : ''],
  ).replace(/, padding=\((?:0, )*0,?\)/, '');
  if (isEven || isNamed) return inner;
  return `nn.Sequential(${padding(layer, result, layer.op.slice(-2))}, ${inner})`;
}

/** @param {StackLayer} layer @param {LayerResult} result @param {string} axes */
function padding(layer, result, axes) {
  const { begin, end } = endsOf(layer, result);
  // From the last axis back.
  const pads = tuple(begin.flatMap((n, i) => [n, end[i]].reverse()).reverse());
  const mode = layer.paddingMode ?? 'zeros';
  if (mode === 'zeros') return `nn.ConstantPad${axes}(${pads}, 0.0)`;
  if (mode === 'circular') return `nn.CircularPad${axes}(${pads})`;
  return `nn.${PADS[/** @type {'reflect'|'replicate'} */ (mode)]}${axes}(${pads})`;
}
