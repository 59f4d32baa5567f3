// What can be copied out, and in which forms. A plain table; the writers themselves are in export/.

/**
 * @typedef {'torch'|'numpy'|'json'|'nested'|'csv'|'tsv'|'latex'|'npy'} TensorFormat
 * @typedef {'script'|'onnx'} LayerFormat
 * @typedef {'float32'|'float64'} Dtype
 * @typedef {{ what: string, format: TensorFormat|LayerFormat, dtype: Dtype }} CopyOut `what` is the name of
 *   a tensor, or 'layer'
 * @typedef {{ shape: number[], data: ArrayLike<number> }} Tensor row-major
 */

export const TENSOR_FORMATS = /** @type {TensorFormat[]} */ ([
  'torch',
  'numpy',
  'json',
  'nested',
  'csv',
  'tsv',
  'latex',
  'npy',
]);
export const LAYER_FORMATS = /** @type {LayerFormat[]} */ (['script', 'onnx']);
export const DTYPES = /** @type {Dtype[]} */ (['float32', 'float64']);

/** Forms that say of which type the numbers are. @param {string} format */
export const hasDtype = (format) => ['torch', 'numpy', 'npy'].includes(format);

/** The first thing anybody wants to take along. @type {CopyOut} */
export const COPY_OUT = { what: 'output', format: 'torch', dtype: 'float32' };

/** Tensors longer than this are copied, but not shown before. */
export const PREVIEW_CELLS = 4096;
