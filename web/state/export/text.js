// A tensor as text: source of PyTorch and numpy, JSON, CSV, LaTeX. Every number reads back to exactly the
// same float32 or float64.

import { float, tuple } from '../python.js';
import { sizeOf } from '../tensors.js';

/**
 * @typedef {import('../formats.js').Tensor} Tensor
 * @typedef {import('../formats.js').Dtype} Dtype
 */

/**
 * The shortest decimal that reads back to the same number of that type. Six digits tell any decimal of up
 * to six from its neighbours in float32, nine tell any two float32 apart.
 * @param {number} value @param {Dtype} dtype @returns {number}
 */
export function shortest(value, dtype) {
  if (dtype === 'float64') return value;
  const wanted = Math.fround(value);
  if (!Number.isFinite(wanted) || Number.isInteger(wanted)) return wanted;
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(wanted.toPrecision(digits));
    if (Math.fround(short) === wanted) return short;
  }
  return Number(wanted.toPrecision(9));
}

/** @type {Record<Exclude<import('../formats.js').TensorFormat, 'npy'>, (tensor: Tensor, dtype: Dtype) => string>} */
export const WRITERS = {
  torch: (t, dtype) =>
    source(t, 'torch.tensor', 'torch.zeros', `torch.${dtype}`, (v) => float(shortest(v, dtype))),
  numpy: (t, dtype) =>
    source(t, 'np.array', 'np.zeros', `np.${dtype}`, (v) => numpyNumber(shortest(v, dtype))),
  json: ({ shape, data }) =>
    `{"shape":[${shape.join(',')}],"data":[${Array.from(data, jsonNumber).join(',')}]}\n`,
  nested: (t) => `${brackets(t, jsonNumber, 0)}\n`,
  csv: (t) => blocks(t, ','),
  tsv: (t) => blocks(t, '\t'),
  latex,
};

/** @param {Tensor} tensor @param {string} make @param {string} empty @param {string} dtype @param {(v: number) => string} write */
function source(tensor, make, empty, dtype, write) {
  // Brackets cannot tell (0, 3) from (0,).
  if (sizeOf(tensor.shape) === 0) return `${empty}(${tuple(tensor.shape)}, dtype=${dtype})\n`;
  return `${make}(${brackets(tensor, write, make.length + 1)}, dtype=${dtype})\n`;
}

/** numpy has names for what is no number. @param {number} v */
const numpyNumber = (v) =>
  Number.isNaN(v) ? 'np.nan' : Number.isFinite(v) ? float(v) : v > 0 ? 'np.inf' : '-np.inf';

/** JSON itself has neither NaN nor Infinity: then as Python's json writes and reads them. @param {number} v */
const jsonNumber = (v) => (Object.is(v, -0) ? '-0.0' : String(v));

/**
 * Nested brackets, a row on a line, a blank line between matrices, as PyTorch prints them.
 * @param {Tensor} tensor @param {(v: number) => string} write @param {number} indent columns before the first bracket
 */
function brackets({ shape, data }, write, indent) {
  /** @param {number} axis @param {number} at @returns {string} */
  const part = (axis, at) => {
    if (axis === shape.length) return write(data[at]);
    const inner = sizeOf(shape.slice(axis + 1));
    const parts = Array.from({ length: shape[axis] }, (_, i) => part(axis + 1, at + i * inner));
    const below = shape.length - axis - 1;
    const line = `,${'\n'.repeat(Math.min(2, below))}${' '.repeat(indent + axis + 1)}`;
    return `[${parts.join(below === 0 ? ', ' : line)}]`;
  };
  return part(0, 0);
}

/**
 * The maps of a tensor: the last two axes as rows and columns, with the indices of those before.
 * @param {Tensor} tensor @returns {{ at: number[], rows: number[][] }[]}
 */
export function mapsOf({ shape, data }) {
  const [cols = 1, height = 1] = shape.slice(-2).reverse();
  const outer = shape.slice(0, -2);
  const cells = height * cols;
  return Array.from({ length: sizeOf(outer) }, (_, map) => ({
    at: outer.map((n, axis) => Math.floor(map / sizeOf(outer.slice(axis + 1))) % n),
    rows: Array.from({ length: height }, (_, row) =>
      Array.from({ length: cols }, (_, col) => data[map * cells + row * cols + col]),
    ),
  }));
}

/** @param {Tensor} tensor @param {string} separator */
function blocks(tensor, separator) {
  const number = (/** @type {number} */ v) => {
    if (Number.isNaN(v)) return 'nan';
    if (!Number.isFinite(v)) return v > 0 ? 'inf' : '-inf';
    return Object.is(v, -0) ? '-0' : String(v);
  };
  return mapsOf(tensor)
    .map(({ rows }) => rows.map((row) => `${row.map(number).join(separator)}\n`).join(''))
    .join('\n');
}

/** @param {Tensor} tensor */
function latex(tensor) {
  const number = (/** @type {number} */ v) => {
    if (Number.isNaN(v)) return '\\mathrm{nan}';
    if (!Number.isFinite(v)) return v > 0 ? '\\infty' : '-\\infty';
    const [mantissa, exponent] = String(v).split('e');
    return exponent ? `${mantissa} \\cdot 10^{${Number(exponent)}}` : mantissa;
  };
  const maps = mapsOf(tensor);
  return maps
    .map(({ at, rows }) => {
      // amsmath's matrices have ten columns at most where nothing else is said.
      const columns = rows[0]?.length ?? 0;
      const wide = columns > 10 ? `\\setcounter{MaxMatrixCols}{${columns}}\n` : '';
      const lines = rows.map((row) => `  ${row.map(number).join(' & ')}`).join(' \\\\\n');
      const label = maps.length > 1 ? `% [${at.join(', ')}]\n` : '';
      return `${label}${wide}\\begin{bmatrix}\n${lines}\n\\end{bmatrix}\n`;
    })
    .join('\n');
}
