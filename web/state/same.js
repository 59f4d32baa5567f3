// TensorFlow's padding by name, in numbers.

import { isTransposed } from './schema.js';

/**
 * TensorFlow's padding 'SAME', which depends on the input size and may take one more at the end:
 * ceil(input / stride) windows must fit (tf.nn: "Notes on padding"). For a transposed convolution it
 * is that of the convolution whose shape it takes back, from input · stride.
 * @param {import('./schema.js').Op} op @param {{ input: number, kernel: number, stride: number, dilation: number }} axis
 * @returns {{ pair: [number, number], outputPadding: number }}
 */
export function samePadding(op, { input, kernel, stride, dilation }) {
  const reach = dilation * (kernel - 1) + 1;
  if (isTransposed(op)) {
    const total = Math.max(reach - stride, 0);
    const begin = Math.floor(total / 2);
    return { pair: [begin, total - begin], outputPadding: Math.max(stride - reach, 0) };
  }
  const total = Math.max((Math.ceil(input / stride) - 1) * stride + reach - input, 0);
  const begin = Math.floor(total / 2);
  return { pair: [begin, total - begin], outputPadding: 0 };
}
