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

/**
 * Lines that pad the spatial axes by F.pad, which counts from the last axis back. It crops before it adds, and cannot
 * crop more than there is: there the zeros are added first.
 * @param {string} from @param {string} to names
 * @param {number[]} size @param {number[]} begin @param {number[]} end numbers below 0 crop
 * @param {string} [mode] of F.pad
 */
export function padLines(from, to, size, begin, end, mode) {
  const edges = (/** @type {(n: number) => number} */ part) =>
    tuple(begin.flatMap((_, i) => [part(Number(begin.at(-1 - i))), part(Number(end.at(-1 - i)))]));
  const line = (/** @type {string} */ x, /** @type {string} */ pads) =>
    `${to} = F.pad(${x}, ${pads}${mode ? `, mode='${mode}'` : ''})`;
  const isEmptied = size.some((n, i) => n + Math.min(begin[i], 0) + Math.min(end[i], 0) < 0);
  if (!isEmptied || (mode && mode !== 'constant'))
    return [
      line(
        from,
        edges((n) => n),
      ),
    ];
  return [
    line(
      from,
      edges((n) => Math.max(n, 0)),
    ),
    line(
      to,
      edges((n) => Math.min(n, 0)),
    ),
  ];
}
