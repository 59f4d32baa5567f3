// .npy: one array of numpy. After the description of the format in numpy/lib/format.py (versions 1 to 3).

import { elementsOf, itemOf, readNumbers, TYPES } from './numbers.js';
import { refuse, say } from './refusal.js';

const MAGIC = '\x93NUMPY';
/** numpy itself refuses to read longer ones without being told to. */
const MAX_HEADER = 10000;

/** By numpy's letter and the bytes of one number. */
const KINDS = /** @type {Record<string, string>} */ ({
  f2: 'float16',
  f4: 'float32',
  f8: 'float64',
  i1: 'int8',
  i2: 'int16',
  i4: 'int32',
  i8: 'int64',
  u1: 'uint8',
  u2: 'uint16',
  u4: 'uint32',
  u8: 'uint64',
  b1: 'bool',
});

/** What the other letters stand for. */
const UNREAD = /** @type {Record<string, string>} */ ({
  O: 'Python objects, which only Python can unpack',
  c: 'complex numbers, which no convolution here takes',
  V: 'records',
  S: 'byte strings',
  U: 'texts',
  M: 'dates',
  m: 'time spans',
  f: 'floats of a size that browsers do not know',
});

/**
 * @param {Uint8Array} bytes of a whole file
 * @param {string} file what it is called, for refusals
 * @param {'npy'|'npz'} [container] @param {string|null} [name] of the array
 * @returns {import('./numbers.js').FileTensor}
 */
export function readNpy(bytes, file, container = 'npy', name = null) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 10 || String.fromCharCode(...bytes.subarray(0, 6)) !== MAGIC)
    refuse(say`${file} does not begin as a .npy file does ("\\x93NUMPY" and a version).`);
  const version = bytes[6];
  if (version < 1 || version > 3)
    refuse(say`${file} has version ${version} of the .npy format; versions 1, 2 and 3 are read.`);
  const start = version === 1 ? 10 : 12;
  if (bytes.length < start) refuse(say`${file} ends within its header.`);
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > MAX_HEADER || start + length > bytes.length)
    refuse(
      say`${file} says its header is ${length} bytes long, but ${start + length > bytes.length ? `only ${bytes.length - start} follow` : `at most ${MAX_HEADER} are read`}.`,
    );
  const { descr, fortran, shape } = headerOf(bytes.subarray(start, start + length), version, file);
  const type = typeOf(descr, file);
  const count = elementsOf(shape, file);
  const at = start + length;
  const need = count * type.size;
  if (bytes.length - at !== need)
    refuse(
      say`${file} says it holds ${count} numbers of ${type.size} bytes (shape ${shape.join('×') || 'of one number'}), ${need} bytes, but ${bytes.length - at} bytes follow the header.`,
    );
  const numbers = readNumbers(view, at, count, type, descr[0] !== '>');
  const ordered = fortran ? { ...numbers, data: rowMajor(numbers.data, shape) } : numbers;
  return itemOf(container, name, type.name, shape, ordered);
}

/**
 * The header is a Python dict with three keys in any order.
 * @param {Uint8Array} bytes @param {number} version @param {string} file
 */
function headerOf(bytes, version, file) {
  const text = new TextDecoder(version === 3 ? 'utf-8' : 'latin1').decode(bytes);
  if (/'descr'\s*:\s*\[/.test(text))
    refuse(say`${file} holds ${UNREAD.V}; save one field of them as an array of numbers.`);
  const descr = /'descr'\s*:\s*'([^']*)'/.exec(text)?.[1];
  const fortran = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
  const shape = /'shape'\s*:\s*\(([^()]*)\)/.exec(text)?.[1];
  if (descr === undefined || fortran === undefined || shape === undefined)
    refuse(say`${file} has a header without 'descr', 'fortran_order' or 'shape': it is damaged.`);
  const sizes = shape
    .split(',')
    .map((n) => n.trim())
    .filter((n, i, all) => n !== '' || i < all.length - 1);
  return {
    descr,
    fortran: fortran === 'True',
    shape: sizes.map((n) => (/^-?\d{1,16}L?$/.test(n) ? Number.parseInt(n, 10) : Number.NaN)),
  };
}

/** "<f4" → float32. @param {string} descr @param {string} file */
function typeOf(descr, file) {
  const match = /^([<>|=]?)([a-zA-Z])(\d*)/.exec(descr);
  const name = match && KINDS[`${match[2]}${match[3]}`];
  if (name) return TYPES[name];
  const what = match && UNREAD[match[2]];
  return refuse(
    say`${file} holds ${what ?? 'numbers of an unknown type'} ('${descr.slice(0, 20)}'). Save it as float32 or float64: numpy.save(name, a.astype('float32')).`,
  );
}

/** Numbers whose first axis runs fastest, put in the order in which the last one does. @param {Float64Array} data @param {number[]} shape */
function rowMajor(data, shape) {
  const out = new Float64Array(data.length);
  const place = shape.map(() => 0);
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((a, b) => a * b, 1));
  let from = 0;
  for (let i = 0; i < out.length; i++) {
    out[i] = data[from];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis];
      if (++place[axis] < shape[axis]) break;
      from -= strides[axis] * shape[axis];
      place[axis] = 0;
    }
  }
  return out;
}
