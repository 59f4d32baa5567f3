// A transposed convolution of stride s as s×s small ordinary ones, each of which makes every s-th cell
// of the output and multiplies no inserted zero.

import { html } from 'lit';
import { t } from '../i18n/index.js';
import { mapGrids } from './maps.js';

/** @param {import('../model.js').Model} model @param {import('../state/store.js').Dispatch} dispatch */
export function phaseSteps(model, dispatch) {
  const { result } = /** @type {{ result: import('../model.js').Result }} */ (model);
  return (result.phases ?? []).map((phase, n) => {
    const place = `[${phase.offset.join(', ')}]`;
    const taps = phase.kernel.data.length;
    return {
      title: t('step.phase.title', { place }),
      text: taps ? t('step.phase.text', { place }) : t('step.phase.none'),
      body: html`<div class="pair-maps">
        ${taps ? mapGrids(model, dispatch, { name: `phaseKernel${n}`, kind: 'kernel', label: t('map.phaseKernel', { place }), tensor: phase.kernel, probeMap: 'weight' }) : ''}
        ${phase.output.data.length ? mapGrids(model, dispatch, { name: `phaseOutput${n}`, kind: 'output', label: t('map.phaseOutput', { place }), tensor: phase.output, probeMap: 'output' }) : ''}
      </div>`,
    };
  });
}
