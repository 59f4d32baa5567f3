// The sum behind the selected cell, term by term, or what a selected input or weight takes part in.

import { html, nothing } from 'lit';
import { t, tn } from '../i18n/index.js';
import { channelOf } from '../state/tensors.js';
import { formatAlone, placeText } from './format.js';

/** @typedef {import('../model.js').Model} Model */

/** More terms than this are summed up in a sentence: nobody adds up two hundred numbers by eye. */
const SHOWN = 120;

/** @param {Model} model @param {import('./board.js').Context} ctx */
export function terms(model, ctx) {
  return html`<section part="terms" class="card terms ${model.stale ? 'stale' : ''}" aria-labelledby="terms-title" aria-live="polite" tabindex="0">${content(model, ctx)}</section>`;
}

/** @param {Model} model @param {import('./board.js').Context} ctx */
function content(model, ctx) {
  const { probe, terms: list, result } = model;
  if (!probe || !list || !result)
    return html`<h2 id="terms-title">${t('terms.title')}</h2><p class="hint">${t('terms.empty')}</p>`;
  const place = placeText(
    probe.map === 'output' ? result.maps.output.shape : result[probe.map].shape,
    probe.index,
  );
  if (probe.map === 'output') return outputSum(model, place, ctx);
  const cells = new Set(list.output).size;
  const value = formatAlone(result[probe.map].data[probe.index]);
  return html`<h2 id="terms-title">${t(`terms.of.${probe.map}`, { place })}</h2>
    <p>${tn(`terms.reach.${probe.map}`, cells, { value })}</p>
    ${cells ? html`<p class="sum">${shown(list).map((i) => html`<span class="term to-cell"><span class="to">${t('terms.to', { place: placeText(result.maps.output.shape, list.output[i]) })}</span> ${factors(model, i)} = ${formatAlone(list.product[i])}</span>`)}</p>` : html`<p class="hint">${t('terms.unread')}</p>`}
    ${more(list)}`;
}

/** @param {Model} model @param {string} place @param {import('./board.js').Context} ctx */
function outputSum(model, place, ctx) {
  const {
    probe,
    terms: list,
    result,
  } = /** @type {Required<Model> & { probe: any, terms: any, result: any }} */ (model);
  const channel = channelOf(result.maps.output.shape, probe.index);
  const bias = result.bias ? result.bias.data[channel] : null;
  const value = result.maps.output.data[probe.index];
  return html`<h2 id="terms-title">${t('terms.of.output', { place })}</h2>
    <p class="sum">
      ${shown(list).map((i, n) => html`${n ? html`<span class="plus"> + </span>` : nothing}<span class="term ${list.input[i] < 0 ? 'void' : ''}">${factors(model, i)}</span>`)}
      ${list.output.length > SHOWN ? html`<span class="plus"> + …</span>` : nothing}
      ${list.output.length === 0 && bias === null ? t('terms.none') : nothing}
      ${bias === null ? nothing : html`${list.output.length ? html`<span class="plus"> + </span>` : nothing}<span class="term"><b class="bias">${formatAlone(bias)}</b> ${t('terms.bias')}</span>`}
      <span class="plus"> = </span><b class="total">${formatAlone(value)}</b>
    </p>
    ${more(list)}
    ${list.input.some((/** @type {number} */ i) => i < 0) ? html`<p class="hint">${t('terms.void')}</p>` : nothing}
    <p class="copies">
      <button type="button" @click=${() => ctx.copy('text', sumAsText(model, '·'))}>${t(ctx.copied === 'text' ? 'app.copied' : 'terms.copyText')}</button>
      <button type="button" @click=${() => ctx.copy('latex', sumAsText(model, ' \\cdot '))}>${t(ctx.copied === 'latex' ? 'app.copied' : 'terms.copyLatex')}</button>
    </p>`;
}

/** The whole sum, every term of it. @param {Model} model @param {string} times the sign between the factors */
function sumAsText(model, times) {
  const { probe, terms: list, result } = /** @type {any} */ (model);
  const parts = Array.from(list.output, (_, i) => {
    const input = list.input[i] < 0 ? 0 : result.input.data[list.input[i]];
    return `${signed(input)}${times}${signed(result.weight.data[list.weight[i]])}`;
  });
  if (result.bias)
    parts.push(signed(result.bias.data[channelOf(result.maps.output.shape, probe.index)]));
  return `${parts.join(' + ') || '0'} = ${formatAlone(result.maps.output.data[probe.index])}`;
}

/** "input × weight" of term i. @param {Model} model @param {number} i */
function factors(model, i) {
  const { terms: list, result } = /** @type {any} */ (model);
  const input = list.input[i] < 0 ? 0 : result.input.data[list.input[i]];
  return html`<b class="in">${formatAlone(input)}</b>·<b class="k">${signed(result.weight.data[list.weight[i]])}</b>`;
}

/** @param {number} value */
const signed = (value) => (value < 0 ? `(${formatAlone(value)})` : formatAlone(value));

/** @param {{ output: Int32Array }} list */
const shown = (list) => Array.from({ length: Math.min(SHOWN, list.output.length) }, (_, i) => i);

/** @param {{ output: Int32Array }} list */
const more = (list) =>
  list.output.length > SHOWN
    ? html`<p class="hint">${t('terms.more', { shown: SHOWN, all: list.output.length })}</p>`
    : nothing;
