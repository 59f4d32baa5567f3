// JSON of what goes into the engine and comes out: typed arrays as arrays, on one line each. JSON has no NaN and no
// infinities: they are texts. Every number reads back to exactly the same float64.

const UNUSUAL = ['NaN', 'Infinity', '-Infinity'];

/** @param {unknown} value @returns {string} with a line break at the end */
export const toJson = (value) => `${written(value, '')}\n`;

/** @param {unknown} value @param {string} indent @returns {string} */
function written(value, indent) {
  if (typeof value === 'number') return number(value);
  if (isList(value)) {
    const list = Array.from(value);
    const deeper = `${indent}  `;
    return list.some(isRecord)
      ? `[${list.map((item) => `\n${deeper}${written(item, deeper)}`).join(',')}\n${indent}]`
      : `[${list.map((item) => written(item, indent)).join(',')}]`;
  }
  if (!isRecord(value)) return JSON.stringify(value);
  const deeper = `${indent}  `;
  const entries = Object.entries(value)
    .filter(([, entry]) => entry !== undefined)
    .map(([key, entry]) => `\n${deeper}${JSON.stringify(key)}: ${written(entry, deeper)}`);
  return `{${entries.join(',')}${entries.length > 0 ? `\n${indent}` : ''}}`;
}

/** @param {unknown} value @returns {value is ArrayLike<unknown>} */
const isList = (value) => Array.isArray(value) || ArrayBuffer.isView(value);

/** @param {unknown} value @returns {value is object} */
const isRecord = (value) => typeof value === 'object' && value !== null && !isList(value);

/** @param {number} value */
function number(value) {
  if (!Number.isFinite(value)) return `"${value}"`;
  return Object.is(value, -0) ? '-0.0' : String(value);
}

/**
 * @param {string} text
 * @returns {any} with "NaN" and the infinities as numbers
 * @throws {SyntaxError}
 */
export const fromJson = (text) =>
  JSON.parse(text, (_, value) => (UNUSUAL.includes(value) ? Number(value) : value));
