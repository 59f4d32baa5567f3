// The arguments of one layer, to type or as a text.

import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { phrases, t } from '../../i18n/index.js';
import { familyOf, initialOf, STACK_FIELDS } from '../../state/stack/kinds.js';

/**
 * @typedef {import('../../state/stack/layers.js').EditLayer} EditLayer
 * @typedef {{ index: number, isOpen: boolean, wrong: string|null, set: (key: string, text: string) => void }} Row `wrong`:
 *   the argument at fault
 */

/** The main arguments, those that differ from PyTorch's defaults, and all where the layer is open. @param {EditLayer} layer @param {Row} row */
export function layerArguments(layer, row) {
  const { main, more } = familyOf(layer.op);
  const shown = more.filter((key) => row.isOpen || layer.text[key] || key === row.wrong);
  return [...main, ...shown].map((key) => argument(layer, key, row));
}

/** The same as a text, without what is as PyTorch has it by itself. @param {EditLayer} layer */
export function argumentsText(layer) {
  const { main, more } = familyOf(layer.op);
  const given = [...main, ...more].filter(
    (key) => layer.text[key] && layer.text[key] !== initialOf(layer.op, key),
  );
  return phrases(
    given.map((key) => {
      const field = t(`stack.field.${key}`);
      if (STACK_FIELDS[key].kind !== 'flag') return `${field} ${layer.text[key]}`;
      return layer.text[key] === '1' ? field : t('stack.without', { field });
    }),
  );
}

/** @param {EditLayer} layer @param {string} key @param {Row} row */
function argument(layer, key, { index, wrong, set }) {
  const { kind, choices = [] } = STACK_FIELDS[key];
  const name = t(`stack.field.${key}`);
  const label = t('stack.fieldOf', { field: name, n: index });
  const initial = initialOf(layer.op, key);
  const text = layer.text[key] ?? '';
  const invalid = key === wrong ? 'true' : nothing;
  const put = (/** @type {any} */ e) => set(key, e.target.value);
  if (kind === 'flag')
    return html`<label class="argument"><span>${name}</span><input type="checkbox" aria-label=${label} .checked=${live((text || initial) === '1')}
      @change=${(/** @type {any} */ e) => set(key, (e.target.checked ? '1' : '0') === initial ? '' : e.target.checked ? '1' : '0')} /></label>`;
  if (kind === 'choice')
    return html`<label class="argument"><span>${name}</span><select aria-label=${label} aria-invalid=${invalid} .value=${live(text || initial)}
      @change=${(/** @type {any} */ e) => set(key, e.target.value === initial ? '' : e.target.value)}>
      ${choices.map((choice) => html`<option value=${choice} ?selected=${choice === (text || initial)}>${choice}</option>`)}</select></label>`;
  const hint = key === 'stride' && !initial ? (layer.text.kernelSize ?? '') : initial;
  return html`<label class="argument"><span>${name}</span><input type="text" class=${text.length > 3 ? 'long' : ''} autocomplete="off" spellcheck="false" maxlength="60" aria-label=${label}
    aria-invalid=${invalid} placeholder=${hint} .value=${live(text)} @input=${put} @keydown=${(/** @type {KeyboardEvent} */ e) => step(e, text || hint, (v) => set(key, v))} /></label>`;
}

/** Arrows step a single whole number. @param {KeyboardEvent} e @param {string} text @param {(text: string) => void} set */
function step(e, text, set) {
  const by = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[e.key];
  if (!by || !/^-?\d+$/.test(text)) return;
  e.preventDefault();
  set(String(Number(text) + by));
}
