// The same layer in other frameworks, one card each: whether it fits, what had to be done, and the source.

import { html } from 'lit';
import { t } from '../i18n/index.js';
import { waitingFor } from './tool.js';

/** @param {import('../model.js').Model} model @param {import('./board.js').ToolContext} ctx */
export function translations(model, ctx) {
  if (model.stale || !model.result)
    return html`<div class="card"><p class="hint">${t('panel.none')}</p></div>`;
  const { module } = ctx.tools.translate;
  if (!module) return waitingFor(ctx, 'translate');
  return html`<p class="translate-intro">${t('translate.intro')}</p>
    <div class="translations">${module.translate(model.state).map((one) => card(one, ctx))}</div>`;
}

/** @param {ReturnType<typeof import('../state/translate/index.js').translate>[number]} translation @param {import('./board.js').ToolContext} ctx */
function card({ framework, fit, source, notes }, ctx) {
  const name = t(`framework.${framework}`);
  const key = `translate-${framework}`;
  return html`<article class="card translation" aria-labelledby=${key}>
    <header><h3 id=${key}>${name}</h3><span class="size ${fit}">${t(`fit.${fit}`)}</span></header>
    <ul>${notes.map((note) => html`<li>${t(`translate.${note.id}`, note.values)}</li>`)}</ul>
    ${
      source
        ? html`<pre class="source" tabindex="0" role="region" aria-label=${t('translate.source', { framework: name })}>${source}</pre>
        <p class="copies"><button type="button" aria-label=${`${t('translate.copy')}: ${name}`} @click=${() => ctx.copy(key, source)}>${t(ctx.copied === key ? 'app.copied' : 'translate.copy')}</button></p>`
        : ''
    }
  </article>`;
}
