// Which maps lie between input and output, by method: names, kinds and labels; drawn by the steps and by pictures.

import { t } from '../i18n/index.js';

/**
 * @typedef {import('../model.js').Result} Result
 * @typedef {import('../model.js').TraceMap} TraceMap
 * @typedef {'input'|'kernel'|'output'|'padded'|'canvas'} Kind
 * @typedef {{ name: string, label: string, kind: Kind, probeMap: 'input'|'weight'|'output'|null }} MapSpec
 * @typedef {MapSpec & { tensor: TraceMap }} Map  a map with its numbers
 */

const MAPS = /** @type {const} */ ({
  paddedInput: { kind: 'padded', probeMap: 'input' },
  zeroInserted: { kind: 'padded', probeMap: 'input' },
  flippedWeight: { kind: 'kernel', probeMap: 'weight' },
  uncropped: { kind: 'canvas', probeMap: 'output' },
});

/** @param {keyof typeof MAPS} name */
export const specOf = (name) => ({ name, label: t(`map.${name}`), ...MAPS[name] });

/** @param {Result} result @param {keyof typeof MAPS} name @returns {Map} */
export const mapOf = (result, name) => ({ ...specOf(name), tensor: result.maps[name] });

/** What the matrix of the operation and its transpose are called. @param {Result} result @returns {[string, string]} */
export const matrixNames = (result) => (result.geometry.transposed ? ['Cᵀ', 'C'] : ['C', 'Cᵀ']);

/** The matrix, its transpose, the input and what comes back of it. @param {Result} result @returns {Map[]} */
export function matrixMaps(result) {
  const { matrix, roundTrip } = result.maps;
  const [rows, cols] = matrix.shape;
  const [here, there] = matrixNames(result);
  return [
    {
      name: 'matrix',
      kind: 'kernel',
      probeMap: 'weight',
      label: t('map.matrix', { name: here }),
      tensor: { ...matrix, shape: [1, 1, rows, cols] },
    },
    {
      name: 'matrixTurned',
      kind: 'kernel',
      probeMap: 'weight',
      label: t('map.matrix', { name: there }),
      tensor: { ...turnedOf(matrix, rows, cols), shape: [1, 1, cols, rows] },
    },
    {
      name: 'input',
      kind: 'input',
      probeMap: 'input',
      label: t('map.inputAgain'),
      tensor: result.input,
    },
    {
      name: 'roundTrip',
      kind: 'input',
      probeMap: null,
      label: t('map.roundTrip'),
      tensor: roundTrip,
    },
  ];
}

/** Of each phase its part of the kernel and of the output, null where there is none. @param {Result} result @returns {{ place: string, kernel: Map|null, output: Map|null }[]} */
export const phaseMaps = (result) =>
  (result.phases ?? []).map((phase, n) => {
    const place = `[${phase.offset.join(', ')}]`;
    return {
      place,
      kernel: phase.kernel.data.length
        ? {
            name: `phaseKernel${n}`,
            kind: 'kernel',
            probeMap: 'weight',
            label: t('map.phaseKernel', { place }),
            tensor: phase.kernel,
          }
        : null,
      output: phase.output.data.length
        ? {
            name: `phaseOutput${n}`,
            kind: 'output',
            probeMap: 'output',
            label: t('map.phaseOutput', { place }),
            tensor: phase.output,
          }
        : null,
    };
  });

/** Each step shows the same matrix. @type {WeakMap<TraceMap, ReturnType<typeof turn>>} */
const kept = new WeakMap();

/** @param {TraceMap} matrix @param {number} rows @param {number} cols */
function turnedOf(matrix, rows, cols) {
  const turned = kept.get(matrix) ?? turn(matrix, rows, cols);
  kept.set(matrix, turned);
  return turned;
}

/** Rows and columns exchanged. @param {TraceMap} matrix @param {number} rows @param {number} cols */
function turn(matrix, rows, cols) {
  const from = (/** @type {number} */ i) => (i % rows) * cols + Math.floor(i / rows);
  const { data, source } = matrix;
  return {
    data: Float64Array.from(data, (_, i) => data[from(i)]),
    source: source && Int32Array.from(source, (_, i) => source[from(i)]),
  };
}
