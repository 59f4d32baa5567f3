// Copying out: which tensor, or the layer with all its numbers; in which form; what it looks like; and
// buttons to copy and to save it.

import { html, nothing } from 'lit';
import { t } from '../i18n/index.js';
import {
  DTYPES,
  hasDtype,
  LAYER_FORMATS,
  PREVIEW_CELLS,
  TENSOR_FORMATS,
} from '../state/formats.js';
import { waitingFor } from './tool.js';

/**
 * @typedef {import('../model.js').Model} Model
 * @typedef {import('./board.js').ToolContext} Context
 * @typedef {import('../state/export/index.js').Exported} Exported
 * @typedef {{ name: string, label: string, tensor: import('../state/formats.js').Tensor }} Choice
 */

/** @param {Model} model @param {Context} ctx */
export function exporting(model, ctx) {
  const { result, state, stale } = model;
  const output = model.wholeOutput();
  if (!result || stale || !output)
    return html`<div class="card"><p class="hint">${t('panel.none')}</p></div>`;
  const { module } = ctx.tools.export;
  if (!module) return waitingFor(ctx, 'export');
  const choices = tensorsOf(result, output);
  const wholeLayer = state.copyOut.what === 'layer';
  // What was chosen may be a map of another method: then the output stands for it.
  const chosen = choices.find(({ name }) => name === state.copyOut.what) ?? choices[0];
  const formats = wholeLayer ? LAYER_FORMATS : TENSOR_FORMATS;
  const format = formats.find((f) => f === state.copyOut.format) ?? formats[0];
  const copyOut = { ...state.copyOut, what: wholeLayer ? 'layer' : chosen.name, format };
  const found =
    format === 'script' || format === 'onnx'
      ? module.exportLayer(format, state, output)
      : module.exportTensor(copyOut, chosen.tensor);
  const cells = wholeLayer
    ? output.data.length + state.input.data.length
    : chosen.tensor.data.length;
  return html`<div class="card export">
    ${selects(ctx, copyOut, choices, formats)}
    ${found ? exported(found, ctx, cells) : html`<p class="alert">${t('export.noOnnx', { mode: t(`paddingMode.${state.paddingMode}`) })}</p>`}
  </div>`;
}

/** @param {Context} ctx @param {import('../state/formats.js').CopyOut} copyOut @param {Choice[]} choices @param {readonly string[]} formats */
function selects(ctx, copyOut, choices, formats) {
  const set = (/** @type {'what'|'format'|'dtype'} */ key) => (/** @type {any} */ e) =>
    ctx.dispatch.setCopyOut({ [key]: e.target.value });
  const option = (
    /** @type {string} */ value,
    /** @type {string} */ label,
    /** @type {string} */ now,
  ) =>
    html`<option value=${value} ?selected=${value === now} .selected=${value === now}>${label}</option>`;
  return html`<div class="export-choices">
    <label for="export-what">${t('export.what')}</label> <select id="export-what" @change=${set('what')}>
      <optgroup label=${t('export.tensors')}>${choices.map(({ name, label }) => option(name, label, copyOut.what))}</optgroup>
      <optgroup label=${t('export.whole')}>${option('layer', t('export.layer'), copyOut.what)}</optgroup>
    </select>
    <label for="export-format">${t('export.format')}</label> <select id="export-format" @change=${set('format')}>${formats.map((f) => option(f, t(`format.${f}`), copyOut.format))}</select>
    ${hasDtype(copyOut.format) ? html`<label for="export-dtype">${t('export.dtype')}</label> <select id="export-dtype" @change=${set('dtype')}>${DTYPES.map((d) => option(d, d, copyOut.dtype))}</select>` : nothing}
    ${hasDtype(copyOut.format) && copyOut.dtype === 'float32' ? html`<p class="hint">${t('export.rounded')}</p>` : nothing}
  </div>`;
}

/** @param {Exported} found @param {Context} ctx @param {number} cells */
function exported(found, ctx, cells) {
  const copy = () => ctx.copy('export', String(found.content()));
  return html`${
    found.isText && cells > PREVIEW_CELLS
      ? html`<p class="hint">${t('export.large', { cells })}</p>`
      : html`<pre class="source" tabindex="0" role="region" aria-label=${t('export.preview')}>${found.preview()}</pre>`
  }
  <p class="copies">
    ${found.isText ? html`<button type="button" class="strong" @click=${copy}>${t(ctx.copied === 'export' ? 'app.copied' : 'export.copy')}</button>` : nothing}
    <button type="button" class=${found.isText ? '' : 'strong'} @click=${() => ctx.save(found.name, found.content(), found.type)}>${t('export.download', { name: found.name })}</button>
  </p>`;
}

/** Every tensor there is, the output first. @param {import('../model.js').Result} result @param {import('../state/formats.js').Tensor} output @returns {Choice[]} */
function tensorsOf(result, output) {
  const { input, weight, bias, maps, phases = [], geometry } = result;
  const matrix = geometry.transposed ? 'Cᵀ' : 'C';
  const named = (/** @type {string} */ name, /** @type {Choice['tensor']} */ tensor) => ({
    name,
    label: t(`map.${name}`, { name: matrix }),
    tensor,
  });
  return [
    named('output', output),
    named('input', input),
    named('weight', weight),
    ...(bias ? [named('bias', bias)] : []),
    ...Object.entries(maps)
      .filter(([name]) => name !== 'output')
      .map(([name, tensor]) => named(name, tensor)),
    ...phases.flatMap(({ offset, kernel, output: cells }) =>
      /** @type {const} */ ([
        ['phaseKernel', kernel],
        ['phaseOutput', cells],
      ]).map(([id, tensor]) => ({
        name: `${id}-${offset.join('-')}`,
        label: t(`map.${id}`, { place: `[${offset.join(', ')}]` }),
        tensor,
      })),
    ),
  ];
}
