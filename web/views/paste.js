// Where one pastes: the text, what was found in it, what each part is, and the verdict.

import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { commaList, sentences, t, tn } from '../i18n/index.js';
import { problemText } from '../i18n/problem.js';
import { refusalText } from '../i18n/refusal.js';
import { ROLES, shownShape } from '../state/paste/roles.js';
import { SAMPLES } from '../state/paste/samples.js';
import { verdict, verdictText } from './verdict.js';
import { waiting } from './waiting.js';

/**
 * @typedef {import('../model.js').Model} Model
 * @typedef {{ text: (text: string, now?: boolean) => void, file: (file: File) => void,
 *   role: (n: number, role: import('../state/paste/roles.js').Role) => void,
 *   layout: (n: number, channelsLast: boolean) => void, apply: (request: any, changes: any) => void,
 *   comma: (decimalComma: boolean) => void, cancel: () => void }} PasteContext
 * @typedef {import('./board.js').Context & import('./waiting.js').WaitContext & { paste: PasteContext, diagnosis: import('../diagnosis.js').Findings|null }} Context
 */

/** Files that hold tensors or text. */
const FILES = '.npy,.npz,.json,.csv,.tsv,.txt,.py,.log,.md,.safetensors';

/** @param {Model} model @param {Context} ctx */
export function paste(model, ctx) {
  const { paste: state } = model.state;
  const filled = state.text.trim() !== '' || state.file !== null;
  return html`<section class="card paste ${filled ? 'filled' : ''}" aria-labelledby="paste-title"
    @dragover=${(/** @type {Event} */ e) => e.preventDefault()}
    @drop=${(/** @type {DragEvent} */ e) => onDrop(e, ctx)}>
    <header>
      <h2 id="paste-title">${t('paste.title')}</h2>
      <span class="paste-hint">${t('paste.hint')}</span>
    </header>
    <textarea class="paste-text" aria-label=${t('paste.label')} rows="2" spellcheck="false" autocomplete="off" autocapitalize="off"
      placeholder=${t('paste.placeholder')} .value=${live(state.text)}
      @input=${(/** @type {any} */ e) => ctx.paste.text(e.target.value, e.inputType === 'insertFromPaste')}></textarea>
    <p class="paste-actions">
      <label class="file-button">${t('paste.file')}<input type="file" accept=${FILES} @change=${(
        /** @type {any} */ e,
      ) => {
        if (e.target.files[0]) ctx.paste.file(e.target.files[0]);
        e.target.value = '';
      }} /></label>
      ${filled ? html`<button type="button" @click=${() => ctx.paste.text('', true)}>${t('paste.clear')}</button>` : nothing}
      <span class="paste-samples">${t('paste.try')} ${SAMPLES.map((sample) => html`<button type="button" class="link" @click=${() => ctx.paste.text(sample.text, true)}>${t(`paste.sample.${sample.id}`)}</button>`)}</span>
    </p>
    ${state.file ? html`<p class="paste-file">${t('paste.fromFile', { name: state.file })}</p>` : nothing}
    ${found(model, ctx)}
    <p class="verdict ${model.compared?.verdict?.kind ?? ''}" role="status">${verdictText(model)}</p>
    ${comparing(model, ctx)}
    ${problems(model, ctx)}
    ${verdict(model, ctx)}
  </section>`;
}

/** The output that is to be compared, where it takes long. @param {Model} model @param {Context} ctx */
function comparing({ waits, state }, ctx) {
  const name = /** @type {const} */ (['beyond', 'whole', 'slack']).find((each) => waits[each]);
  const wait = name && waits[name];
  return wait && state.paste.items.length ? waiting(name, wait, t('wait.compare'), ctx) : nothing;
}

/** @param {DragEvent} e @param {Context} ctx */
function onDrop(e, ctx) {
  const file = e.dataTransfer?.files[0];
  const text = e.dataTransfer?.getData('text/plain');
  if (!file && !text) return;
  e.preventDefault();
  if (file) ctx.paste.file(file);
  else if (text) ctx.paste.text(text, true);
}

/** What the paste holds, each part with what it is taken for. @param {Model} model @param {Context} ctx */
function found(model, ctx) {
  const { items, parts, explained } = model.state.paste;
  if (!items.length) return nothing;
  return html`<div class="found">
    <p>${t('paste.found', { list: commaList(items.slice(0, 12).map(nameOf)) + (items.length > 12 ? ' …' : '') })}</p>
    <ul>${items.map((item, n) => (item.kind === 'error' ? html`<li class="part error">${errorText(item, explained[n])}</li>` : html`<li class="part ${parts[n].role}">${part(item, n, parts[n], ctx)}</li>`))}</ul>
  </div>`;
}

/** PyTorch's words and the reason. @param {any} item @param {import('../i18n/refusal.js').Refusal|null} reason */
const errorText = (item, reason) =>
  html`<div><p class="error-text">${item.type ? `${item.type}: ` : ''}${item.text}</p>
    <p>${reason ? refusalText(reason) : t('paste.errorUnknown')}</p></div>`;

/** "an input 1×1×2×2" @param {any} item */
function nameOf(item) {
  if (item.kind === 'layer') return t('paste.item.layer', { op: t(`op.${item.op}`) });
  if (item.kind === 'error') return t('paste.item.error');
  const shape = item.kind === 'shape' ? item.shape : shownShape(item);
  const size = shape.length ? shape.join('×') : t('paste.item.scalar');
  return item.name
    ? t(`paste.item.${item.kind}Named`, { name: item.name, size })
    : t(`paste.item.${item.kind}`, { size });
}

/** @param {any} item @param {number} n @param {import('../state/paste/roles.js').Part} part @param {Context} ctx */
function part(item, n, part, ctx) {
  const label = t('paste.roleOf', { item: nameOf(item) });
  const kinds = ROLES[/** @type {keyof typeof ROLES} */ (item.kind)];
  const roles = part.role === 'ask' ? ['ask', ...kinds] : kinds;
  const permutable =
    item.kind === 'tensor' && item.visibleShape.length > 2 && item.visibleShape.length < 6;
  return html`<span class="part-name">${nameOf(item)}${item.kind === 'tensor' && item.truncated ? html` <span class="hidden-cells">${t('paste.truncated')}</span>` : nothing}${item.inexact ? html` <span class="hidden-cells">${t('paste.inexact')}</span>` : nothing}</span>
    <select aria-label=${label} @change=${(/** @type {any} */ e) => ctx.paste.role(n, e.target.value)}>
      ${roles.map((role) => html`<option value=${role} ?selected=${role === part.role} ?disabled=${role === 'ask'}>${t(`paste.role.${role}`)}</option>`)}
    </select>
    ${permutable ? html`<label class="toggle"><input type="checkbox" .checked=${live(part.channelsLast)} @change=${(/** @type {any} */ e) => ctx.paste.layout(n, e.target.checked)} /> ${t('paste.channelsLast')}</label>` : nothing}`;
}

/** What stands in the way, and remarks. @param {Model} model @param {Context} ctx */
function problems({ state }, ctx) {
  const { problem, refusal, beyond, missingBias, items, parts } = state.paste;
  return html`
    ${refusal ? html`<p class="alert" role="alert">${refusalText(refusal)}</p>` : nothing}
    ${refusal && 'code' in refusal && refusal.code === 'decimal_comma' ? html`<p class="paste-actions">${[true, false].map((one) => html`<button type="button" @click=${() => ctx.paste.comma(one)}>${t(one ? 'paste.commaOne' : 'paste.commaTwo')}</button>`)}</p>` : nothing}
    ${problem ? html`<p class="alert" role="alert">${problemText(problem)}</p>` : nothing}
    ${beyond ? html`<p class="remark">${beyondText(beyond, parts)}</p>` : nothing}
    ${missingBias ? html`<p class="remark">${t('paste.missingBias')}</p>` : nothing}
    ${unreadOf(items, parts).length ? html`<p class="remark">${t('paste.unread', { keys: commaList(unreadOf(items, parts)) })}</p>` : nothing}
    ${isFilledOnly(parts) ? html`<p class="remark">${t('paste.filled')}</p>` : nothing}
    ${items.length && parts.some((p) => p.role === 'ask') ? html`<p class="remark">${tn('paste.ask', parts.filter((p) => p.role === 'ask').length)}</p>` : nothing}`;
}

/** Whether the paste fills the page and holds nothing to compare. @param {import('../state/paste/roles.js').Part[]} parts */
const isFilledOnly = (parts) =>
  parts.some((p) => ['layer', 'input', 'weight', 'bias'].includes(p.role)) &&
  !parts.some((p) => p.role === 'output' || p.role === 'ask');

/** Arguments of the layer in use that the text gives as an expression. @param {readonly any[]} items @param {import('../state/paste/roles.js').Part[]} parts @returns {string[]} */
const unreadOf = (items, parts) => items[parts.findIndex((p) => p.role === 'layer')]?.unread ?? [];

/** Why the page cannot show it, and what it does with it. @param {NonNullable<Model['state']['paste']['beyond']>} beyond @param {import('../state/paste/roles.js').Part[]} parts */
function beyondText({ request, problem }, parts) {
  const { id, field, values } = problem;
  const compared =
    request.weight.data && request.input.data && parts.some((p) => p.role === 'output');
  const why = t(`error.${id}`, { field: t(`field.${field}`), ...values });
  return sentences(t('paste.notShown'), why, compared ? t('paste.comparedUnseen') : '');
}
