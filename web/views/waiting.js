// What is still computed in the background: how far it is, and a button that ends it.

import { html } from 'lit';
import { t } from '../i18n/index.js';

/**
 * @typedef {{ share: number, stopped: boolean, failed: string|null }} Wait
 * @typedef {{ stop: (name: string) => void, again: (name: string) => void }} WaitContext
 */

/** @param {string} name of what is waited for @param {Wait} wait @param {string} words for it @param {WaitContext} ctx */
export function waiting(name, { share, stopped, failed }, words, ctx) {
  const again = html`<button type="button" @click=${() => ctx.again(name)}>${t('wait.again')}</button>`;
  if (failed !== null)
    return html`<p class="waiting" role="alert">${t('wait.failed', { reason: failed })} ${again}</p>`;
  if (stopped)
    return html`<p class="waiting"><span role="status">${t('wait.stopped')}</span> ${again}</p>`;
  return html`<p class="waiting">
    <span role="status">${words}</span>
    <progress max="1" value=${share} aria-label=${words}></progress>
    <span aria-hidden="true">${t('wait.percent', { percent: Math.round(100 * share) })}</span>
    <button type="button" @click=${() => ctx.stop(name)}>${t('wait.cancel')}</button>
  </p>`;
}
