// What stands in place of a panel whose part of the page is still on its way.

import { html } from 'lit';
import { t } from '../i18n/index.js';

/** @param {import('./board.js').ToolContext} ctx @param {keyof import('../tools.js').Tools} name */
export function waitingFor(ctx, name) {
  const { failed } = ctx.tools[name];
  // A panel may be open from the start, by a link: then nobody presses anything that could load it.
  if (!failed) ctx.load(name);
  return html`<div class="card">${
    failed
      ? html`<p class="alert" role="alert">${t('tool.failed')} <button type="button" @click=${() => ctx.load(name)}>${t('tool.again')}</button></p>`
      : html`<p class="hint">${t('tool.loading')}</p>`
  }</div>`;
}
