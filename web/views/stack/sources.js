// Where a layer takes its input from: the layer before or another one, and what is merged with it.

import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { t } from '../../i18n/index.js';
import { INPUT } from '../../state/stack/layers.js';

/**
 * @typedef {import('../../state/stack/layers.js').EditLayer} EditLayer
 * @typedef {import('../../state/stack/store.js').StackDispatch} Dispatch
 */

/** @param {readonly EditLayer[]} layers @param {number} id */
const placeText = (layers, id) =>
  id === INPUT ? t('stack.input') : String(layers.findIndex((layer) => layer.id === id));

/** In short, where it is not only the layer before. @param {EditLayer} layer @param {readonly EditLayer[]} layers */
export const sourcesText = ({ from, skips }, layers) =>
  from === null && !skips.length
    ? nothing
    : html`<span class="sources">${from === null ? nothing : html`<span>${t('stack.takes', { n: placeText(layers, from) })}</span>`}
        ${skips.map((skip) => html`<span>${t(`stack.skip.${skip.merge}`, { n: placeText(layers, skip.from) })}</span>`)}</span>`;

/** @param {EditLayer} layer @param {number} index @param {readonly EditLayer[]} layers @param {Dispatch} dispatch */
export function sources(layer, index, layers, dispatch) {
  const set = (/** @type {EditLayer['skips']} */ skips) => dispatch.setSkips(layer.id, skips);
  const options = (/** @type {number|null} */ chosen) => [
    html`<option value=${INPUT} ?selected=${chosen === INPUT}>${t('stack.input')}</option>`,
    ...layers
      .slice(0, index)
      .map(
        ({ id, op }, at) =>
          html`<option value=${id} ?selected=${chosen === id}>${at}: ${op}</option>`,
      ),
  ];
  const idOf = (/** @type {any} */ e) => (e.target.value === '' ? null : Number(e.target.value));
  return html`<div class="skips" role="group" aria-label=${t('stack.sources', { n: index })}>
    <label class="argument"><span>${t('stack.from')}</span><select .value=${live(String(layer.from ?? ''))} @change=${(/** @type {any} */ e) => dispatch.setFrom(layer.id, idOf(e))}>
      <option value="" ?selected=${layer.from === null}>${t('stack.before')}</option>${options(layer.from)}</select></label>
    ${layer.skips.map((skip, at) => {
      const put = (/** @type {Partial<typeof skip>} */ change) =>
        set(layer.skips.with(at, { ...skip, ...change }));
      return html`<span class="skip">
        <select aria-label=${t('stack.merge')} .value=${live(skip.merge)} @change=${(/** @type {any} */ e) => put({ merge: e.target.value })}>
          ${/** @type {const} */ (['add', 'concat']).map((merge) => html`<option value=${merge} ?selected=${merge === skip.merge}>${t(`stack.merge.${merge}`)}</option>`)}</select>
        <select aria-label=${t('stack.skipFrom')} .value=${live(String(skip.from))} @change=${(/** @type {any} */ e) => put({ from: Number(e.target.value) })}>${options(skip.from)}</select>
        <button type="button" class="icon" aria-label=${t('stack.dropSkip')} title=${t('stack.dropSkip')} @click=${() => set(layer.skips.toSpliced(at, 1))}>×</button>
      </span>`;
    })}
    <button type="button" @click=${() => set([...layer.skips, { from: layers[index - 2]?.id ?? INPUT, merge: 'add' }])}>${t('stack.addSkip')}</button>
  </div>`;
}
