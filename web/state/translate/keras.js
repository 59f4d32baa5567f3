// TensorFlow and Keras: channels last, 'valid' or 'same', everything else by steps before and after. Sizes and
// 'same' after the sources of Keras 3 (layers/convolutional, backend/common/backend_utils) and TensorFlow's
// description of padding; both compute 'same' from the size of the input.

import { isCropped, plainTransposed, reach } from '../layer.js';
import { list, tuple } from '../python.js';
import { samePadding } from '../same.js';
import { call, commonNotes, copied, letters, pairs, slice, turnLine } from './common.js';

/**
 * @typedef {import('../layer.js').Layer} Layer
 * @typedef {import('./index.js').Note} Note
 * @typedef {{ before: string[], arguments: string[], after: string[], notes: Note[] }} Padding
 */

/** @param {Layer} layer @returns {import('./index.js').Translation} */
export function keras(layer) {
  const { transposed, spatial, groups, outChannels, hasBias } = layer;
  const most = (/** @type {number[]} */ list) => Math.max(...list);
  const spread = most(layer.dilation) > 1 && (transposed || most(layer.stride) > 1);
  const kernelSize = spread ? reach(layer).map((n) => n + 1) : layer.kernelSize;
  const padding = transposed ? transposedPadding(layer) : convPadding(layer);
  const split = transposed && groups > 1;
  const kind = `Conv${spatial}D${transposed ? 'Transpose' : ''}`;
  const make = (/** @type {string} */ indent) =>
    call(
      `layer = tf.keras.layers.${kind}`,
      [
        String(split ? outChannels / groups : outChannels),
        tuple(kernelSize),
        `strides=${tuple(layer.stride)}`,
        ...padding.arguments,
        ...(transposed || spread ? [] : [`dilation_rate=${tuple(layer.dilation)}`]),
        ...(transposed ? [] : [`groups=${groups}`]),
        `use_bias=${hasBias && !split ? 'True' : 'False'}`,
      ],
      '',
      indent,
    );
  const source = [
    'import numpy as np',
    'import tensorflow as tf',
    '',
    'x = tf.constant(np.moveaxis(x, 1, -1))  # channels last',
    ...turnLine(layer),
    ...kernelLines(layer, spread, kernelSize),
    ...padding.before,
    ...(split ? splitLines(layer, make('    ')) : oneLines(hasBias, make(''))),
    ...padding.after,
    'y = np.moveaxis(np.asarray(y), -1, 1)  # channels first again',
  ];
  const steps = padding.before.length + padding.after.length > 0 || spread || split;
  return {
    fit: steps ? 'steps' : 'one',
    source: `${source.join('\n')}\n`,
    notes: [
      ...commonNotes(layer),
      {
        id: 'keras.layout',
        values: { first: `NC${letters(spatial)}`, last: `N${letters(spatial)}C` },
      },
      { id: transposed ? 'keras.kernelTransposed' : 'keras.kernel' },
      ...padding.notes,
      ...(spread ? [{ id: transposed ? 'keras.spreadTransposed' : 'keras.spread' }] : []),
      ...(split ? [{ id: 'keras.groups', values: { kind, groups } }] : []),
    ],
  };
}

/** (a, b, k…) → (k…, b, a): (in, out) of a convolution, (out, in) of a transposed one. @param {Layer} layer @param {boolean} spread @param {number[]} size */
function kernelLines({ spatial, dilation }, spread, size) {
  const order = [...Array.from({ length: spatial }, (_, i) => i + 2), 1, 0];
  const lines = [`kernel = np.transpose(w, ${tuple(order)})`];
  if (!spread) return lines;
  return [
    ...lines,
    `spread = np.zeros((${size.join(', ')}, *kernel.shape[-2:]), kernel.dtype)`,
    `spread[${dilation.map((d) => `::${d}`).join(', ')}] = kernel`,
    'kernel = spread',
  ];
}

/** @param {boolean} hasBias @param {string} make */
const oneLines = (hasBias, make) => [
  make,
  'layer.build(x.shape)',
  `layer.set_weights([kernel${hasBias ? ', b' : ''}])`,
  'y = layer(x)',
];

/** One layer per group, as Keras' transposed layers know no groups. @param {Layer} layer @param {string} make */
const splitLines = ({ groups, hasBias }, make) => [
  'def part(x, kernel):',
  make,
  '    layer.build(x.shape)',
  '    layer.set_weights([kernel])',
  '    return layer(x)',
  `parts = zip(tf.split(x, ${groups}, axis=-1), np.split(kernel, ${groups}, axis=-1))`,
  `y = tf.concat([part(*p) for p in parts], axis=-1)${hasBias ? ' + b' : ''}`,
];

/** @param {Layer} layer @returns {Padding} */
function convPadding(layer) {
  const { op, begin, end, inputSize, kernelSize, stride, dilation, paddingMode } = layer;
  const nothing = { before: [], after: [], notes: [] };
  const valid = ["padding='valid'"];
  if ([...begin, ...end].every((n) => n === 0)) return { ...nothing, arguments: valid };
  if (paddingMode !== 'zeros') {
    const before =
      isCropped(layer) || paddingMode !== 'reflect'
        ? gathers(layer)
        : padLine(begin, end, ", 'REFLECT'");
    return { ...nothing, before, arguments: valid, notes: [{ id: 'padFirst' }] };
  }
  const span = reach(layer).map((n) => n + 1);
  const same = inputSize.map((input, i) => {
    const axis = { input, kernel: kernelSize[i], stride: stride[i], dilation: dilation[i] };
    const [begin, end] = samePadding(op, axis).pair;
    return { output: Math.ceil(input / stride[i]), begin, end };
  });
  const output = inputSize.map(
    (n, i) => Math.floor((n + begin[i] + end[i] - span[i]) / stride[i]) + 1,
  );
  const equal = same.every((s, i) => s.begin === begin[i] && s.output === output[i]);
  const pads = pairs(
    same.map((s) => s.begin),
    same.map((s) => s.end),
  ).join(', ');
  if (equal) {
    const strided = stride.some((s) => s > 1);
    return {
      ...nothing,
      arguments: ["padding='same'"],
      notes: [
        {
          id: strided ? 'keras.sameHere' : 'keras.same',
          values: { pads, size: inputSize.join('×') },
        },
      ],
    };
  }
  return {
    ...nothing,
    // In this order, since a crop may take away more than there was.
    before: [...padLine(layer.begin, layer.end), ...(isCropped(layer) ? [cropLine(layer)] : [])],
    arguments: valid,
    notes: [
      ...(isCropped(layer) ? [{ id: 'cropFirst' }] : []),
      {
        id: 'keras.notSame',
        values: { pads, asked: pairs(begin, end).join(', ') },
      },
    ],
  };
}

/** @param {number[]} begin @param {number[]} end @param {string} [mode] @returns {string[]} no line where nothing is to pad */
const padLine = (begin, end, mode = '') =>
  [...begin, ...end].some((n) => n > 0)
    ? [
        `x = tf.pad(x, ${list(['[0, 0]', ...begin.map((b, i) => list([Math.max(0, b), Math.max(0, end[i])])), '[0, 0]'])}${mode})`,
      ]
    : [];

/** @param {Layer} layer */
const cropLine = ({ begin, end }) =>
  `x = x[:, ${begin.map((b, i) => slice(Math.max(0, -b), Math.max(0, -end[i]))).join(', ')}, :]`;

/** @param {Layer} layer */
const gathers = (layer) =>
  layer.begin.map((_, axis) => `x = tf.gather(x, ${copied(layer, axis)}, axis=${axis + 1})`);

/**
 * A 'valid' output is (n - 1)s + d(k - 1) + 1 long; PyTorch's padding cuts it, its output padding lengthens it.
 * @param {Layer} layer @returns {Padding}
 */
function transposedPadding(layer) {
  const { begin, stride, end, outputPadding } = layer;
  const span = reach(layer).map((n) => n + 1);
  const cut = end.map((n, i) => n - outputPadding[i]); // below 0: so many cells more
  const isSame = begin.every((b, i) => {
    const first = Math.floor(Math.max(span[i] - stride[i], 0) / 2);
    return b === first && cut[i] === span[i] - stride[i] - first;
  });
  if (isSame)
    return {
      before: [],
      after: [],
      arguments: ["padding='same'"],
      notes: [{ id: 'keras.sameTransposed' }],
    };
  const steps = plainTransposed(layer);
  const last = steps.end.map((n, i) => n - steps.outputPadding[i]);
  const longer = last.map((n) => Math.max(0, -n));
  const crop = last.map((n) => Math.max(0, n));
  const cuts = [...steps.begin, ...crop].some(Boolean);
  const before = padLine(steps.zerosBegin, steps.zerosEnd);
  return {
    before,
    arguments: ["padding='valid'", `output_padding=${tuple(longer)}`],
    after: cuts ? [`y = y[:, ${steps.begin.map((b, i) => slice(b, crop[i])).join(', ')}, :]`] : [],
    notes: [
      ...(cuts ? [{ id: 'keras.crop' }] : []),
      ...(longer.some(Boolean) ? [{ id: 'keras.outputPadding' }] : []),
      ...(before.length ? [{ id: 'zerosAround' }] : []),
    ],
  };
}
