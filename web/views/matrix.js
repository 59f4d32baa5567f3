// The operation as one matrix product: the sparse matrix and its transpose side by side, and what
// comes back when one follows the other.

import { html } from 'lit';
import { t } from '../i18n/index.js';
import { mapGrids } from './maps.js';

/** @param {import('../model.js').Model} model @param {import('../state/store.js').Dispatch} dispatch */
export function matrixSteps(model, dispatch) {
  const { result } = /** @type {{ result: import('../model.js').Result }} */ (model);
  const { matrix, roundTrip } = result.maps;
  const [rows, cols] = matrix.shape;
  const { transposed } = result.geometry;
  const [here, there] = transposed ? ['Cᵀ', 'C'] : ['C', 'Cᵀ'];
  const plain = {
    kind: /** @type {const} */ ('kernel'),
    probeMap: /** @type {const} */ ('weight'),
  };
  const turned = turnedOf(matrix, rows, cols);
  return [
    {
      title: t('step.matrix.title', { name: here }),
      text: t(transposed ? 'step.matrix.transposed' : 'step.matrix.text', { rows, cols }),
      body: mapGrids(model, dispatch, {
        ...plain,
        name: 'matrix',
        label: t('map.matrix', { name: here }),
        tensor: { ...matrix, shape: [1, 1, rows, cols] },
      }),
    },
    {
      title: t('step.matrix.title', { name: there }),
      text: t('step.matrix.turned', { rows: cols, cols: rows }),
      body: mapGrids(model, dispatch, {
        ...plain,
        name: 'matrixTurned',
        label: t('map.matrix', { name: there }),
        tensor: { ...turned, shape: [1, 1, cols, rows] },
      }),
    },
    {
      title: t('step.roundTrip.title', { here, there }),
      text: t('step.roundTrip.text'),
      body: html`<div class="pair-maps">
        ${mapGrids(model, dispatch, { name: 'input', kind: 'input', label: t('map.inputAgain'), tensor: result.input, probeMap: 'input' })}
        ${mapGrids(model, dispatch, { name: 'roundTrip', kind: 'input', label: t('map.roundTrip'), tensor: roundTrip, probeMap: null })}
      </div>`,
    },
  ];
}

/** Each step shows the same matrix. @type {WeakMap<import('../model.js').TraceMap, ReturnType<typeof turn>>} */
const kept = new WeakMap();

/** @param {import('../model.js').TraceMap} matrix @param {number} rows @param {number} cols */
function turnedOf(matrix, rows, cols) {
  const turned = kept.get(matrix) ?? turn(matrix, rows, cols);
  kept.set(matrix, turned);
  return turned;
}

/** Rows and columns exchanged. @param {import('../model.js').TraceMap} matrix @param {number} rows @param {number} cols */
function turn(matrix, rows, cols) {
  const from = (/** @type {number} */ i) => (i % rows) * cols + Math.floor(i / rows);
  const { data, source } = matrix;
  return {
    data: Float64Array.from(data, (_, i) => data[from(i)]),
    source: source && Int32Array.from(source, (_, i) => source[from(i)]),
  };
}
