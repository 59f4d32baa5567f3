// A Sequential, printed or as source, to be read as the stack.

import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { commaList, t, tn } from '../../i18n/index.js';
import { refusalText } from '../../i18n/refusal.js';

/**
 * @typedef {{ count: number, ignored: string[] } | { refusal: import('../../i18n/refusal.js').Sentence } | null} Reading what
 *   came of the last text
 * @typedef {{ dispatch: import('../../state/stack/store.js').StackDispatch, reading: Reading, read: () => void }} Context
 */

/** @param {import('../../stack/model.js').StackModel} model @param {Context} ctx */
export const sequentialPanel = (
  { state },
  { dispatch, reading, read },
) => html`<label class="pasted"><span>${t('stack.paste')}</span>
    <textarea rows="9" spellcheck="false" autocomplete="off" placeholder=${'nn.Sequential(\n    nn.Conv2d(3, 64, 4, stride=2, padding=1),\n    nn.LeakyReLU(0.2),\n)'}
      .value=${live(state.pasted)} @input=${(/** @type {any} */ e) => dispatch.setPasted(e.target.value)}></textarea></label>
  <p class="hint">${t('stack.pasteHint')}</p>
  <p><button type="button" class="strong" ?disabled=${state.pasted.trim() === ''} @click=${read}>${t('stack.read')}</button></p>
  ${reading ? result(reading) : nothing}`;

/** @param {NonNullable<Reading>} reading */
const result = (reading) =>
  'refusal' in reading
    ? html`<p class="alert" role="alert">${refusalText(reading.refusal)}</p>`
    : html`<p role="status">${tn('stack.readLayers', reading.count)} ${reading.ignored.length ? t('stack.ignored', { names: commaList(reading.ignored) }) : nothing}</p>`;
