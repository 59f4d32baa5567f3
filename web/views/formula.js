// The output-size formula, axis by axis: with letters, with the user's numbers, and its result.
// Numbers come from the engine's geometry; nothing is derived here but the layout.

import { html, mathml } from 'lit';
import { t } from '../i18n/index.js';
import { remainders } from './steps.js';

/** @typedef {import('../model.js').AxisTerms} AxisTerms */

const LETTER = /** @type {Record<string, string>} */ ({
  length: 'L',
  depth: 'D',
  height: 'H',
  width: 'W',
});

/** @param {import('../model.js').Model} model */
export function formula(model) {
  const { result } = model;
  if (!result) return '';
  const { axes, transposed } = result.geometry;
  return html`<section part="formula" class="card formula ${model.stale ? 'stale' : ''}" aria-labelledby="formula-title">
    <h3 id="formula-title">${t('formula.title')}</h3>
    <div class="equations" role="group" aria-labelledby="formula-title" tabindex="0">${axes.map((a) => (transposed ? transposedSize(a) : convSize(a)))}</div>
    ${transposed ? outputPaddingNote(axes) : remainders(axes).map((text) => html`<p class="remark">${text}</p>`)}
    ${sizesNote(model.sizes, axes, transposed)} ${derivation(axes, transposed)}
    <dl class="letters">${['H', 'k', 's', 'p', 'd', ...(transposed ? ['op'] : [])].map((l) => html`<div><dt>${l}</dt><dd>${t(`letter.${l}`)}</dd></div>`)}</dl>
  </section>`;
}

/**
 * Which sizes fall together: several inputs of a convolution give one output, and output padding says which
 * of them a transposed convolution is to give back.
 * @param {any[]|null} sizes @param {AxisTerms[]} axes @param {boolean} transposed
 */
function sizesNote(sizes, axes, transposed) {
  if (!sizes) return '';
  if (!transposed) {
    return sizes.map(
      (s, i) =>
        html`<p>${t(s.first === s.last ? 'sizes.one' : 'sizes.range', { axis: t(`axis.${axes[i].name}`), first: s.first, last: s.last, output: s.output })}</p>`,
    );
  }
  return html`<table class="sizes"><caption>${t('sizes.caption')}</caption>
    <thead><tr><th>${t('sizes.axis')}</th><th>${t('field.outputPadding')}</th><th>${t('sizes.output')}</th><th>${t('sizes.back')}</th></tr></thead>
    <tbody>${sizes.map((s, i) =>
      s.choices
        .slice(0, 8)
        .map(
          (/** @type {any} */ c) =>
            html`<tr class=${c.outputPadding === axes[i].outputPadding ? 'now' : ''}><td>${t(`axis.${axes[i].name}`)}</td><td>${c.outputPadding}</td><td>${c.output}</td><td>${c.back ?? '–'}</td></tr>`,
        ),
    )}</tbody></table>`;
}

/** Why the formula is what it is, line by line with the numbers of each axis. @param {AxisTerms[]} axes @param {boolean} transposed */
const derivation = (axes, transposed) => html`<details class="derivation">
  <summary>${t('derive.title')}</summary>
  ${axes.map((a) => {
    const axis = t(`axis.${a.name}`);
    const values = {
      ...a,
      axis,
      H: LETTER[a.name],
      gaps: a.stride - 1,
      begin: a.borderBegin,
      end: a.borderEnd - a.outputPadding,
      slots: a.input - 1,
    };
    const lines = transposed
      ? ['ordinary', 'map', 'padding', 'put', 'simplify', 'back']
      : ['padded', 'window', 'moves', 'count'];
    return html`<h4>${t('derive.axis', { axis })}</h4>
      <ol>${lines.map((line) => html`<li>${t(`derive.${transposed ? 'transposed' : 'conv'}.${line}`, values)}</li>`)}</ol>`;
  })}
</details>`;

/** @param {AxisTerms[]} axes */
const outputPaddingNote = (axes) =>
  axes.some((a) => a.outputPadding > 0)
    ? html`<p class="remark">${t('formula.outputPadding')}</p>`
    : '';

const mi = (/** @type {string} */ letter, role = '') => mathml`<mi class=${role}>${letter}</mi>`;
const mn = (/** @type {number} */ n, role = '') => mathml`<mn class=${role}>${n}</mn>`;
const mo = (/** @type {string} */ sign) => mathml`<mo stretchy="false">${sign}</mo>`;
const size = (/** @type {AxisTerms} */ a, /** @type {string} */ where, role = '') =>
  mathml`<msub class=${role}><mi>${LETTER[a.name]}</mi><mtext>${where}</mtext></msub>`;

/** Padding of both sides: 2p where they agree, else one after the other. @param {AxisTerms} a */
const paddingLetters = (a, sign = '+') =>
  a.paddingBegin === a.paddingEnd
    ? mathml`${mn(2)}${mi('p')}`
    : mathml`${mi('p')}${mo(sign)}<msup><mi>p</mi><mo>′</mo></msup>`;
/** @param {AxisTerms} a */
const paddingNumbers = (a, sign = '+') =>
  a.paddingBegin === a.paddingEnd
    ? mathml`${mn(2)}${mo('·')}${mn(a.paddingBegin)}`
    : mathml`${mn(a.paddingBegin)}${mo(sign)}${mn(a.paddingEnd)}`;

const minus1 = (/** @type {unknown} */ term) =>
  mathml`${mo('(')}${term}${mo('−')}${mn(1)}${mo(')')}`;
const floor = (/** @type {unknown} */ top, /** @type {unknown} */ bottom) =>
  mathml`<mrow><mo>⌊</mo><mfrac><mrow>${top}</mrow><mrow>${bottom}</mrow></mfrac><mo>⌋</mo></mrow>${mo('+')}${mn(1)}`;

/** Equal expressions below each other. @param {string} spoken @param {unknown} left @param {unknown[]} right */
const chain = (
  spoken,
  left,
  right,
) => html`<math display="block" aria-label=${spoken}><mtable displaystyle="true">
  ${right.map((expression, i) => mathml`<mtr><mtd>${i ? '' : left}</mtd><mtd>${mo('=')}</mtd><mtd>${expression}</mtd></mtr>`)}
</mtable></math>`;

/** @param {AxisTerms} a */
function convSize(a) {
  const letters = mathml`${size(a, 'in', 'input')}${mo('+')}${paddingLetters(a)}${mo('−')}${mi('d')}${minus1(mi('k', 'kernel'))}${mo('−')}${mn(1)}`;
  const numbers = mathml`${mn(a.input, 'input')}${mo('+')}${paddingNumbers(a)}${mo('−')}${mn(a.dilation)}${mo('·')}${minus1(mn(a.kernel, 'kernel'))}${mo('−')}${mn(1)}`;
  return chain(
    t('formula.convSpoken', { axis: t(`axis.${a.name}`), output: a.output }),
    size(a, 'out', 'output'),
    [
      floor(letters, mi('s')),
      floor(numbers, mn(a.stride)),
      floor(mn(a.span), mn(a.stride)),
      mn(a.output, 'output result'),
    ],
  );
}

/** @param {AxisTerms} a */
function transposedSize(a) {
  const letters = mathml`${minus1(size(a, 'in', 'input'))}${mo('·')}${mi('s')}${mo('−')}${paddingLetters(a, '−')}${mo('+')}${mi('d')}${mo('·')}${minus1(mi('k', 'kernel'))}${mo('+')}${mi('op')}${mo('+')}${mn(1)}`;
  const numbers = mathml`${minus1(mn(a.input, 'input'))}${mo('·')}${mn(a.stride)}${mo('−')}${paddingNumbers(a, '−')}${mo('+')}${mn(a.dilation)}${mo('·')}${minus1(mn(a.kernel, 'kernel'))}${mo('+')}${mn(a.outputPadding)}${mo('+')}${mn(1)}`;
  return chain(
    t('formula.transposedSpoken', { axis: t(`axis.${a.name}`), output: a.output }),
    size(a, 'out', 'output'),
    [letters, numbers, mn(a.output, 'output result')],
  );
}
