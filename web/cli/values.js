// The tensors of a request, from what the command line says: numbers, any text that the engine reads, files of
// tensors, standard input. Gives shapes with the leading ones that PyTorch wants.
import { ConvError } from '../engine/index.js';
import { readFile } from '../state/files/index.js';
import { readBytes, readStdin } from './files.js';
import { fromJson } from './json.js';
import { UsageError } from './options.js';
import { t } from './words.js';

/** Reads a text as the command line says. @typedef {Pick<import('../engine/index.js').Engine, 'parse'>} Reader */
/** @typedef {import('../engine/types.js').Item | import('../state/files/numbers.js').FileTensor} Item */
/** @typedef {Extract<Item, { kind: 'tensor' }>} Tensor */
/** @typedef {{ shape: number[], data: Float32Array | Float64Array }} Values */
/** @typedef {'float32' | 'float64'} Dtype */

/** Names that people give to what goes into a layer. */
const NAMES = {
  '--input': ['input', 'x', 'inputs'],
  '--kernel': ['weight', 'kernel', 'w'],
  '--bias': ['bias', 'b'],
  '--compare': ['output', 'out', 'y', 'expected'],
};

/**
 * @param {Reader} reader
 * @param {import('./options.js').Options} options
 * @param {{ spatial: number, dtype: Dtype }} how
 */
export async function readTensors(reader, options, { spatial, dtype }) {
  const { input, kernel, bias, compare, request } = options;
  if ([input, kernel, bias, compare, request].filter((value) => value === '-').length > 1)
    throw new UsageError('usage.stdin');
  const read = async (
    /** @type {keyof typeof NAMES} */ option,
    /** @type {string | undefined} */ value,
    /** @type {(shape: number[]) => number[]} */ lift,
  ) => {
    if (value === undefined) return null;
    const { shape, data } = await readValues(reader, option, value);
    return { shape: lift(shape), data: dtype === 'float32' ? Float32Array.from(data) : data };
  };
  return {
    // with one axis less than a batch, PyTorch takes it as (C, spatial…)
    input: await read('--input', input, (s) => (s.length > spatial ? s : lifted(s, spatial + 2))),
    weight: await read('--kernel', kernel, (s) => lifted(s, spatial + 2)),
    bias: await read('--bias', bias, (s) => lifted(s.slice(leadingOnes(s)), 1)),
  };
}

/** @param {number[]} shape @param {number} rank */
const lifted = (shape, rank) => [...Array(Math.max(0, rank - shape.length)).fill(1), ...shape];

/** So many of the axes are 1 before the first that is not, or the last. @param {number[]} shape */
function leadingOnes(shape) {
  const first = shape.findIndex((size, axis) => size !== 1 || axis === shape.length - 1);
  return Math.max(0, first);
}

/**
 * Everything that a file or standard input holds.
 * @param {Reader} reader
 * @param {string} file a path, or "-"
 * @returns {Promise<Item[]>}
 */
export async function readItems(reader, file) {
  const bytes = await (file === '-' ? readStdin() : readBytes(file));
  const found = readFile(file === '-' ? t('stdin') : file, bytes);
  if ('items' in found) return found.items;
  const own = ownOutput(found.text);
  return own ? [own] : reader.parse(found.text).items;
}

/**
 * @param {Reader} reader
 * @param {keyof typeof NAMES} option
 * @param {string} value
 * @returns {Promise<{ shape: number[], data: Float64Array }>}
 */
export async function readValues(reader, option, value) {
  if (value.trim() === '') throw new UsageError('values.empty', { option });
  const file = fileOf(value);
  const source = !file ? t('commandLine') : file.path === '-' ? t('stdin') : file.path;
  const items = await blaming(option, async () =>
    file ? readItems(reader, file.path) : reader.parse(bracketed(value)).items,
  );
  const { shape, truncated, data } = only(option, source, items, file?.name ?? null);
  if (truncated || !shape) throw new UsageError('values.cut', { option, source });
  return { shape, data };
}

/**
 * What an output is compared with: a tensor, of which numbers may be hidden, or a shape alone.
 * @param {Reader} reader
 * @param {string} value FILE, or as for values
 * @returns {Promise<import('../engine/types.js').Expected>}
 */
export async function readExpected(reader, value) {
  const option = '--compare';
  if (value.trim() === '') throw new UsageError('values.empty', { option });
  const { path, name } = fileOf(value) ?? { path: value, name: null };
  const items = await blaming(option, () => readItems(reader, path));
  const shapes = items.filter((item) => item.kind === 'shape');
  if (shapes.length === 1 && !items.some(({ kind }) => kind === 'tensor')) return shapes[0];
  const item = only(option, path === '-' ? t('stdin') : path, items, name);
  // a file hides no digits
  return 'inexact' in item ? { shape: item.visibleShape, data: item.data } : item;
}

/**
 * The engine knows a text, but not whose it is.
 * @template T
 * @param {string} option
 * @param {() => Promise<T>} read
 * @returns {Promise<T>}
 */
async function blaming(option, read) {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof ConvError)) throw error;
    const { code, axis, message, template, values, torch, line, column } = error;
    throw new ConvError({
      ...{ code, field: option.slice(2), axis, torch, line, column },
      ...{ message: `${option}: ${message}`, template: `${option}: ${template}`, values },
    });
  }
}

/**
 * "@FILE", "@FILE#NAME", "-"; without the "@" where the name says that it is a file of tensors.
 * @param {string} value
 */
function fileOf(value) {
  if (value === '-') return { path: '-', name: null };
  if (!value.startsWith('@') && !/^[^[({\n]+\.(npy|npz|safetensors)(#|$)/i.test(value)) return null;
  const [, path, name = null] = /^@?(.*?)(?:#([^#]*))?$/s.exec(value) ?? ['', value];
  return { path, name };
}

/** "1 2; 0 1" as MATLAB writes it, so that the engine reads it so. @param {string} text */
const bracketed = (text) =>
  /^(?:[\s\d.,;+\-e]|nan|inf(inity)?)+$/i.test(text) && !text.trim().includes('\n')
    ? `[${text.trim()}]`
    : text;

/**
 * The one tensor that is meant.
 * @param {keyof typeof NAMES} option
 * @param {string} source what it is called
 * @param {Item[]} items
 * @param {string | null} name that was asked for
 * @returns {Tensor}
 */
function only(option, source, items, name) {
  const tensors = items.filter((item) => item.kind === 'tensor');
  const names = tensors.map((item) => item.name ?? t('unnamed')).join(', ');
  if (tensors.length === 0) {
    const what = [...new Set(items.map(({ kind }) => t(`item.${kind}`)))].join(', ');
    throw new UsageError('values.none', { option, source, what });
  }
  const last = (/** @type {Tensor} */ item) => (item.name ?? '').split('.').pop() ?? '';
  const wanted = name === null ? NAMES[option] : [name];
  const named = tensors.filter(
    (item) => wanted.includes(item.name ?? '') || wanted.includes(last(item)),
  );
  if (name !== null && named.length === 0)
    throw new UsageError('values.noName', { option, source, name, names });
  const chosen = named.length === 1 ? named[0] : tensors.length === 1 ? tensors[0] : null;
  if (!chosen) throw new UsageError('values.several', { option, source, names });
  return chosen;
}

/**
 * What this program wrote with --json, whose numbers may be texts ("NaN").
 * @param {string} text
 * @returns {Tensor | null}
 */
function ownOutput(text) {
  if (!/^\s*\{/.test(text)) return null;
  let value;
  try {
    value = fromJson(text);
  } catch {
    return null; // JSON of others, or no JSON: the engine says what is wrong
  }
  const { shape, data } = value.output ?? {};
  if (!Array.isArray(shape) || !Array.isArray(data)) return null;
  if (shape.reduce((a, b) => a * b, 1) !== data.length || !data.every(isNumber)) return null;
  const visibleShape = shape;
  return {
    ...{ kind: 'tensor', name: 'output', container: 'json', dtype: value.output.dtype ?? null },
    ...{ shape, visibleShape, gaps: shape.map(() => null), data: Float64Array.from(data) },
    ...{ decimals: 17, scientific: false, truncated: false }, // no digit is left out
    ...{ isConvolved: false, role: 'output', layer: null },
  };
}

const isNumber = (/** @type {unknown} */ value) => typeof value === 'number';
