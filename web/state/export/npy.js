// A tensor as the bytes of a .npy file, format 1.0: numpy's own way to keep an array. After the description
// in numpy/lib/format.py.

import { tuple } from '../python.js';

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]; // "\x93NUMPY", version 1.0
/** The numbers begin at a multiple of this, so that they can be mapped into memory. */
const ALIGNMENT = 64;

/** @param {import('../formats.js').Tensor} tensor @param {import('../formats.js').Dtype} dtype little-endian, C order @returns {Uint8Array} */
export function writeNpy({ shape, data }, dtype) {
  const dict = headerOf(shape, dtype);
  const before = MAGIC.length + 2;
  const length = Math.ceil((before + dict.length + 1) / ALIGNMENT) * ALIGNMENT - before;
  const bytes = new Uint8Array(before + length + data.length * (dtype === 'float32' ? 4 : 8));
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  view.setUint16(MAGIC.length, length, true);
  bytes.set(new TextEncoder().encode(`${dict.padEnd(length - 1)}\n`), before);
  let at = before + length;
  for (let i = 0; i < data.length; i++) {
    if (dtype === 'float32') view.setFloat32(at, data[i], true);
    else view.setFloat64(at, data[i], true);
    at += dtype === 'float32' ? 4 : 8;
  }
  return bytes;
}

/** The description that the file begins with. @param {number[]} shape @param {import('../formats.js').Dtype} dtype */
export const headerOf = (shape, dtype) =>
  `{'descr': '${dtype === 'float32' ? '<f4' : '<f8'}', 'fortran_order': False, 'shape': ${tuple(shape)}, }`;
