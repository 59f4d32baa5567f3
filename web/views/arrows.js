// Where the cells of a padding that copies come from: which cells of the padded map lie outside the
// input, and arrows to them along the middle row and column. Positions only, from the engine's indices.

/** @typedef {import('../model.js').AxisTerms} AxisTerms */

/** Whether a cell of the padded input lies outside the input itself. @param {AxisTerms[]} axes @param {number[]} place */
export const isOutside = (axes, place) =>
  place.some(
    (at, axis) => at < axes[axis].paddingBegin || at >= axes[axis].paddingBegin + axes[axis].input,
  );

/**
 * Arrows of one grid, from the copied cell to its copy, in cells.
 * @param {AxisTerms[]} axes the last one or two @param {Int32Array} source of the grid's cells
 * @param {number} rows @param {number} cols
 * @returns {[number, number][]} cells as row · cols + col
 */
export function arrowsOf(axes, source, rows, cols) {
  const flat =
    axes.length === 1 ? [{ ...axes[0], paddingBegin: 0, input: 1 }, axes[0]] : axes.slice(-2);
  /** @type {Map<number, number>} */
  const original = new Map();
  const outside = [];
  const middle = {
    row: flat[0].paddingBegin + Math.floor(flat[0].input / 2),
    col: flat[1].paddingBegin + Math.floor(flat[1].input / 2),
  };
  for (let i = 0; i < rows * cols; i++) {
    const [row, col] = [Math.floor(i / cols), i % cols];
    if (!isOutside(flat, [row, col])) original.set(source[i], i);
    else if (row === middle.row || col === middle.col) outside.push(i);
  }
  return outside.flatMap((i) => {
    const from = original.get(source[i]);
    return from === undefined ? [] : [/** @type {[number, number]} */ ([from, i])];
  });
}

/**
 * A bow from one cell to another, in cells, so that arrows along one row do not hide each other.
 * @param {number} from @param {number} to @param {number} cols
 */
export function arc(from, to, cols) {
  const [x1, y1, x2, y2] = [
    from % cols,
    Math.floor(from / cols),
    to % cols,
    Math.floor(to / cols),
  ].map((v) => v + 0.5);
  const [dx, dy] = [x2 - x1, y2 - y1];
  return `M${x1} ${y1}Q${(x1 + x2) / 2 - dy * 0.35} ${(y1 + y2) / 2 - Math.abs(dx) * 0.35} ${x2} ${y2}`;
}
