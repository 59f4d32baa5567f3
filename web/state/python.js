// How numbers and shapes are written in Python source. Text only.

/** @param {ArrayLike<number|string>} list @returns {string} "(1,)" or "(1, 2)" */
export const tuple = (list) => `(${Array.from(list).join(', ')}${list.length === 1 ? ',' : ''})`;

/** @param {ArrayLike<number|string>} list @returns {string} "[1, 2]" */
export const list = (list) => `[${Array.from(list).join(', ')}]`;

/**
 * Always a float, as PyTorch must not make integers of whole numbers: "1." and not "1". Reads back to
 * exactly the same float64.
 * @param {number} v
 */
export function float(v) {
  if (Number.isNaN(v)) return "float('nan')";
  if (!Number.isFinite(v)) return `float('${v > 0 ? '' : '-'}inf')`;
  const text = Object.is(v, -0) ? '-0' : String(v);
  return /[.e]/.test(text) ? text : `${text}.`;
}
