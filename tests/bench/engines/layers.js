// The layers that are compared: what networks in use are made of, and the two smallest examples of the playground.
// Sizes as PyTorch writes them; the numbers are seeded.
import { seeded } from '../../../web/state/tensors.js';

/**
 * @typedef {object} BenchLayer
 * @property {string} name
 * @property {'dense' | 'transposed' | 'other' | 'tiny'} kind
 * @property {'conv2d' | 'conv_transpose2d'} op
 * @property {number[]} input (N, C, H, W)
 * @property {number[]} weight
 * @property {number} stride
 * @property {number} padding
 * @property {number} dilation
 * @property {number} outputPadding
 * @property {number} groups
 */

/**
 * @param {BenchLayer['kind']} kind @param {string} name @param {BenchLayer['op']} op
 * @param {number[]} input @param {number[]} weight @param {Partial<BenchLayer>} [more]
 * @returns {BenchLayer}
 */
const layer = (kind, name, op, input, weight, more = {}) => ({
  ...{ kind, name, op, input, weight, stride: 1, padding: 0, dilation: 1, outputPadding: 0 },
  groups: 1,
  ...more,
});

const UP = { stride: 2, padding: 1 };

/** @type {readonly BenchLayer[]} */
export const LAYERS = [
  layer('dense', 'ResNet-50 7×7/2', 'conv2d', [1, 3, 224, 224], [64, 3, 7, 7], {
    stride: 2,
    padding: 3,
  }),
  layer('dense', 'ResNet-50 3×3', 'conv2d', [1, 64, 56, 56], [64, 64, 3, 3], { padding: 1 }),
  layer('dense', 'ResNet-50 3×3/2', 'conv2d', [1, 128, 56, 56], [128, 128, 3, 3], UP),
  layer('dense', 'ResNet-50 1×1', 'conv2d', [1, 256, 56, 56], [64, 256, 1, 1]),
  layer('dense', 'ResNet-50 last stage 3×3', 'conv2d', [1, 512, 7, 7], [512, 512, 3, 3], {
    padding: 1,
  }),
  layer('dense', 'ResNet-50 last stage 1×1', 'conv2d', [1, 512, 7, 7], [2048, 512, 1, 1]),
  layer('dense', 'DeepLab 3×3, dilation 12', 'conv2d', [1, 512, 33, 33], [256, 512, 3, 3], {
    padding: 12,
    dilation: 12,
  }),
  layer('other', 'MobileNet depthwise 3×3', 'conv2d', [1, 32, 112, 112], [32, 1, 3, 3], {
    padding: 1,
    groups: 32,
  }),
  layer('other', 'MobileNet depthwise 3×3/2', 'conv2d', [1, 64, 112, 112], [64, 1, 3, 3], {
    ...UP,
    groups: 64,
  }),
  layer('other', 'ResNeXt 3×3, 32 groups', 'conv2d', [1, 128, 56, 56], [128, 4, 3, 3], {
    padding: 1,
    groups: 32,
  }),
  layer('transposed', 'DCGAN 1 (4×4)', 'conv_transpose2d', [1, 100, 1, 1], [100, 512, 4, 4]),
  layer('transposed', 'DCGAN 2 (4×4/2)', 'conv_transpose2d', [1, 512, 4, 4], [512, 256, 4, 4], UP),
  layer('transposed', 'DCGAN 3 (4×4/2)', 'conv_transpose2d', [1, 256, 8, 8], [256, 128, 4, 4], UP),
  layer('transposed', 'DCGAN 4 (4×4/2)', 'conv_transpose2d', [1, 128, 16, 16], [128, 64, 4, 4], UP),
  layer('transposed', 'DCGAN 5 (4×4/2)', 'conv_transpose2d', [1, 64, 32, 32], [64, 3, 4, 4], UP),
  layer('transposed', 'U-Net up 2×2/2', 'conv_transpose2d', [1, 128, 64, 64], [128, 64, 2, 2], {
    stride: 2,
  }),
  layer('transposed', 'FSRCNN 9×9/3', 'conv_transpose2d', [1, 56, 100, 100], [56, 1, 9, 9], {
    stride: 3,
    padding: 4,
    outputPadding: 2,
  }),
  layer('transposed', 'SegNet 3×3/2', 'conv_transpose2d', [1, 64, 64, 64], [64, 64, 3, 3], {
    ...UP,
    outputPadding: 1,
  }),
  layer('other', '5×5 on 1080×1080', 'conv2d', [1, 1, 1080, 1080], [1, 1, 5, 5], { padding: 2 }),
  layer('tiny', '2×2, 3×3/2', 'conv_transpose2d', [1, 1, 2, 2], [1, 1, 3, 3], { stride: 2 }),
  layer('tiny', '4×4, 3×3', 'conv2d', [1, 1, 4, 4], [1, 1, 3, 3]),
];

/** @param {BenchLayer} layer @returns {number} output size of an axis of `size` cells, kernel `k` */
const outputSize = (
  { op, stride: s, padding: p, dilation: d, outputPadding },
  /** @type {number} */ size,
  /** @type {number} */ k,
) =>
  op === 'conv2d'
    ? Math.floor((size + 2 * p - d * (k - 1) - 1) / s) + 1
    : (size - 1) * s - 2 * p + d * (k - 1) + outputPadding + 1;

/** @param {BenchLayer} layer @returns {number[]} (N, O, H, W) */
export function outputShape(layer) {
  const [n, , h, w] = layer.input;
  const [o, perGroup, kh, kw] = layer.weight;
  const channels = layer.op === 'conv2d' ? o : perGroup * layer.groups;
  return [n, channels, outputSize(layer, h, kh), outputSize(layer, w, kw)];
}

/**
 * Multiply-adds of the plain definition, those with a zero of the padding included for a convolution; for a
 * transposed one, every input with every weight it meets.
 * @param {BenchLayer} layer
 */
export function multiplyAdds(layer) {
  const product = (/** @type {number[]} */ sizes) => sizes.reduce((a, b) => a * b, 1);
  const [, perGroup, kh, kw] = layer.weight;
  const positions = layer.op === 'conv2d' ? outputShape(layer) : layer.input;
  return product(positions) * perGroup * kh * kw;
}

/** @param {BenchLayer} layer */
export function numbersOf(layer) {
  const numbers = (/** @type {number[]} */ shape, /** @type {number} */ seed) => {
    const random = seeded(seed);
    return Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random() * 2 - 1);
  };
  return { input: numbers(layer.input, 1), weight: numbers(layer.weight, 2) };
}
