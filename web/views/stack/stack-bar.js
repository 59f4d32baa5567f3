// What stands above the layers: which stack to begin with, and the shape that goes in.

import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { t } from '../../i18n/index.js';
import { refusalText } from '../../i18n/refusal.js';
import { presetState, STACK_PRESETS } from '../../state/stack/presets.js';

/** @param {import('../../stack/model.js').StackModel} model @param {{ dispatch: import('../../state/stack/store.js').StackDispatch }} ctx */
export function stackBar({ state, inputShape, inputRefusal }, { dispatch }) {
  const choose = (/** @type {string} */ id) => {
    const preset = STACK_PRESETS.find((p) => p.id === id);
    if (preset)
      dispatch.replace({ ...presetState(preset), panel: state.panel, question: state.question });
  };
  return html`<div class="settings" role="group" aria-label=${t('stack.settings')}>
    <div class="setting"><label class="setting-name" for="stack-preset">${t('stack.preset')}</label>
      <select id="stack-preset" .value=${live(state.example ?? '')} @change=${(/** @type {any} */ e) => choose(e.target.value)}>
        <option value="" ?selected=${state.example === null}>${t('stack.own')}</option>
        ${STACK_PRESETS.map(({ id }) => html`<option value=${id} ?selected=${id === state.example}>${t(`stack.preset.${id}`)}</option>`)}
      </select></div>
    ${shapeField({ state, inputShape, inputRefusal }, dispatch)}
  </div>`;
}

/**
 * What goes in. @param {Pick<import('../../stack/model.js').StackModel, 'state'|'inputShape'|'inputRefusal'>} model
 * @param {import('../../state/stack/store.js').StackDispatch} dispatch
 */
export function shapeField({ state, inputShape, inputRefusal }, dispatch) {
  const wrong = !inputShape || inputRefusal;
  return html`<div class="setting"><label class="setting-name" for="stack-shape">${t('stack.shape')}</label>
      <input id="stack-shape" class="shape-box" type="text" autocomplete="off" spellcheck="false" maxlength="60" aria-invalid=${wrong ? 'true' : nothing} aria-describedby="stack-shape-hint"
        .value=${live(state.shape)} @input=${(/** @type {any} */ e) => dispatch.setShape(e.target.value)} />
      ${wrong ? html`<p class="alert" role="alert">${inputRefusal ? refusalText(inputRefusal) : t('stack.error.shape', { text: state.shape })}</p>` : nothing}</div>
    <p class="hint shape-hint" id="stack-shape-hint">${t('stack.shapeHint')}</p>`;
}
