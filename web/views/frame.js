// What is around a figure within a page of somebody else: what it is of, what was refused, and where it comes from.

import { html } from 'lit';
import { currentLanguage, LANGUAGES, t } from '../i18n/index.js';

/**
 * @param {{ name: string, facts: readonly string[], refusals: readonly string[], link: string|null }} about `link` opens the
 *   same elsewhere
 * @param {unknown} body
 */
export const frame = ({ name, facts, refusals, link }, body) =>
  html`<figure class="scope" lang=${LANGUAGES[currentLanguage()].tag} part="figure" aria-label=${[name, ...facts].join(', ')}>
    <header class="figure-head" part="header">
      <span class="logo" aria-hidden="true"><i></i><i></i><i></i><i></i></span><b>${name}</b>
      ${facts.map((fact) => html`<span class="size">${fact}</span>`)}
    </header>
    ${refusals.map((text) => html`<p class="alert" role="alert" part="refusal">${text}</p>`)}
    ${body}
    <figcaption class="figure-foot">
      <span class="caption-text" part="caption"><slot name="caption"></slot></span>
      ${link ? html`<a part="credit" href=${link} target="_blank" rel="noopener">${t('element.open')}</a>` : html`<span part="credit">${t('element.credit')}</span>`}
    </figcaption>
  </figure>`;
