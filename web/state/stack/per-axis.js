// Arguments of a layer with one entry per spatial axis, as files, source and the page of one layer have them.

/**
 * @typedef {import('../../engine/stack.js').StackLayer} StackLayer
 * @typedef {import('../../engine/stack.js').StackLayerResult} LayerResult
 */

/** @param {unknown} value @param {number} axes @param {number} otherwise @returns {number[]} */
export function perAxis(value, axes, otherwise) {
  const list = value === undefined || value === null ? [otherwise] : [value].flat();
  return /** @type {number[]} */ (list.length === axes ? list : Array(axes).fill(list[0]));
}

/**
 * Padding at both ends. @param {StackLayer} layer @param {LayerResult} result @returns {{ begin: number[], end: number[] }}
 */
export function endsOf({ padding, kernelSize, dilation }, { op, weightShape, axes: { length } }) {
  const axes = op.startsWith('conv') ? (weightShape?.length ?? 2) - 2 : length;
  if (padding === 'same') {
    const [k, d] = [perAxis(kernelSize, axes, 1), perAxis(dilation, axes, 1)];
    const total = k.map((n, i) => d[i] * (n - 1));
    const begin = total.map((n) => Math.floor(n / 2));
    return { begin, end: total.map((n, i) => n - begin[i]) };
  }
  if (Array.isArray(padding) && padding.some(Array.isArray)) {
    const pairs = /** @type {[number, number][]} */ (padding);
    const all = pairs.length === axes ? pairs : Array(axes).fill(pairs[0]);
    return { begin: all.map(([begin]) => begin), end: all.map(([, end]) => end) };
  }
  const both = perAxis(padding === 'valid' ? 0 : padding, axes, 0);
  return { begin: both, end: both };
}
