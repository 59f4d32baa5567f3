// Tensors as the page edits them: resizing that loses nothing, fills, and reading of pasted blocks.
// Values only; no convolution is computed here.

/**
 * `bank` remembers every value ever typed, also where the tensor has since become smaller, so that
 * typing "12" into a size field (which passes through "1") costs nothing. `rounding`: how far each number may
 * be from the one that somebody's program printed.
 * @typedef {{ shape: number[], data: Float64Array, bank: { shape: number[], data: Float64Array }, rounding?: number }} EditTensor
 * @typedef {'zeros'|'ones'|'ramp'|'random'|'impulse'|'identity'} FillKind
 */

export const FILLS = /** @type {FillKind[]} */ ([
  'zeros',
  'ones',
  'ramp',
  'random',
  'impulse',
  'identity',
]);

/** @param {number[]} shape */
export const sizeOf = (shape) => shape.reduce((a, b) => a * b, 1);

/** @param {number[]} shape @param {ArrayLike<number>} [values] missing values are 0 @returns {EditTensor} */
export function makeTensor(shape, values) {
  const data = new Float64Array(sizeOf(shape));
  if (values) data.set(Array.prototype.slice.call(values, 0, data.length));
  return { shape, data, bank: { shape, data } };
}

/**
 * Copies the block that both shapes share; `put(to, from)` gets flat indices.
 * @param {number[]} to @param {number[]} from @param {(to: number, from: number) => void} put
 */
function overlap(to, from, put) {
  /** @param {number} axis @param {number} t @param {number} f */
  const walk = (axis, t, f) => {
    if (axis === to.length) return put(t, f);
    for (let i = 0; i < Math.min(to[axis], from[axis]); i++)
      walk(axis + 1, t * to[axis] + i, f * from[axis] + i);
  };
  walk(0, 0, 0);
}

/**
 * The tensor in a new shape of the same rank. Values that fit stay; those that do not wait in the bank.
 * Cells never seen are 0, but a channel never seen gets small whole numbers: a new channel of zeros
 * would show nothing.
 * @param {EditTensor} tensor @param {number[]} shape @returns {EditTensor}
 */
export function resize(tensor, shape) {
  if (shape.length === tensor.shape.length && shape.every((n, i) => n === tensor.shape[i]))
    return tensor;
  if (shape.length !== tensor.shape.length) return makeTensor(shape, tensor.data);
  const bankShape = shape.map((n, i) => Math.max(n, tensor.bank.shape[i]));
  const bank = new Float64Array(sizeOf(bankShape));
  const random = seeded(shape.length);
  const [oldOuter, oldInner] = tensor.bank.shape;
  const perMap = sizeOf(bankShape.slice(2));
  for (let i = 0; i < bank.length; i++) {
    const map = Math.floor(i / perMap);
    const isNew = Math.floor(map / bankShape[1]) >= oldOuter || map % bankShape[1] >= oldInner;
    const value = smallInteger(random);
    if (isNew && shape.length > 2) bank[i] = value;
  }
  overlap(bankShape, tensor.bank.shape, (t, f) => (bank[t] = tensor.bank.data[f]));
  overlap(bankShape, tensor.shape, (t, f) => (bank[t] = tensor.data[f]));
  const data = new Float64Array(sizeOf(shape));
  overlap(shape, bankShape, (t, f) => (data[t] = bank[f]));
  return { shape, data, bank: { shape: bankShape, data: bank } };
}

/** @param {EditTensor} tensor @param {Iterable<[number, number]>} updates index and value @returns {EditTensor} */
export function withValues(tensor, updates) {
  const data = tensor.data.slice();
  for (const [index, value] of updates) data[index] = value;
  return { ...tensor, data };
}

/** Mulberry32: the same seed gives the same numbers everywhere. @param {number} seed */
export function seeded(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** From −3 to 5: small enough to follow a sum by eye. @param {() => number} random */
const smallInteger = (random) => Math.floor(random() * 9) - 3;

/**
 * New values for the chosen cells (all when null). Ramp counts 1, 2, 3 … over the chosen cells;
 * impulse and identity are laid out per map, within the chosen block.
 * @param {EditTensor} tensor @param {number[]|null} indices @param {FillKind} kind @param {number} seed
 */
export function fill(tensor, indices, kind, seed) {
  const cells = indices ?? Array.from(tensor.data, (_, i) => i);
  const random = seeded(seed);
  const places = cells.map((index) => placeIn(tensor.shape, index));
  const axes = places[0].map((_, axis) => {
    const all = places.map((p) => p[axis]);
    const first = all.reduce((a, b) => Math.min(a, b));
    return {
      first,
      centre: first + Math.floor((all.reduce((a, b) => Math.max(a, b)) - first) / 2),
    };
  });
  const valueAt = {
    zeros: () => 0,
    ones: () => 1,
    ramp: (/** @type {number} */ n) => n + 1,
    random: () => smallInteger(random),
    impulse: (/** @type {number} */ n) =>
      Number(places[n].every((at, axis) => at === axes[axis].centre)),
    identity: (/** @type {number} */ n) =>
      Number(places[n].every((at, axis) => at - axes[axis].first === places[n][0] - axes[0].first)),
  }[kind];
  const { rounding: _, ...exact } = tensor;
  return withValues(
    indices ? tensor : exact,
    cells.map((index, n) => /** @type {[number, number]} */ ([index, valueAt(n)])),
  );
}

/** The spatial axes of a shape: without sample and channel, where it has them. @param {number[]} shape */
export const spatialOf = (shape) => (shape.length > 2 ? shape.slice(2) : shape.slice(-1));

/** The channel that a flat index lies in. @param {number[]} shape (N, C, spatial…) @param {number} index */
export const channelOf = (shape, index) => Math.floor(index / sizeOf(shape.slice(2))) % shape[1];

/** Rows and columns of one grid: the last two spatial axes. @param {number[]} shape */
export function gridOf(shape) {
  const [cols = 1, rows = 1] = spatialOf(shape).reverse();
  return { rows, cols };
}

/** Where a flat index lies on the spatial axes, outermost first. @param {number[]} shape @param {number} index */
export function placeIn(shape, index) {
  const place = [];
  for (const size of spatialOf(shape).reverse()) {
    place.unshift(index % size);
    index = Math.floor(index / size);
  }
  return place;
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const SPECIAL = /^([+-]?)(nan|inf|infinity)$/i;

/**
 * One number as a person types it; an empty text is 0, as in a spreadsheet. Null when it is none.
 * @param {string} text
 */
export function readNumber(text) {
  const clean = text.trim().replace(/[\u2212\u2013]/g, '-');
  if (clean === '') return 0;
  if (NUMBER.test(clean)) return Number(clean);
  const special = SPECIAL.exec(clean);
  if (!special) return null;
  if (special[2].toLowerCase() === 'nan') return Number.NaN;
  return special[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/**
 * A pasted block of rows and columns: from a spreadsheet (tabs), a CSV, or numbers between blanks. What has
 * brackets is for engine.parse.
 * @param {string} text
 * @returns {{ rows: number[][] } | { bad: string, line: number, reason: 'number'|'ragged'|'comma'|'empty' }}
 */
export function readBlock(text) {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  /** @type {number[][]} */
  const rows = [];
  for (const [n, line] of lines.entries()) {
    if (line.trim() === '') continue;
    if (line.includes('\t') || line.includes(';')) {
      // A comma between digits is then a decimal comma, and a guess would be a wrong number.
      const comma = /\d,\d/.exec(line);
      if (comma) return { bad: line.trim(), line: n + 1, reason: 'comma' };
    }
    const tokens = line.includes('\t')
      ? line.replace(/\n/g, '').split('\t')
      : line
          .trim()
          .replace(/[,;]\s*$/, '')
          .split(/\s*[,;]\s*|\s+/);
    const row = [];
    for (const token of tokens) {
      const value = readNumber(token);
      if (value === null) return { bad: token, line: n + 1, reason: 'number' };
      row.push(value);
    }
    if (rows.length && row.length !== rows[0].length)
      return { bad: line.trim(), line: n + 1, reason: 'ragged' };
    rows.push(row);
  }
  return rows.length ? { rows } : { bad: '', line: 1, reason: 'empty' };
}
