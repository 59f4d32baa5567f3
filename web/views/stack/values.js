// The numbers that go into one layer and come out of it, channel by channel.

import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { sentences, t } from '../../i18n/index.js';
import { refusalText } from '../../i18n/refusal.js';
import { readWhole } from '../../state/settings.js';
import { sizeOf } from '../../state/tensors.js';
import { formatAlone } from '../format.js';
import { waiting } from '../waiting.js';
import { countText, shapeText } from './counts.js';
import { MOST_DRAWN, smallMap, tooLarge } from './small-map.js';

/**
 * @typedef {import('../../stack/model.js').StackModel} StackModel
 * @typedef {{ shape: number[], data: ArrayLike<number> }} Values without a batch axis where the input of the stack has none
 * @typedef {{ input: Values, output: Values } | { refusal: import('../../i18n/refusal.js').Sentence } |
 *   { wait: import('../waiting.js').Wait } | { ask: () => void, work: number }} Flowing `ask`: so much work is done
 *   once the reader asks for it
 * @typedef {import('../waiting.js').WaitContext & { dispatch: import('../../state/stack/store.js').StackDispatch,
 *   flowing: (layer: number) => Flowing, values?: import('./small-map.js').Measures, alone?: boolean }} Context `alone`: the layers are not
 *   there to be clicked on
 */

/** Channels that are shown at once. */
const AT_ONCE = 4;

/** On the page. */
const MEASURES = { side: 210, readable: 8 };

/** @param {StackModel} model @param {Context} ctx */
export function valuesPanel(model, ctx) {
  const seen = model.seen();
  if (!seen || !model.result) return html`<p class="hint">${t('stack.nothing')}</p>`;
  const flowing = ctx.flowing(seen.layer);
  const { op } = model.state.layers[seen.layer];
  return html`<p class="hint">${sentences(t('stack.valuesOf', { n: seen.layer, op }), ctx.alone ? '' : t('stack.valuesOther'))}</p>
    ${content(flowing, model, seen, ctx)}`;
}

/** @param {Flowing} flowing @param {StackModel} model @param {import('../../stack/model.js').Seen} seen @param {Context} ctx */
function content(flowing, model, seen, ctx) {
  if ('refusal' in flowing)
    return html`<p class="alert" role="alert">${refusalText(flowing.refusal)}</p>`;
  if ('wait' in flowing) return waiting('values', flowing.wait, t('wait.values'), ctx);
  if ('ask' in flowing)
    return html`<p class="hint">${t('stack.valuesWork', { n: countText(flowing.work) })}</p>
      <p class="copies"><button type="button" class="strong" @click=${flowing.ask}>${t('stack.valuesCompute')}</button></p>`;
  const { input, output } = flowing;
  const batched = Boolean(model.result?.batched);
  const most = Math.max(...[input, output].map((each) => mapsOf(each, batched).length));
  const first = Math.min(model.state.channel, most - 1);
  return html`${
    most > AT_ONCE
      ? html`<div class="cell-choice">${channelField(first, most, ctx.dispatch)}</div>`
      : nothing
  }
    <div class="flow">
      ${side('input', t('stack.valuesIn'), input, first, model, seen, ctx)}
      ${side('output', t('stack.valuesOut'), output, first, model, seen, ctx)}
    </div>`;
}

/** @param {number} first @param {number} most @param {Context['dispatch']} dispatch */
function channelField(first, most, dispatch) {
  const set = (/** @type {string} */ text) => {
    const read = readWhole(text);
    if ('value' in read && read.value >= 0 && read.value < most) dispatch.setChannel(read.value);
  };
  return html`<label class="argument"><span>${t('stack.firstChannel')}</span><input type="number" min="0" max=${most - 1} .value=${live(String(first))} @input=${(/** @type {any} */ e) => set(e.target.value)} /></label>`;
}

/**
 * @param {'input'|'output'} kind @param {string} title @param {Values} values @param {number} wanted the first channel, where there
 *   are many @param {StackModel} model
 * @param {import('../../stack/model.js').Seen} seen @param {Context} ctx
 */
function side(kind, title, values, wanted, model, { layer, cell }, ctx) {
  const batched = Boolean(model.result?.batched);
  const maps = mapsOf(values, batched);
  const first = maps.length > AT_ONCE ? Math.min(wanted, maps.length - 1) : 0;
  const shown = maps.slice(first, first + AT_ONCE);
  const flat = sizeOfMap(shapeWithBatch(values, batched));
  const { id } = model.state.layers[layer];
  const at = cell.slice(-2);
  const isChoice = kind === 'output' && Boolean(model.result?.layers[layer].axes.length);
  const select = (/** @type {number} */ i) => {
    const place = flat.length === 1 ? [i] : [Math.floor(i / flat[1]), i % flat[1]];
    ctx.dispatch.select(id, [...cell.slice(0, -place.length), ...place]);
  };
  return html`<section><h3 class=${kind}>${title} <span class="flow-shape">${shapeText(values.shape)}</span></h3>
    ${rangeText(values)}
    ${
      shown.length < maps.length
        ? html`<p class="hint">${t('stack.channelsShown', { first, last: first + shown.length - 1, n: maps.length })}</p>`
        : nothing
    }
    <div class="channel-maps">${shown.map((map, i) => {
      if (map.length > MOST_DRAWN) return tooLarge(flat);
      const label =
        maps.length > 1
          ? t('stack.channelMap', { title, n: first + i })
          : t('stack.onlyMap', { title });
      return html`<div>${maps.length > 1 ? html`<p class="channel-name">${t('stack.channel', { n: first + i })}</p>` : nothing}${smallMap(
        {
          ...{ label, kind, size: flat, values: map },
          ...(isChoice
            ? { selected: at.length === 2 ? at[0] * flat[1] + at[1] : at[0], select }
            : {}),
        },
        ctx.values ?? MEASURES,
      )}</div>`;
    })}</div></section>`;
}

/** @param {Values} values */
function rangeText(values) {
  const { min, max, mean } = statistics(values.data);
  return html`<p class="hint">${t('stack.valuesRange', { min: formatAlone(min), max: formatAlone(max), mean: formatAlone(mean) })}</p>`;
}

/** Numbers that are shown are never written again. @type {WeakMap<object, { min: number, max: number, mean: number }>} */
const known = new WeakMap();

/** @param {ArrayLike<number>} data */
function statistics(data) {
  const before = known.get(data);
  if (before) return before;
  let [min, max, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (let i = 0; i < data.length; i++) {
    min = Math.min(min, data[i]);
    max = Math.max(max, data[i]);
    sum += data[i];
  }
  const found = { min, max, mean: Number((sum / data.length).toPrecision(4)) };
  known.set(data, found);
  return found;
}

/** @param {Values} values @param {boolean} batched */
const shapeWithBatch = ({ shape }, batched) => (batched ? shape : [1, ...shape]);

/** Rows and columns, or a length; of what has no spatial axes, its features. @param {readonly number[]} shape */
const sizeOfMap = (shape) => (shape.length < 3 ? shape.slice(-1) : shape.slice(2).slice(-2));

/** @type {WeakMap<object, ArrayLike<number>[]>} */
const cut = new WeakMap();

/** The first sample's maps, one per channel; of three axes, the middle depth. @param {Values} values @param {boolean} batched */
function mapsOf(values, batched) {
  const { data } = values;
  const before = cut.get(data);
  if (before) return before;
  const shape = shapeWithBatch(values, batched);
  const numbers = /** @type {Float32Array} */ (data);
  const cells = sizeOf(sizeOfMap(shape));
  const depth = shape.length === 5 ? shape[2] : 1;
  const channels = shape.length < 3 ? 1 : shape[1];
  const maps = Array.from({ length: channels }, (_, channel) => {
    const at = (channel * depth + Math.floor(depth / 2)) * cells;
    return numbers.subarray(at, at + cells);
  });
  cut.set(data, maps);
  return maps;
}
