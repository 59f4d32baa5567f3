// The gradients of input, weight and bias for a gradient of the output that one may edit, and what they
// say: the gradient of one operation is the other.

import { html } from 'lit';
import { t } from '../i18n/index.js';
import { formatAlone } from './format.js';
import { mapGrids } from './maps.js';
import { waiting } from './waiting.js';

/** @param {import('../model.js').Model} model @param {import('./board.js').Context & import('./waiting.js').WaitContext} ctx */
export function gradients(model, ctx) {
  const { gradients: found, result, state } = model;
  const wait = model.waits.gradients;
  if (wait)
    return html`<div class="card">${waiting('gradients', wait, t('wait.gradients'), ctx)}</div>`;
  if (!found || !result)
    return html`<div class="card"><p class="hint">${t('gradient.none')}</p></div>`;
  const { shape } = found.output;
  const write = (/** @type {[number, number][]} */ updates) =>
    ctx.dispatch.setGradient(shape, updates);
  const map = (
    /** @type {string} */ name,
    /** @type {'input'|'kernel'|'output'} */ kind,
    /** @type {any} */ tensor,
    /** @type {any} */ edit = undefined,
  ) => html`<div>
    <h3 class=${kind}>${t(`gradient.${name}`)}</h3>
    ${mapGrids(model, ctx.dispatch, { name: `gradient-${name}`, kind, label: t(`gradient.${name}`), tensor, probeMap: null, edit })}
  </div>`;
  const edit = {
    type: (/** @type {number} */ index, /** @type {string} */ text) => {
      const value = Number(text.replace('−', '-'));
      if (Number.isFinite(value)) write([[index, value]]);
    },
    clear: (/** @type {number[]} */ indices) =>
      write(indices.map((i) => /** @type {[number, number]} */ ([i, 0]))),
  };
  const other = t(
    `op.${result.geometry.transposed ? state.op.replace('conv_transpose', 'conv') : state.op.replace('conv', 'conv_transpose')}`,
  );
  return html`<div part="gradients" class="card gradients ${model.stale ? 'stale' : ''}">
    <p>${t('gradient.text', { op: t(`op.${state.op}`), other })}</p>
    <div class="gradient-maps">
      ${map('output', 'output', found.output, ctx.readonly ? undefined : edit)} ${map('input', 'input', found.input)} ${map('weight', 'kernel', found.weight)}
      ${found.bias ? map('bias', 'kernel', { ...found.bias, shape: [1, 1, 1, found.bias.data.length] }) : ''}
    </div>
    <p class="remark">${t('gradient.adjoint', { left: formatAlone(found.left), right: formatAlone(found.right) })}</p>
  </div>`;
}
