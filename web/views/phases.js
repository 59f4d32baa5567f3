// A transposed convolution of stride s as s×s small ordinary ones, each of which makes every s-th cell
// of the output and multiplies no inserted zero.

import { html } from 'lit';
import { t } from '../i18n/index.js';
import { mapGrids } from './maps.js';
import { phaseMaps } from './method-maps.js';

/** @param {import('../model.js').Model} model @param {import('../state/store.js').Dispatch} dispatch */
export function phaseSteps(model, dispatch) {
  const { result } = /** @type {{ result: import('../model.js').Result }} */ (model);
  return phaseMaps(result).map(({ place, kernel, output }) => ({
    title: t('step.phase.title', { place }),
    text: kernel ? t('step.phase.text', { place }) : t('step.phase.none'),
    body: html`<div class="pair-maps">
      ${kernel ? mapGrids(model, dispatch, kernel) : ''}
      ${output ? mapGrids(model, dispatch, output) : ''}
    </div>`,
  }));
}
