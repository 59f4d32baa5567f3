// Which cells of which map light up for a probed cell: lookups in the engine's index lists, and places.

import { placeIn, sizeOf } from './state/tensors.js';

/**
 * @typedef {import('./model.js').Result} Result
 * @typedef {import('./model.js').Terms} Terms
 * @typedef {import('./state/store.js').Probe} Probe
 */

/** Cells that meet the probed one, by map. @param {Result} result @param {Probe} probe @param {Terms} terms */
export function litCells(result, probe, terms) {
  /** @type {Record<string, Set<number>>} */
  const lit = {
    input: new Set(terms.input),
    weight: new Set(terms.weight),
    output: new Set(terms.output),
  };
  if (probe.map !== 'output') lit[probe.map] = new Set();
  else lit.output = new Set();
  const { paddedInput, zeroInserted, uncropped, matrix } = result.maps;
  if (paddedInput && terms.padded) lit.paddedInput = new Set(terms.padded);
  if (zeroInserted && terms.padded) lit.zeroInserted = withoutBorder(result, terms.padded);
  if (uncropped && terms.padded) lit.uncropped = new Set(terms.padded);
  if (matrix) {
    const [rows, cols] = matrix.shape;
    lit.matrix = new Set();
    lit.matrixTurned = new Set();
    // The matrix is that of one sample; the others repeat it.
    for (let i = 0; i < terms.output.length; i++) {
      if (terms.input[i] < 0) continue;
      const [row, col] = [terms.output[i] % rows, terms.input[i] % cols];
      lit.matrix.add(row * cols + col);
      lit.matrixTurned.add(col * rows + row);
    }
  }
  return lit;
}

/**
 * Cells of the zero-inserted map under cells of the padded one: the same places less the border.
 * @param {Result} result @param {Int32Array} padded
 */
function withoutBorder({ maps, geometry }, padded) {
  const [from, to] = [maps.paddedInput.shape, maps.zeroInserted.shape];
  const perMap = sizeOf(from.slice(2));
  const cells = new Set();
  for (const index of padded) {
    const place = placeIn(from, index).map((at, axis) => at - geometry.axes[axis].borderBegin);
    if (place.every((at, axis) => at >= 0 && at < to[axis + 2]))
      cells.add(
        place.reduce((flat, at, axis) => flat * to[axis + 2] + at, Math.floor(index / perMap)),
      );
  }
  return cells;
}
