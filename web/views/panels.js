// One panel at a time: the reasons (sizes, channels, gradients, overlap), and the ways out of the page
// (other frameworks, copying).

import { html } from 'lit';
import { t } from '../i18n/index.js';
import { PANELS } from '../state/schema.js';
import { channels } from './channels.js';
import { exporting } from './export.js';
import { formula } from './formula.js';
import { gradients } from './gradients.js';
import { overlap } from './overlap.js';
import { translations } from './translate.js';

/** @param {import('../model.js').Model} model @param {import('./board.js').ToolContext & import('./waiting.js').WaitContext} ctx */
export function panels(model, ctx) {
  const { panel } = model.state;
  const view = {
    size: formula,
    channels,
    gradient: gradients,
    overlap,
    translate: translations,
    export: exporting,
  }[panel];
  return html`<section class="panels" aria-labelledby="panels-title">
    <div class="section-head">
      <h2 id="panels-title">${t('panels.title')}</h2>
      <div class="segments" role="group" aria-label=${t('panels.title')}>
        ${PANELS.map(
          (p) =>
            html`<button type="button" aria-pressed=${String(p === panel)} @click=${() => ctx.dispatch.setOption({ panel: p })}>${t(`panel.${p}`)}</button>`,
        )}
      </div>
    </div>
    ${view(model, ctx)}
  </section>`;
}
