// Which input channels feed which output channels, how the weight is laid out in memory, and how many
// parameters that takes.

import { html, svg } from 'lit';
import { t } from '../i18n/index.js';
import { channelOf, sizeOf } from '../state/tensors.js';

/** @param {import('../model.js').Model} model */
export function channels(model) {
  const { result, probe } = model;
  if (!result) return '';
  const { parameters, transposed } = result.geometry;
  const inputs = result.input.shape[1];
  const outputs = result.geometry.outputShape[1];
  const groups = result.request.groups;
  const kernel = result.weight.shape.slice(2);
  const perKernel = (inputs / groups) * sizeOf(kernel);
  const focus = focusOf(result, probe);
  const kind =
    groups === 1
      ? t('channels.dense', { inputs })
      : groups === inputs
        ? t('channels.depthwise', { multiplier: outputs / inputs })
        : t('channels.grouped', { groups, from: inputs / groups, to: outputs / groups });
  const layout = transposed
    ? t('channels.layoutTransposed', { shape: result.weight.shape.join(', ') })
    : t('channels.layout', { shape: result.weight.shape.join(', ') });
  return html`<div part="channels" class="card channels ${model.stale ? 'stale' : ''}">
    ${wiring(inputs, outputs, groups, focus)}
    <div>
      <h3>${t('channels.title')}</h3>
      <p>${kind}</p>
      <p>${layout}</p>
      <p>${t('channels.parameters', {
        perKernel,
        formula: [inputs / groups, ...kernel].join('·'),
        bias: result.bias ? 1 : 0,
        outputs,
        total: parameters.total,
      })}</p>
    </div>
  </div>`;
}

/** The channel that the selected cell lies in. @param {import('../model.js').Result} result @param {import('../state/store.js').Probe|null} probe */
function focusOf(result, probe) {
  if (!probe || probe.map === 'weight') return null;
  const shape = probe.map === 'output' ? result.geometry.outputShape : result.input.shape;
  return { map: probe.map, channel: channelOf(shape, probe.index) };
}

/**
 * @param {number} inputs @param {number} outputs @param {number} groups
 * @param {{ map: string, channel: number }|null} focus
 */
function wiring(inputs, outputs, groups, focus) {
  const gap = 26;
  const height = Math.max(inputs, outputs) * gap + 10;
  const y = (/** @type {number} */ n, /** @type {number} */ of) =>
    height / 2 + (n - (of - 1) / 2) * gap;
  const lines = [];
  for (let i = 0; i < inputs; i++)
    for (let o = 0; o < outputs; o++) {
      if (Math.floor(i / (inputs / groups)) !== Math.floor(o / (outputs / groups))) continue;
      const on = focus && (focus.map === 'output' ? focus.channel === o : focus.channel === i);
      lines.push(
        svg`<line class=${on ? 'on' : ''} x1="70" y1=${y(i, inputs)} x2="210" y2=${y(o, outputs)} />`,
      );
    }
  const dots = (/** @type {number} */ count, /** @type {number} */ x, /** @type {string} */ role) =>
    Array.from(
      { length: count },
      (_, n) =>
        svg`<circle class=${role} cx=${x} cy=${y(n, count)} r="8" /><text x=${x < 100 ? x - 14 : x + 14} y=${y(n, count) + 4} text-anchor=${x < 100 ? 'end' : 'start'}>${n}</text>`,
    );
  return html`<svg class="wiring" viewBox="0 0 280 ${height}" width="280" height=${height} role="img" aria-label=${t('channels.picture', { inputs, outputs, groups })}>
    ${lines}${dots(inputs, 70, 'input')}${dots(outputs, 210, 'output')}
  </svg>`;
}
