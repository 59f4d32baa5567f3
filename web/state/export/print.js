// A tensor as print(tensor) shows it in PyTorch 1.13 and later with default options, character by character, after
// the rules that torch/_tensor_str.py follows: 4 decimals, 80 columns, above 1000 elements only the edges.

/**
 * @typedef {object} PrintOptions
 * @property {string | null} [dtype] as PyTorch calls it; told at the end unless it is what PyTorch assumes. Integer
 *   types have no point; null: floats whose type is not told
 * @property {boolean} [full] show every element, however many there are
 */

/** @typedef {{ width: number, write: (value: number) => string }} Format */

const DECIMALS = 4;
const COLUMNS = 80;
const THRESHOLD = 1000;
/** On an axis that is cut: so many at its beginning and at its end. */
const EDGE = 3;
/** Types that PyTorch assumes for numbers with a point, for those without, and for True and False. */
const ASSUMED = ['float32', 'int64', 'bool'];
const PREFIX = 'tensor(';

/**
 * @param {{ shape: number[], data: ArrayLike<number> }} tensor row-major
 * @param {PrintOptions} [options]
 * @returns {string} without a line break at the end
 */
export function printTensor({ shape, data }, { dtype = null, full = false } = {}) {
  const size = shape.reduce((a, b) => a * b, 1);
  // without a number, nothing but its name shows that a type is not float32
  const assumed = dtype === null || (size === 0 ? ASSUMED.slice(0, 1) : ASSUMED).includes(dtype);
  const type = assumed ? [] : [`dtype=torch.${dtype}`];
  if (size === 0) {
    const sizes = shape.length === 1 ? [] : [`size=(${shape.join(', ')})`];
    return withSuffixes(`${PREFIX}[]`, [...sizes, ...type]);
  }
  const cut = !full && size > THRESHOLD;
  const shown = placesOf(shape, cut);
  const format = formatOf(
    flatPlaces(shape, shown).map((i) => data[i]),
    dtype,
  );
  return withSuffixes(PREFIX + part(shape, data, shown, format, 0, 0), type);
}

/**
 * @param {string} text
 * @param {string[]} suffixes what follows the numbers, on the same line where it fits
 */
function withSuffixes(text, suffixes) {
  let all = text;
  let line = text.length - text.lastIndexOf('\n') + 1;
  for (const suffix of suffixes) {
    const fits = line + suffix.length + 2 <= COLUMNS;
    all += `,${fits ? ' ' : `\n${' '.repeat(PREFIX.length)}`}${suffix}`;
    line = suffix.length + (fits ? line + 2 : PREFIX.length);
  }
  return `${all})`;
}

/**
 * Per axis the indices that are shown, and null for "...".
 * @param {number[]} shape
 * @param {boolean} cut
 */
const placesOf = (shape, cut) =>
  shape.map((length) => {
    const all = Array.from({ length }, (_, i) => /** @type {number | null} */ (i));
    return cut && length > 2 * EDGE ? [...all.slice(0, EDGE), null, ...all.slice(-EDGE)] : all;
  });

/**
 * Where in the data the elements that are shown stand: they alone decide width and notation.
 * @param {number[]} shape
 * @param {(number | null)[][]} shown
 */
const flatPlaces = (shape, shown) =>
  shown.reduce(
    (/** @type {number[]} */ flat, places, axis) =>
      flat.flatMap((at) => places.flatMap((i) => (i === null ? [] : [at * shape[axis] + i]))),
    [0],
  );

/**
 * @param {number[]} shape
 * @param {ArrayLike<number>} data
 * @param {(number | null)[][]} shown
 * @param {Format} format
 * @param {number} axis the first that is written here
 * @param {number} at index over the axes before
 * @returns {string}
 */
function part(shape, data, shown, format, axis, at) {
  if (axis === shape.length) return format.write(data[at]);
  const isRow = axis === shape.length - 1;
  const parts = shown[axis].map((i) =>
    i === null
      ? `${isRow ? ' ' : ''}...`
      : part(shape, data, shown, format, axis + 1, at * shape[axis] + i),
  );
  const indent = PREFIX.length + axis;
  const next = `,${'\n'.repeat(Math.max(1, shape.length - axis - 1))}${' '.repeat(indent + 1)}`;
  if (!isRow) return `[${parts.join(next)}]`;
  const perLine = Math.max(1, Math.floor((COLUMNS - indent) / (format.width + 2)));
  const lines = Array.from({ length: Math.ceil(parts.length / perLine) }, (_, i) =>
    parts.slice(i * perLine, (i + 1) * perLine).join(', '),
  );
  return `[${lines.join(next)}]`;
}

/**
 * One notation for all numbers of a tensor.
 * @param {number[]} values
 * @param {string | null} dtype
 * @returns {Format}
 */
function formatOf(values, dtype) {
  if (dtype === 'bool') return aligned(values, (v) => (v ? 'True' : 'False'));
  if (dtype !== null && /^u?int/.test(dtype)) return aligned(values, String);
  const counting = values.filter((v) => Number.isFinite(v) && v !== 0);
  const whole = counting.every(Number.isInteger);
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  for (const v of counting) {
    least = Math.min(least, Math.abs(v));
    most = Math.max(most, Math.abs(v));
  }
  const far = most / least > 1000 || most > 1e8 || (!whole && least < 1e-4);
  return aligned(counting, far ? scientific : whole ? pointed : fixed);
}

/**
 * @param {number[]} values the widest of them gives the width
 * @param {(value: number) => string} write
 * @returns {Format}
 */
function aligned(values, write) {
  const width = values.reduce((widest, v) => Math.max(widest, write(v).length), 1);
  return { width, write: (value) => write(value).padStart(width) };
}

/**
 * @param {(size: number) => string} write for what is not below 0
 * @returns {(value: number) => string}
 */
const signed = (write) => (value) => {
  if (Number.isNaN(value)) return 'nan';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  return sign + (Number.isFinite(value) ? write(Math.abs(value)) : 'inf');
};

/** "3.": a whole number that is a float */
const pointed = signed((size) => `${size.toFixed(0)}.`);

/**
 * "0.3125". Exactly between two decimals lie the odd multiples of 1/32, as 10^4 = 2^4 5^4: there C and Python take
 * the even one, JavaScript the larger.
 */
const fixed = signed((size) => {
  const isBetween = (size * 32) % 2 === 1;
  return isBetween
    ? toEven(size.toFixed(DECIMALS + 1).slice(0, -1), size.toFixed(DECIMALS))
    : size.toFixed(DECIMALS);
});

/** "3.1250e-01", with two digits of exponent at least; exactly between two: as above */
const scientific = signed((size) => {
  const [mantissa, exponent] = size.toExponential(DECIMALS).split('e');
  const [digits] = size.toExponential(40).split('e'); // more than a tie needs, fewer than could hide one
  const below = digits.slice(0, DECIMALS + 2);
  const isBetween = /^50*$/.test(digits.slice(DECIMALS + 2));
  // rounded up to the next power of ten, it is the even one
  const best = isBetween && mantissa > below ? toEven(below, mantissa) : mantissa;
  return `${best}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`;
});

/** @param {string} below @param {string} above a decimal and the next: the one whose last digit is even */
const toEven = (below, above) => (/[02468]$/.test(below) ? below : above);
