// .safetensors: the length of a header (8 bytes, little-endian), the header as JSON, and the numbers of all
// tensors in one block. After the format's own description: the tensors' ranges lie within the block, without
// overlap.

import { elementsOf, itemOf, MAX_ELEMENTS, readNumbers, TYPES } from './numbers.js';
import { refuse, say } from './refusal.js';

/** The format's own limit. */
const MAX_HEADER = 100_000_000;

const KINDS = /** @type {Record<string, string>} */ ({
  F16: 'float16',
  BF16: 'bfloat16',
  F32: 'float32',
  F64: 'float64',
  I8: 'int8',
  I16: 'int16',
  I32: 'int32',
  I64: 'int64',
  U8: 'uint8',
  U16: 'uint16',
  U32: 'uint32',
  U64: 'uint64',
  BOOL: 'bool',
});

/** @param {Uint8Array} bytes @param {string} file what it is called, for refusals @returns {import('./numbers.js').FileTensor[]} */
export function readSafetensors(bytes, file) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8) refuse(say`${file} is too short for a .safetensors file.`);
  const length = Number(view.getBigUint64(0, true));
  if (length > MAX_HEADER || 8 + length > bytes.length)
    refuse(
      say`${file} says its header is ${length} bytes long, but only ${bytes.length - 8} bytes follow: it is no .safetensors file, or cut off.`,
    );
  const header = headerOf(bytes.subarray(8, 8 + length), file);
  const start = 8 + length;
  const tensors = Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, entry]) => tensorOf(name, entry, bytes.length - start, file))
    .sort((a, b) => a.begin - b.begin);
  if (tensors.length === 0) refuse(say`${file} holds no tensor.`);
  let elements = 0;
  let last = 0;
  for (const { begin, end, count, of } of tensors) {
    if (begin < last) refuse(say`${of} overlaps another tensor: the file is damaged.`);
    last = end;
    elements += count;
    if (elements > MAX_ELEMENTS)
      refuse(say`${file} holds more than ${MAX_ELEMENTS} numbers; save a part of it.`);
  }
  return tensors.map(({ name, type, shape, begin, count }) =>
    itemOf(
      'safetensors',
      name,
      type.name,
      shape,
      readNumbers(view, start + begin, count, type, true),
    ),
  );
}

/** @param {Uint8Array} bytes @param {string} file @returns {Record<string, unknown>} */
function headerOf(bytes, file) {
  let header;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    refuse(say`${file} has a header that is no JSON: it is no .safetensors file, or damaged.`);
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header))
    refuse(say`${file} has a header that is no object of tensors.`);
  return header;
}

/** @param {string} name @param {any} entry @param {number} size of the block @param {string} file */
function tensorOf(name, entry, size, file) {
  const of = `“${name.slice(0, 60)}” in ${file}`;
  if (typeof entry !== 'object' || entry === null) refuse(say`${of} has no description.`);
  const kind = typeof entry.dtype === 'string' ? entry.dtype : '';
  const type = Object.hasOwn(KINDS, kind) ? TYPES[KINDS[kind]] : null;
  if (!type)
    return refuse(
      say`${of} has numbers of type “${kind.slice(0, 20)}”; ${Object.keys(KINDS).join(', ')} are read. Save it as float32.`,
    );
  const count = elementsOf(entry.shape, of);
  const [begin, end] = Array.isArray(entry.data_offsets) ? entry.data_offsets : [];
  if (!Number.isInteger(begin) || !Number.isInteger(end) || begin < 0 || end < begin || end > size)
    refuse(
      say`${of} lies at bytes ${JSON.stringify(entry.data_offsets)}, but the file has ${size} bytes of numbers.`,
    );
  if (end - begin !== count * type.size)
    refuse(
      say`${of} has ${end - begin} bytes, but its shape ${entry.shape.join('×') || 'of one number'} in ${kind} needs ${count * type.size}.`,
    );
  return { name, type, shape: entry.shape, begin, end, count, of };
}
