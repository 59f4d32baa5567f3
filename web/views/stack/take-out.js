// The stack as something to take away: PyTorch source, an ONNX file, tables.

import { html, nothing } from 'lit';
import { t } from '../../i18n/index.js';
import { refusalText } from '../../i18n/refusal.js';
import { STACK_FORMATS } from '../../state/stack/formats.js';
import { waiting } from '../waiting.js';

/**
 * @typedef {import('../../state/export/stack/index.js').StackExport} StackExport
 * @typedef {StackExport | { refusal: import('../../i18n/refusal.js').Sentence } | { wait: import('../waiting.js').Wait } | 'loading' |
 *   'failed'} TakenOut
 * @typedef {import('../waiting.js').WaitContext & { dispatch: import('../../state/stack/store.js').StackDispatch, takenOut: () => TakenOut, copied: boolean,
 *   copy: (text: string) => void, save: (name: string, content: string|Uint8Array, type: string) => void }} Context
 */

/** @param {import('../../stack/model.js').StackModel} model @param {Context} ctx */
export function takeOutPanel({ state, result, problem }, ctx) {
  const works = result && !problem && result.layers.length > 0;
  return html`<div class="segments" role="group" aria-label=${t('export.format')}>
      ${STACK_FORMATS.map((format) => html`<button type="button" aria-pressed=${String(format === state.format)} @click=${() => ctx.dispatch.setFormat(format)}>${t(`stack.format.${format}`)}</button>`)}
    </div>
    <p class="hint">${t(`stack.format.${state.format}.hint`)}</p>
    ${works ? content(ctx.takenOut(), ctx) : html`<p class="alert" role="alert">${t('stack.exportFails')}</p>`}`;
}

/** @param {TakenOut} found @param {Context} ctx */
function content(found, ctx) {
  const { copied, copy, save } = ctx;
  if (found === 'loading') return html`<p class="hint" role="status">${t('tool.loading')}</p>`;
  if (found === 'failed') return html`<p class="alert" role="alert">${t('app.stackFailed')}</p>`;
  if ('wait' in found) return waiting('export', found.wait, t('wait.export'), ctx);
  if ('refusal' in found)
    return html`<p class="alert" role="alert">${refusalText(found.refusal)}</p>`;
  if ('problem' in found) {
    const text =
      'op' in found
        ? t('stack.export.layer', { n: found.layer, op: found.op })
        : t(`stack.export.${found.problem}`);
    return html`<p class="alert" role="alert">${text}</p>`;
  }
  const { name, type, text } = found;
  return html`${text === null ? nothing : html`<textarea class="stack-code" readonly rows="14" spellcheck="false" aria-label=${t('export.preview')} .value=${text}></textarea>`}
    <p class="copies">${text === null ? nothing : html`<button type="button" class="strong" @click=${() => copy(text)}>${t(copied ? 'share.copied' : 'export.copy')}</button>`}
      <button type="button" class=${text === null ? 'strong' : ''} @click=${() => save(name, found.content(), type)}>${t('export.download', { name })}</button></p>`;
}
