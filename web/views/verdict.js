// Match or not: the numbers that tell, where they differ, and what explains it.

import { html, nothing } from 'lit';
import { findingText } from '../i18n/finding.js';
import { sentences, t, tn } from '../i18n/index.js';
import { formatAlone } from './format.js';
import { mapGrids } from './maps.js';

/**
 * @typedef {import('../model.js').Model} Model
 * @typedef {import('../verdict.js').Comparison} Comparison
 */

/** @param {ArrayLike<number>} shape */
const size = (shape) => `[${Array.from(shape).join(', ')}]`;

/** One sentence that begins with the verdict. @param {Model} model */
export function verdictText(model) {
  const { compared } = model;
  const { items, parts } = model.state.paste;
  if (!compared?.verdict) {
    const waits = items.length > 0 && parts.some((p) => p.role === 'ask');
    return waits ? t('verdict.ask') : '';
  }
  const { kind, comparisons } = compared.verdict;
  const worst = /** @type {Comparison} */ (comparisons.find((c) => c.verdict === kind));
  if (worst.shape) {
    return t(kind === 'match' ? 'verdict.shapeMatch' : 'verdict.shapeDiffers', {
      expected: size(worst.shape),
      actual: size(compared.output.shape),
    });
  }
  const { result } = worst;
  if (kind === 'cannot_compare') return t('verdict.cannot', { reason: findingText(result.reason) });
  if (kind === 'differs') {
    return t('verdict.differs', {
      differing: result.differing,
      compared: result.compared,
      most: formatAlone(result.maxAbs),
    });
  }
  const all = comparisons.reduce((sum, c) => sum + (c.result?.compared ?? 0), 0);
  return tn(comparisons.length > 1 ? 'verdict.matchAll' : 'verdict.match', all, {
    outputs: comparisons.length,
  });
}

/** @param {Model} model @param {import('./paste.js').Context} ctx */
export function verdict(model, ctx) {
  const found = model.compared?.verdict;
  if (!found) return nothing;
  return html`${found.kind === 'match' ? nothing : causes(model, ctx)}
    ${found.comparisons.map((c) => (c.result ? numbers(model, ctx, c) : nothing))} ${tolerances(model, ctx)}`;
}

/** @param {Model} model @param {import('./paste.js').Context} ctx @param {Comparison} comparison */
function numbers(model, ctx, { result, verdict: kind, n }) {
  if (kind === 'cannot_compare') return nothing;
  const facts = [
    t(`verdict.tolerance.${result.tolerance.decimals ? result.tolerance.kind : 'given'}`, {
      decimals: result.tolerance.decimals ?? 0,
      rtol: Number(result.tolerance.rtol.toPrecision(2)),
      atol: Number(result.tolerance.atol.toPrecision(2)),
    }),
    result.hidden ? tn('verdict.hidden', result.hidden) : '',
    result.reshaped ? t('verdict.reshaped') : '',
    model.compared?.slack ? t('verdict.slack') : '',
  ].filter(Boolean);
  return html`<div class="evidence">
    <dl class="figures">
      ${figure('maxAbs', result.maxAbs)} ${figure('meanAbs', result.meanAbs)} ${figure('maxRelative', result.maxRelative)}
    </dl>
    <p class="hint">${sentences(...facts)}</p>
    ${kind === 'differs' ? differences(model, ctx, result, n) : nothing}
  </div>`;
}

/** @param {string} name @param {number} value */
const figure = (name, value) =>
  html`<div><dt>${t(`verdict.${name}`)}</dt><dd>${formatAlone(value)}</dd></div>`;

/** @param {Model} model @param {import('./paste.js').Context} ctx @param {any} result @param {number} n */
function differences(model, ctx, result, n) {
  const { shape, data } = result.difference;
  const batched = [...Array(Math.max(0, 3 - shape.length)).fill(1), ...shape];
  const rank = Number(model.state.op.at(-2)) + 2;
  const full =
    batched.length < rank ? [...Array(rank - batched.length).fill(1), ...batched] : batched;
  return html`<div class="differences">
    <div>
      <h3>${t('verdict.difference')}</h3>
      ${mapGrids(model, ctx.dispatch, { name: `difference-${n}`, kind: 'output', label: t('verdict.difference'), tensor: { shape: full, data }, probeMap: null, shade: true })}
    </div>
    <table class="sizes">
      <caption>${t('verdict.worst')}</caption>
      <thead><tr><th scope="col">${t('verdict.at')}</th><th scope="col">${t('verdict.here')}</th><th scope="col">${t('verdict.pasted')}</th><th scope="col">Δ</th></tr></thead>
      <tbody>${result.worst.map((/** @type {any} */ w) => html`<tr><th scope="row">${size(w.index)}</th><td>${formatAlone(w.actual)}</td><td>${formatAlone(w.expected)}</td><td>${formatAlone(w.difference)}</td></tr>`)}</tbody>
    </table>
  </div>`;
}

/** @param {Model} model @param {import('./paste.js').Context} ctx */
function tolerances({ state }, ctx) {
  const field = (/** @type {'rtol'|'atol'} */ key) => html`<label>${key}
    <input type="text" inputmode="decimal" autocomplete="off" maxlength="12" placeholder=${t('verdict.auto')} .value=${state.paste[key]}
      @input=${(/** @type {any} */ e) => ctx.dispatch.setTolerance(key, e.target.value)} /></label>`;
  return html`<details class="tolerance"><summary>${t('verdict.tolerance')}</summary>
    <p>${t('verdict.toleranceText')}</p><p class="tolerance-fields">${field('rtol')} ${field('atol')}</p></details>`;
}

/** Why, as far as the engine has found out. @param {Model} model @param {import('./paste.js').Context} ctx */
function causes(model, ctx) {
  const { diagnosis } = ctx;
  if (!diagnosis) return nothing;
  const { list, nearest, summary, tried, total, running } = diagnosis;
  return html`<div class="causes" aria-live="polite">
    <h3>${t('cause.title')}</h3>
    ${list.length ? html`<ol>${list.map((cause) => html`<li>${one(model, cause, ctx)}</li>`)}</ol>` : nothing}
    ${running ? html`<p class="hint"><progress max=${total ?? 1} value=${tried}></progress> ${total === null ? t('cause.searching', { percent: Math.round(100 * tried) }) : t('cause.running', { tried, total })} <button type="button" @click=${ctx.paste.cancel}>${t('cause.cancel')}</button></p>` : nothing}
    ${!running && !list.length ? html`<p>${findingText(summary)}</p>` : nothing}
    ${!running && nearest ? html`<p class="hint">${t('cause.nearest')}</p><div>${one(model, nearest, ctx)}</div>` : nothing}
  </div>`;
}

/** @param {Model} model @param {any} cause @param {import('./paste.js').Context} ctx */
function one(model, cause, ctx) {
  const { sentence, before, after, compared, tied, changes } = cause;
  const values = { before: before === null ? '' : formatAlone(before), compared };
  const proof =
    after === null
      ? t('cause.shapeOnly')
      : t(before === null ? 'cause.proofNew' : 'cause.proof', {
          ...values,
          after: formatAlone(after),
        });
  return html`<p>${findingText(sentence)} <span class="proof">${proof} ${tied ? t('cause.tied') : ''}</span></p>
    ${changes ? html`<button type="button" class="strong" @click=${() => ctx.paste.apply(model.compared?.request, changes)}>${t('cause.apply')}</button>` : html`<span class="hint">${t('cause.noRequest')}</span>`}`;
}
