// The settings: operation, sizes and arguments, each with its refusal beside it.

import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { t } from '../i18n/index.js';
import {
  axisNames,
  fieldOf,
  isTransposed,
  OPS,
  PADDING_KINDS,
  PADDING_MODES,
} from '../state/schema.js';

/**
 * @typedef {import('../model.js').Model} Model
 * @typedef {import('../state/schema.js').FieldKey} FieldKey
 * @typedef {import('../state/store.js').Dispatch} Dispatch
 */

/** @param {Model} model @param {Dispatch} dispatch */
export function controls(model, dispatch) {
  const { state } = model;
  const numbers = state.paddingKind === 'each' || state.paddingKind === 'pairs';
  return html`
    <div class="settings" role="group" aria-label=${t('settings.title')}>
      <div class="setting">
        <label class="setting-name" for="operation">${t('field.operation')}</label>
        <select id="operation" .value=${live(state.op)} @change=${(/** @type {any} */ e) => dispatch.setOp(e.target.value)}>
          ${OPS.map((op) => html`<option value=${op} ?selected=${op === state.op}>${t(`op.${op}`)}</option>`)}
        </select>
      </div>
      ${perAxis(model, dispatch, 'inputSize')} ${perAxis(model, dispatch, 'kernelSize')} ${perAxis(model, dispatch, 'stride')}
      ${numbers ? perAxis(model, dispatch, 'padding') : nothing} ${perAxis(model, dispatch, 'dilation')}
      ${isTransposed(state.op) ? perAxis(model, dispatch, 'outputPadding') : nothing}
      ${single(model, dispatch, 'inChannels')} ${single(model, dispatch, 'outChannels')} ${single(model, dispatch, 'groups')}
      ${single(model, dispatch, 'batch')}
      ${choice(model, 'paddingKind', PADDING_KINDS, (v) => dispatch.setOption({ paddingKind: v }))}
      ${choice(model, 'paddingMode', PADDING_MODES, (v) => dispatch.setOption({ paddingMode: v }))}
      <div class="setting toggles">
        <label class="toggle"><input type="checkbox" .checked=${live(state.hasBias)} @change=${(/** @type {any} */ e) => dispatch.setOption({ hasBias: e.target.checked })} /> ${t('field.hasBias')}</label>
        <label class="toggle"><input type="checkbox" .checked=${live(state.linked)} @change=${(/** @type {any} */ e) => dispatch.setOption({ linked: e.target.checked })} /> ${t('field.linked')}</label>
        <label class="toggle"><input type="checkbox" .checked=${live(state.flip)} @change=${(/** @type {any} */ e) => dispatch.setOption({ flip: e.target.checked })} /> ${t('field.flip')}</label>
        <label class="toggle"><input type="checkbox" .checked=${live(state.tint)} @change=${(/** @type {any} */ e) => dispatch.setOption({ tint: e.target.checked })} /> ${t('field.tint')}</label>
        ${largeInput(state) ? html`<label class="toggle"><input type="checkbox" .checked=${live(state.palette === 'grey')} @change=${(/** @type {any} */ e) => dispatch.setOption({ palette: e.target.checked ? 'grey' : 'sign' })} /> ${t('field.grey')}</label>` : nothing}
      </div>
    </div>
    ${alerts(model, null, null)}
  `;
}

/** Whether maps may be shown as pictures. @param {Model['state']} state */
const largeInput = (state) => state.palette === 'grey' || state.input.data.length > 1000;

/** @param {Model} model @param {Dispatch} dispatch @param {FieldKey} key */
function perAxis(model, dispatch, key) {
  const names = axisNames(model.state.op);
  const pairs = key === 'padding' && model.state.paddingKind === 'pairs';
  return html`<div class="setting ${pairs ? 'pairs' : ''}">
    <span class="setting-name">${t(`field.${key}`)}</span>
    <div class="axes">
      ${names.map((name, axis) => {
        const caption = t(`axis.${name}`);
        if (!pairs)
          return numberField(
            model,
            dispatch,
            key,
            axis,
            caption,
            `${t(`field.${key}`)} ${caption}`,
          );
        return html`${numberField(model, dispatch, 'padding', axis, t(`edge.${name}.begin`), t('field.paddingBegin', { axis: caption }))}
        ${numberField(model, dispatch, 'paddingEnd', axis, t(`edge.${name}.end`), t('field.paddingEnd', { axis: caption }))}`;
      })}
    </div>
    ${names.map((_, axis) => html`${alerts(model, key, axis)}${pairs ? alerts(model, 'paddingEnd', axis) : nothing}`)}
  </div>`;
}

/** @param {Model} model @param {Dispatch} dispatch @param {FieldKey} key */
const single = (model, dispatch, key) => html`<div class="setting">
  <label class="setting-name" for="f-${key}-0">${t(`field.${key}`)}</label>
  <div class="axes">${numberField(model, dispatch, key, 0, '', null)}</div>
  ${alerts(model, key, null)}
</div>`;

/**
 * A whole number as free text, so that nothing typed is ever lost; arrows and buttons step it.
 * @param {Model} model @param {Dispatch} dispatch @param {FieldKey} key @param {number} axis
 * @param {string} caption @param {string|null} label null when a label element names the box
 */
function numberField(model, dispatch, key, axis, caption, label) {
  const text = model.state.text[key][axis];
  const errorAxis = fieldOf(key).perAxis ? axis : null;
  const wrong = model.errors.some((e) => e.field === key && e.axis === errorAxis);
  const set = (/** @type {string} */ value) => dispatch.setField(key, axis, value);
  const step = (/** @type {number} */ by) =>
    set(
      String(
        (Number.isFinite(Number(text)) ? Math.trunc(Number(text)) : fieldOf(key).initial) + by,
      ),
    );
  const onKey = (/** @type {KeyboardEvent} */ e) => {
    const by = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[e.key];
    if (!by) return;
    e.preventDefault();
    step(by);
  };
  return html`<span class="number">
    ${caption ? html`<span class="caption">${caption}</span>` : nothing}
    <span class="stepper">
      <button type="button" tabindex="-1" aria-hidden="true" @click=${() => step(-1)}>−</button>
      <input id="f-${key}-${axis}" type="text" inputmode="numeric" autocomplete="off" maxlength="24" aria-label=${label ?? nothing}
        aria-invalid=${wrong ? 'true' : nothing} aria-describedby=${wrong ? alertId(key, errorAxis) : nothing}
        .value=${live(text)} @input=${(/** @type {any} */ e) => set(e.target.value)} @keydown=${onKey} @focus=${(/** @type {any} */ e) => e.target.select()} />
      <button type="button" tabindex="-1" aria-hidden="true" @click=${() => step(1)}>+</button>
    </span>
  </span>`;
}

/**
 * @template {string} T
 * @param {Model} model @param {'paddingKind'|'paddingMode'} key @param {T[]} values @param {(value: T) => void} choose
 */
const choice = (model, key, values, choose) => html`<div class="setting">
  <label class="setting-name" for=${key}>${t(`field.${key}`)}</label>
  <select id=${key} .value=${live(model.state[key])} @change=${(/** @type {any} */ e) => choose(e.target.value)}>
    ${values.map((v) => html`<option value=${v} ?selected=${v === model.state[key]}>${t(`${key}.${v}`)}</option>`)}
  </select>
  ${alerts(model, key, null)}
</div>`;

/** @typedef {FieldKey|'paddingKind'|'paddingMode'|null} AlertKey null: no field of the page is at fault */

/** @param {AlertKey} key @param {number|null} axis */
const alertId = (key, axis) => `alert-${key ?? 'all'}-${axis ?? 0}`;

/** @param {Model} model @param {AlertKey} key @param {number|null} axis */
const alerts = (model, key, axis) =>
  model.errors
    .filter((e) => e.field === key && (e.axis === axis || key === null))
    .map((e) => html`<p class="alert" role="alert" id=${alertId(key, axis)}>${e.message}</p>`);
