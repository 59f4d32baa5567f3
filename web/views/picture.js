// The dialog that makes a picture of the page to take home. A function of its own small state; what it asks for comes
// back through the context.

import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { t } from '../i18n/index.js';

/**
 * @typedef {'svg'|'png'|'animated'|'gif'} Format
 * @typedef {{ what: 'step'|'all', format: Format, width: number, scale: number, theme: 'light'|'dark',
 *   speed: 'slow'|'normal'|'fast', title: string, caption: string }} Choice
 * @typedef {{ choice: Choice, stale: boolean, preview: string|null, description: string, facts: string,
 *   busy: { done: number, total: number }|null, note: string, failed: boolean }} PictureModel
 *   `preview` is the address of an image; `busy` while a GIF is encoded; `note` is the last thing that happened
 * @typedef {{ choose: (change: Partial<Choice>) => void, download: () => void, copy: () => void, cancel: () => void,
 *   close: () => void }} PictureContext
 */

/** What each way of showing can be saved as. */
export const FORMATS = /** @type {const} */ ({ step: ['svg', 'png'], all: ['animated', 'gif'] });
export const WIDTHS = [720, 1080];
export const SPEEDS = /** @type {const} */ (['slow', 'normal', 'fast']);

/** @param {PictureModel} model @param {PictureContext} ctx */
export function picture(model, ctx) {
  const { choice, stale, busy } = model;
  return html`<div class="dialog-body">
    <header><h2 id="picture-title">${t('figure.dialog')}</h2><button type="button" class="quiet" @click=${ctx.close}>${t('close')}</button></header>
    ${
      stale
        ? html`<p class="alert" role="alert">${t('figure.stale')}</p>`
        : html`<div class="picture-parts">
            <form class="picture-form" @submit=${(/** @type {Event} */ e) => e.preventDefault()}>${fields(choice, ctx, Boolean(busy))}</form>
            ${preview(model)}
          </div>
          ${actions(model, ctx)}`
    }
  </div>`;
}

/** @param {Choice} choice @param {PictureContext} ctx @param {boolean} busy */
function fields(choice, ctx, busy) {
  const select = (
    /** @type {string} */ label,
    /** @type {keyof Choice} */ key,
    /** @type {readonly (string|number)[]} */ values,
    /** @type {(value: any) => string} */ name,
  ) => html`<label class="picture-field"><span>${label}</span>
    <select ?disabled=${busy} @change=${(/** @type {any} */ e) => ctx.choose({ [key]: typeof choice[key] === 'number' ? Number(e.target.value) : e.target.value })}>
      ${values.map((v) => html`<option value=${v} ?selected=${v === choice[key]}>${name(v)}</option>`)}
    </select></label>`;
  const pixels = choice.format === 'png' || choice.format === 'gif';
  return html`
    ${select(t('figure.what'), 'what', ['step', 'all'], (v) => t(`figure.what.${v}`))}
    ${select(t('figure.format'), 'format', FORMATS[choice.what], (v) => t(`figure.format.${v}`))}
    <label class="picture-field"><span>${t('figure.title')}</span>
      <input type="text" maxlength="120" ?disabled=${busy} .value=${live(choice.title)} @input=${(/** @type {any} */ e) => ctx.choose({ title: e.target.value })} /></label>
    <label class="picture-field"><span>${t('figure.caption')}</span>
      <textarea rows="2" maxlength="400" ?disabled=${busy} .value=${live(choice.caption)} @input=${(/** @type {any} */ e) => ctx.choose({ caption: e.target.value })}></textarea></label>
    <div class="picture-row">
      ${select(t('figure.theme'), 'theme', ['light', 'dark'], (v) => t(`app.theme.${v}`))}
      ${select(t('figure.width'), 'width', WIDTHS, (v) => t('figure.width.of', { n: v }))}
      ${pixels ? select(t('figure.scale'), 'scale', [1, 2], (v) => t('figure.scale.of', { n: v })) : nothing}
      ${choice.what === 'all' ? select(t('figure.speed'), 'speed', SPEEDS, (v) => t(`figure.speed.${v}`)) : nothing}
    </div>`;
}

/** @param {PictureModel} model */
const preview = ({ preview: address, description, facts }) =>
  html`<figure class="picture-preview" tabindex="0" aria-label=${t('figure.preview', { description: '' })}>
    ${address ? html`<img src=${address} alt=${t('figure.preview', { description })} />` : html`<p class="hint">${t('figure.working')}</p>`}
    <figcaption>${facts}</figcaption>
  </figure>`;

/** @param {PictureModel} model @param {PictureContext} ctx */
function actions({ choice, preview: address, busy, note, failed }, ctx) {
  const told = busy ? t('figure.encoding', busy) : note;
  return html`<div class="picture-actions">
    <button type="button" class="strong" ?disabled=${!address || Boolean(busy)} @click=${ctx.download}>${t('figure.download')}</button>
    ${choice.format === 'gif' ? nothing : html`<button type="button" ?disabled=${!address} @click=${ctx.copy}>${t('figure.copy')}</button>`}
    ${
      busy
        ? html`<progress max=${busy.total} value=${busy.done} aria-label=${t('figure.format.gif')}></progress>
          <button type="button" @click=${ctx.cancel}>${t('figure.cancel')}</button>`
        : nothing
    }
    <p class=${failed ? 'alert' : 'picture-note'} role="status" aria-live=${busy ? 'off' : 'polite'}>${told}</p>
    <p class="hint picture-free">${t('figure.free')}</p>
  </div>`;
}
