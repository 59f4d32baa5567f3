// From bytes to numbers, for every type that .npy and .safetensors can hold; and from numbers to the items
// that the parser of pasted text gives as well.

import { refuse, say } from './refusal.js';

/** Numbers in all tensors of a file together: 256 MB as float64. */
export const MAX_ELEMENTS = 2 ** 25;
/** Axes of one tensor: numpy allows 32. */
const MAX_AXES = 32;

/**
 * @typedef {import('../../engine/types.js').TensorItem} ParsedTensor
 * @typedef {Omit<ParsedTensor, 'container'|'decimals'> & { container: 'npy'|'npz'|'safetensors', decimals: null,
 *   inexact: boolean }} FileTensor `decimals`: none are hidden, the numbers are exact;
 *   `inexact`: it holds whole numbers beyond 2^53, which float64 rounds
 * @typedef {{ name: string, size: number, read: (view: DataView, at: number, little: boolean) => number|bigint }} NumberType
 */

/** @type {Record<string, NumberType>} */
export const TYPES = {
  float16: { name: 'float16', size: 2, read: (v, at, le) => half(v.getUint16(at, le)) },
  bfloat16: { name: 'bfloat16', size: 2, read: (v, at, le) => brain(v.getUint16(at, le)) },
  float32: { name: 'float32', size: 4, read: (v, at, le) => v.getFloat32(at, le) },
  float64: { name: 'float64', size: 8, read: (v, at, le) => v.getFloat64(at, le) },
  int8: { name: 'int8', size: 1, read: (v, at) => v.getInt8(at) },
  int16: { name: 'int16', size: 2, read: (v, at, le) => v.getInt16(at, le) },
  int32: { name: 'int32', size: 4, read: (v, at, le) => v.getInt32(at, le) },
  int64: { name: 'int64', size: 8, read: (v, at, le) => v.getBigInt64(at, le) },
  uint8: { name: 'uint8', size: 1, read: (v, at) => v.getUint8(at) },
  uint16: { name: 'uint16', size: 2, read: (v, at, le) => v.getUint16(at, le) },
  uint32: { name: 'uint32', size: 4, read: (v, at, le) => v.getUint32(at, le) },
  uint64: { name: 'uint64', size: 8, read: (v, at, le) => v.getBigUint64(at, le) },
  bool: { name: 'bool', size: 1, read: (v, at) => Number(v.getUint8(at) !== 0) },
};

/** IEEE 754 binary16: 1 sign, 5 exponent, 10 fraction bits. @param {number} bits */
function half(bits) {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 0x3ff;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return exponent === 0
    ? sign * fraction * 2 ** -24
    : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const word = new DataView(new ArrayBuffer(4));

/** bfloat16 is the upper half of a float32. @param {number} bits */
function brain(bits) {
  word.setUint32(0, bits << 16);
  return word.getFloat32(0);
}

/**
 * The product of a shape, once it is known to be one.
 * @param {unknown} shape @param {string} of what the shape belongs to
 * @returns {number}
 */
export function elementsOf(shape, of) {
  if (!Array.isArray(shape)) refuse(say`${of} has no shape: a list of whole numbers was expected.`);
  if (shape.length > MAX_AXES)
    refuse(say`${of} has ${shape.length} axes; at most ${MAX_AXES} are read.`);
  let count = 1;
  for (const n of shape) {
    if (!Number.isInteger(n) || n < 0)
      refuse(
        say`${of} has a shape with ${JSON.stringify(n)} in it: sizes are whole numbers from 0 on.`,
      );
    count *= n;
    // also where a later axis is 0: a size like that is no tensor's
    if (count > MAX_ELEMENTS || n > MAX_ELEMENTS)
      refuse(
        say`${of} would have more than ${MAX_ELEMENTS} numbers (shape ${shape.join('×')}); save a part of it.`,
      );
  }
  return count;
}

/**
 * The numbers of one tensor.
 * @param {DataView} view @param {number} at where they begin @param {number} count they fit into the view
 * @param {NumberType} type @param {boolean} little
 * @returns {{ data: Float64Array, inexact: boolean }} `inexact` where float64 cannot hold a whole number
 */
export function readNumbers(view, at, count, type, little) {
  const data = new Float64Array(count);
  let inexact = false;
  for (let i = 0; i < count; i++) {
    const value = type.read(view, at + i * type.size, little);
    data[i] = Number(value);
    if (typeof value === 'bigint' && BigInt(data[i]) !== value) inexact = true;
  }
  return { data, inexact };
}

/**
 * @param {'npy'|'npz'|'safetensors'} container @param {string|null} name @param {string} dtype
 * @param {number[]} shape @param {{ data: Float64Array, inexact: boolean }} numbers
 * @returns {FileTensor}
 */
export const itemOf = (container, name, dtype, shape, { data, inexact }) => ({
  kind: 'tensor',
  name,
  container,
  dtype,
  shape,
  visibleShape: shape,
  gaps: shape.map(() => null),
  data,
  decimals: null,
  scientific: false,
  truncated: false,
  isConvolved: false,
  role: null,
  layer: null,
  inexact,
});
