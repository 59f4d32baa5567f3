// The way from input to output, map by map, for the chosen method.

import { html, nothing } from 'lit';
import { commaList, phrases, sentences, t, tn } from '../i18n/index.js';
import { methodsOf } from '../state/schema.js';
import { sizeOf } from '../state/tensors.js';
import { formatAlone, formatSize, placeText } from './format.js';
import { mapGrids } from './maps.js';
import { matrixSteps } from './matrix.js';
import { specOf } from './method-maps.js';
import { phaseSteps } from './phases.js';
import { stepper } from './stepper.js';

/**
 * @typedef {import('../model.js').Model} Model
 * @typedef {import('../model.js').Result} Result
 * @typedef {import('../model.js').AxisTerms} AxisTerms
 * @typedef {import('../state/store.js').Dispatch} Dispatch
 * @typedef {{ title: string, text: string, products?: boolean, body?: unknown, map?: ReturnType<typeof specOf> }} Step
 */

/**
 * @param {Model} model @param {Dispatch} dispatch
 * @param {{ fixed?: boolean }} [options] `fixed`: the method is not for the reader to choose
 */
export function steps(model, dispatch, { fixed = false } = {}) {
  const { state, result } = model;
  return html`<section class="steps" part="steps" aria-labelledby="steps-title">
    <div class="section-head">
      <h2 id="steps-title">${t('steps.title')}</h2>
      ${fixed ? nothing : methods(state, dispatch)}
    </div>
    ${model.methodError ? html`<p class="alert" role="alert">${model.methodError}</p>` : nothing}
    ${fixed ? nothing : agreementBadge(model)} ${stepper(model, dispatch)}
    ${
      result
        ? html`<ol class="step-list ${model.stale ? 'stale' : ''}">
            ${stepsOf(model, result, dispatch).map(
              (step, i) => html`<li class="card step">
                <header><span class="step-number" aria-hidden="true">${i + 1}</span><h3>${step.title}</h3>
                  ${step.map ? html`<span class="size">${formatSize(result.maps[step.map.name].shape.slice(2))}</span>` : nothing}</header>
                <p>${step.text}</p>
                ${step.map ? mapGrids(model, dispatch, { ...step.map, tensor: result.maps[step.map.name] }) : nothing}
                ${step.body ?? nothing}
                ${step.products ? products(model, dispatch) : nothing}
              </li>`,
            )}
          </ol>`
        : nothing
    }
  </section>`;
}

/** @param {Model['state']} state @param {Dispatch} dispatch */
const methods = (state, dispatch) =>
  html`<div class="segments" role="group" aria-label=${t('steps.method')}>
    ${methodsOf(state.op).map(
      (m) =>
        html`<button type="button" aria-pressed=${String(m === state.method)} @click=${() => dispatch.setOption({ method: m })}>${t(`method.${m}`)}</button>`,
    )}
  </div>`;

/** What the engine found when it compared every method's output with every other. @param {Model} model */
const agreementBadge = ({ agreement }) =>
  agreement
    ? html`<p class="agreement">${t(agreement.largest === 0 ? 'agreement.equal' : 'agreement.close', { methods: commaList(agreement.methods.map((m) => t(`method.${m.method}`))), largest: formatAlone(agreement.largest) })}</p>`
    : nothing;

/** The window of the selected output cell, multiplied cell by cell. @param {Model} model @param {Dispatch} dispatch */
function products(model, dispatch) {
  const { probe, terms, result } = model;
  if (probe?.map !== 'output' || !terms || !result)
    return html`<p class="hint">${t('step.products.none')}</p>`;
  const [, inner, ...kernel] = (result.maps.flippedWeight ?? result.weight).shape;
  if (terms.product.length !== sizeOf([inner, ...kernel])) return nothing;
  const sum = formatAlone(result.maps.output.data[probe.index]);
  const place = placeText(result.maps.output.shape, probe.index);
  const tensor = { shape: [1, inner, ...kernel], data: terms.product };
  return html`${mapGrids(model, dispatch, { name: 'products', label: t('map.products'), kind: 'canvas', probeMap: null, tensor })}
    <p class="hint">${t(result.bias ? 'step.products.sumBias' : 'step.products.sum', { place, sum })}</p>`;
}

/** @param {Model} model @param {Result} result @param {Dispatch} dispatch @returns {Step[]} */
function stepsOf(model, result, dispatch) {
  const { axes, transposed } = result.geometry;
  if (result.method === 'matrix') return matrixSteps(model, dispatch);
  if (result.method === 'phases') return phaseSteps(model, dispatch);
  if (result.method === 'zero-insertion') return zeroInsertion(axes);
  if (result.method === 'scatter') return transposed ? scatterTransposed(axes) : scatter(axes);
  return transposed ? gather(axes) : direct(result, axes);
}

/** One number where the axes agree, else "1 (height) and 0 (width)". @param {AxisTerms[]} axes @param {(a: AxisTerms) => number} term */
const each = (axes, term) =>
  axes.every((a) => term(a) === term(axes[0]))
    ? String(term(axes[0]))
    : axes.map((a) => t('ofAxis', { n: term(a), axis: t(`axis.${a.name}`) })).join(t('and'));

/** @param {Result} result @param {AxisTerms[]} axes @returns {Step[]} */
function direct(result, axes) {
  const padded = axes.some((a) => a.paddingBegin || a.paddingEnd);
  const mode = result.request.paddingMode;
  return [
    {
      title: t('step.pad.title'),
      text: padded ? sentences(edgesText(axes), t(`step.pad.${mode}`)) : t('step.pad.none'),
      map: specOf('paddedInput'),
    },
    {
      title: t('step.slide.title'),
      products: true,
      text: sentences(
        t('step.slide.text', { stride: each(axes, (a) => a.stride) }),
        dilationText(axes),
        ...remainders(axes),
      ),
    },
  ];
}

/** @param {AxisTerms[]} axes @returns {Step[]} */
function zeroInsertion(axes) {
  const gaps = axes.map((a) => a.stride - 1);
  const dilated = axes.some((a) => a.dilation > 1);
  const cropped = axes.some((a) => a.borderBegin < 0 || a.borderEnd < 0);
  const extra = axes.some((a) => a.outputPadding > 0);
  return [
    {
      title: t('step.insert.title'),
      text: gaps.every((g) => g === 0)
        ? t('step.insert.none')
        : tn('step.insert', Math.max(...gaps), {
            stride: each(axes, (a) => a.stride),
            zeros: each(axes, (a) => a.stride - 1),
          }),
      map: specOf('zeroInserted'),
    },
    {
      title: t('step.border.title'),
      text: sentences(
        t(dilated ? 'step.border.dilated' : 'step.border.text', {
          border: each(axes, (a) => a.borderBegin),
          k: each(axes, (a) => a.kernel),
          d: each(axes, (a) => a.dilation),
          p: each(axes, (a) => a.paddingBegin),
        }),
        cropped ? t('step.border.negative') : '',
        extra ? tn('step.border.extra', Math.max(...axes.map((a) => a.outputPadding))) : '',
      ),
      map: specOf('paddedInput'),
    },
    {
      title: t('step.flip.title'),
      text: t('step.flip.text'),
      map: specOf('flippedWeight'),
    },
    {
      title: t('step.slideOne.title'),
      products: true,
      text: sentences(t('step.slideOne.text'), dilationText(axes)),
    },
  ];
}

/** @param {AxisTerms[]} axes @returns {Step[]} */
function scatterTransposed(axes) {
  const crop = axes.some((a) => a.paddingBegin || a.paddingEnd);
  const extra = Math.max(...axes.map((a) => a.outputPadding));
  return [
    {
      title: t('step.stamp.title'),
      text: sentences(
        t('step.stamp.text', { stride: each(axes, (a) => a.stride) }),
        dilationText(axes),
      ),
      map: specOf('uncropped'),
    },
    {
      title: t('step.crop.title'),
      text: sentences(
        crop ? t('step.crop.text', { p: each(axes, (a) => a.paddingBegin) }) : t('step.crop.none'),
        extra ? tn('step.crop.extra', extra) : '',
      ),
    },
  ];
}

/** @param {AxisTerms[]} axes @returns {Step[]} */
const scatter = (axes) => [
  { title: t('step.spread.title'), text: sentences(t('step.spread.text'), ...remainders(axes)) },
];

/** @param {AxisTerms[]} axes @returns {Step[]} */
const gather = (axes) => [
  {
    title: t('step.gather.title'),
    text: t('step.gather.text', { stride: each(axes, (a) => a.stride) }),
  },
];

/** @param {AxisTerms[]} axes */
const dilationText = (axes) =>
  axes.some((a) => a.dilation > 1)
    ? t('step.dilation', {
        d: each(axes, (a) => a.dilation),
        span: each(axes, (a) => a.effectiveKernel),
      })
    : '';

/** @param {AxisTerms[]} axes */
function edgesText(axes) {
  if (axes.every((a) => a.paddingBegin === a.paddingEnd))
    return t('step.pad.text', { p: each(axes, (a) => a.paddingBegin) });
  return t('step.pad.edges', {
    list: axes
      .map((a) =>
        phrases([
          `${t(`edge.${a.name}.begin`)} ${a.paddingBegin}`,
          `${t(`edge.${a.name}.end`)} ${a.paddingEnd}`,
        ]),
      )
      .join(t('semicolon')),
  });
}

/** What the floor in the size formula leaves unread, in words, axis by axis. @param {AxisTerms[]} axes @returns {string[]} */
export const remainders = (axes) =>
  axes.filter((a) => a.remainder > 0).map((a) => tn(`remainder.${a.name}`, a.remainder));
