// The operation as one matrix product: the sparse matrix and its transpose side by side, and what
// comes back when one follows the other.

import { html } from 'lit';
import { t } from '../i18n/index.js';
import { mapGrids } from './maps.js';
import { matrixMaps, matrixNames } from './method-maps.js';

/** @param {import('../model.js').Model} model @param {import('../state/store.js').Dispatch} dispatch */
export function matrixSteps(model, dispatch) {
  const { result } = /** @type {{ result: import('../model.js').Result }} */ (model);
  const [rows, cols] = result.maps.matrix.shape;
  const [here, there] = matrixNames(result);
  const [matrix, turned, input, roundTrip] = matrixMaps(result).map((map) =>
    mapGrids(model, dispatch, map),
  );
  return [
    {
      title: t('step.matrix.title', { name: here }),
      text: t(result.geometry.transposed ? 'step.matrix.transposed' : 'step.matrix.text', {
        rows,
        cols,
      }),
      body: matrix,
    },
    {
      title: t('step.matrix.title', { name: there }),
      text: t('step.matrix.turned', { rows: cols, cols: rows }),
      body: turned,
    },
    {
      title: t('step.roundTrip.title', { here, there }),
      text: t('step.roundTrip.text'),
      body: html`<div class="pair-maps">${input} ${roundTrip}</div>`,
    },
  ];
}
