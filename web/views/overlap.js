// How many inputs reach each output cell: where that is uneven, a transposed convolution tends to draw
// a checkerboard. Beside it the two usual ways out.

import { html } from 'lit';
import { t } from '../i18n/index.js';
import { mapGrids } from './maps.js';

/** @param {import('../model.js').Model} model @param {import('./board.js').Context} ctx */
export function overlap(model, ctx) {
  const { overlap: found } = model;
  if (!found) return html`<div class="card"><p class="hint">${t('panel.none')}</p></div>`;
  const map = (/** @type {string} */ id, /** @type {any} */ coverage) => html`<div>
    <h3>${t(`overlap.${id}`)}</h3>
    <p>${t('overlap.range', { min: coverage.min, max: coverage.max })}</p>
    ${mapGrids(model, ctx.dispatch, { name: `overlap-${id}`, kind: 'canvas', shade: true, label: t(`overlap.${id}`), probeMap: null, tensor: { shape: [1, 1, ...coverage.shape], data: coverage.data } })}
  </div>`;
  return html`<div part="overlap" class="card overlap ${model.stale ? 'stale' : ''}">
    ${model.result?.geometry.transposed ? found.layer.axes.map(axisNote) : html`<p>${t('overlap.conv')}</p>`}
    <div class="gradient-maps">
      ${map('layer', found.layer)}
      ${found.resize ? map('resize', found.resize) : ''} ${found.subpixel ? map('subpixel', found.subpixel) : ''}
    </div>
    ${found.resize ? html`<p class="hint">${t('overlap.ways')}</p>` : ''}
  </div>`;
}

/** @param {{ name: string, kernel: number, stride: number, regular: boolean }} a */
const axisNote = (a) =>
  html`<p class=${a.regular ? '' : 'remark'}>${t(`overlap.${a.regular ? 'regular' : 'irregular'}`, { axis: t(`axis.${a.name}`), k: a.kernel, s: a.stride })}</p>`;
