// The whole view of a stack from one model.

import { html, nothing } from 'lit';
import { t } from '../../i18n/index.js';
import { STACK_PANELS } from '../../state/stack/store.js';
import { waiting } from '../waiting.js';
import { layerTable } from './layers.js';
import { seenPanel } from './seen.js';
import { sequentialPanel } from './sequential.js';
import { solverPanel } from './solver.js';
import { stackBar } from './stack-bar.js';
import { takeOutPanel } from './take-out.js';
import { valuesPanel } from './values.js';

/**
 * @typedef {import('../../stack/model.js').StackModel} StackModel
 * @typedef {import('./layers.js').Context & import('./solver.js').Context & import('./sequential.js').Context &
 *   import('./take-out.js').Context & import('./values.js').Context & { opening: import('../waiting.js').Wait|null }} StackContext `opening`: a layer is about to
 *   be opened, once its numbers are there
 */

/** @type {Record<import('../../state/stack/store.js').StackPanel, (model: StackModel, ctx: StackContext) => unknown>} */
const PANELS = {
  field: seenPanel,
  values: valuesPanel,
  solve: solverPanel,
  paste: sequentialPanel,
  export: takeOutPanel,
};

/** @param {StackModel} model @param {StackContext} ctx */
export function stack(model, ctx) {
  const { panel } = model.state;
  return html`
    ${stackBar(model, ctx)}
    <section class="card" aria-labelledby="stack-layers"><h2 class="for-reader" id="stack-layers">${t('stack.layers')}</h2>${layerTable(model, ctx)}</section>
    <section class="card" aria-labelledby="stack-panel"><h2 class="for-reader" id="stack-panel">${t(`stack.panel.${panel}`)}</h2>
      <div class="segments stack-panels" role="group" aria-label=${t('stack.panels')}>
        ${STACK_PANELS.map((name) => html`<button type="button" aria-pressed=${String(name === panel)} @click=${() => ctx.dispatch.setPanel(name)}>${t(`stack.panel.${name}`)}</button>`)}
      </div>
      <div class="stack-panel">${PANELS[panel](model, ctx)}</div>
    </section>
    ${ctx.opening ? html`<div class="floating">${waiting('open', ctx.opening, t('wait.open'), ctx)}</div>` : nothing}`;
}
