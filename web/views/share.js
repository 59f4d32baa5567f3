// The dialog that offers the current state to other pages: what kind, how it looks there, the text to copy.

import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { t } from '../i18n/index.js';
import { SHARE_KINDS, SHARE_VIEWS, WITHOUT_READONLY } from '../state/share.js';

/**
 * @typedef {import('../state/share.js').ShareKind} ShareKind
 * @typedef {import('../state/share.js').ShareLook} ShareLook
 * @typedef {{ of: 'layer'|'stack', kind: ShareKind, look: ShareLook, copied: boolean|null, stale: boolean }} ShareModel
 *   `of`: what is shared; `copied`: whether the last attempt did; `stale`: there is nothing to share
 * @typedef {{ choose: (kind: ShareKind) => void, look: (change: Partial<ShareLook>) => void,
 *   copy: (text: string) => void, close: () => void }} ShareContext
 */

/** Letters of a link that everything takes; some programs cut longer ones. */
const SAFE_LENGTH = 2000;

/** @param {ShareModel} model @param {string} text @param {ShareContext} ctx */
export function share(model, text, ctx) {
  return html`<div class="dialog-body">
    <header><h2 id="share-title">${t('share.title')}</h2><button type="button" class="quiet" @click=${ctx.close}>${t('close')}</button></header>
    ${model.stale ? html`<p class="alert" role="alert">${t('share.stale')}</p>` : choices(model, text, ctx)}
  </div>`;
}

/** @param {ShareModel} model @param {string} text @param {ShareContext} ctx */
const choices = ({ of, kind, look, copied }, text, ctx) =>
  html`<div class="segments" role="group" aria-label=${t('share.kind')}>
      ${SHARE_KINDS.map((k) => html`<button type="button" aria-pressed=${String(k === kind)} @click=${() => ctx.choose(k)}>${t(`share.${k}`)}</button>`)}
    </div>
    <p class="hint">${t(`${of === 'stack' ? 'stack.' : ''}share.${kind}.hint`)}</p>
    ${kind === 'iframe' || kind === 'element' ? looks(of, look, ctx) : nothing}
    <label class="share-text"><span>${t('share.text')}</span>
      <textarea readonly rows=${kind === 'element' ? 9 : 4} spellcheck="false" .value=${live(text)} @focus=${(/** @type {any} */ e) => e.target.select()}></textarea></label>
    <div class="share-actions">
      <button type="button" class="strong" @click=${() => ctx.copy(text)}>${t('share.copy')}</button>
      <span class="hint">${t(kind === 'link' && text.length > SAFE_LENGTH ? 'share.long' : 'share.length', { n: text.length, max: SAFE_LENGTH })}</span>
      <p class=${copied === false ? 'alert' : 'share-note'} role="status">${copied === null ? '' : t(copied ? 'share.copied' : 'share.notCopied')}</p>
    </div>`;

/** @param {ShareModel['of']} of @param {ShareLook} look @param {ShareContext} ctx */
const looks = (of, look, ctx) =>
  html`<div class="share-looks">
    <label><span>${t('share.views')}</span>
      <select @change=${(/** @type {any} */ e) => ctx.look({ views: e.target.value })}>
        ${SHARE_VIEWS[of].map((v) => html`<option value=${v} ?selected=${v === look.views}>${t(`share.views.${v}`)}</option>`)}
      </select></label>
    <label><span>${t('app.theme')}</span>
      <select @change=${(/** @type {any} */ e) => ctx.look({ theme: e.target.value })}>
        ${/** @type {const} */ (['auto', 'light', 'dark']).map((v) => html`<option value=${v} ?selected=${v === look.theme}>${t(`app.theme.${v}`)}</option>`)}
      </select></label>
    ${
      WITHOUT_READONLY.includes(look.views)
        ? nothing
        : html`<label class="share-switch"><input type="checkbox" .checked=${live(look.readonly)} @change=${(/** @type {any} */ e) => ctx.look({ readonly: e.target.checked })} /> ${t('share.readonly')}</label>`
    }
  </div>`;
