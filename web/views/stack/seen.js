// What one cell of a layer's output sees: the input, with how many paths lead from each of its cells; and the output,
// with how many lead to each, where unevenness is a checkerboard.

import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { andList, phrases, sentences, t } from '../../i18n/index.js';
import { refusalText } from '../../i18n/refusal.js';
import { readWhole } from '../../state/settings.js';
import { formatAlone } from '../format.js';
import { MOST_DRAWN, smallMap, tooLarge } from './small-map.js';

/**
 * @typedef {import('../../stack/model.js').StackModel} StackModel
 * @typedef {import('../../stack/model.js').Seen} Seen
 * @typedef {import('../../stack/model.js').SeenMaps} SeenMaps
 * @typedef {import('../../state/stack/store.js').StackDispatch} Dispatch
 */

/**
 * Which maps are shown, and how.
 * @typedef {{ field: boolean, overlap: boolean } & import('./small-map.js').Measures} Maps
 */

/** On the page. */
const MAPS = { field: true, overlap: true, side: 420, readable: 24 };

/**
 * @param {StackModel} model
 * @param {{ dispatch: Dispatch, maps?: Maps }} ctx
 */
export function seenPanel(model, { dispatch, maps = MAPS }) {
  const seen = model.seen();
  if (!seen || !model.result) return html`<p class="hint">${t('stack.nothing')}</p>`;
  const { id, op } = model.state.layers[seen.layer];
  const { axes } = model.result.layers[seen.layer];
  const choose = (/** @type {number[]} */ cell) => dispatch.select(id, cell);
  return html`
    <div class="cell-choice" role="group" aria-label=${t('stack.cell')}>
      <span>${t('stack.cellOf', { n: seen.layer, op })}</span>
      ${seen.size.map((size, axis) => index(seen, axis, size, axes[axis]?.name ?? null, choose))}
    </div>
    ${'refusal' in seen.found ? html`<p class="alert" role="alert">${refusalText(seen.found.refusal)}</p>` : seenMaps(seen, seen.found, axes, maps, choose)}`;
}

/** @param {Seen} seen @param {SeenMaps} found @param {import('../../engine/stack.js').StackAxis[]} axes @param {Maps} maps @param {(cell: number[]) => void} choose */
const seenMaps = (seen, { field, overlap }, axes, maps, choose) => html`
  ${maps.field ? html`<p>${seesText(seen.cell, field)}</p>` : nothing}
  <div class="seen-maps">
    ${maps.field ? html`<section><h3 class="input">${t('stack.inputMap')}</h3>${inputMap(field, maps)}<p class="hint">${t('stack.inputMapHint')}</p></section>` : nothing}
    ${
      maps.overlap && axes.length
        ? html`<section><h3 class="output">${t('stack.outputMap', { n: seen.layer })}</h3>${outputMap(seen, overlap, maps, choose)}
        ${evenness(axes)}</section>`
        : nothing
    }
  </div>`;

/** One sentence for all axes that are alike. @param {import('../../engine/stack.js').StackAxis[]} axes */
function evenness(axes) {
  /** @type {Map<string, { overlap: import('../../engine/stack.js').Overlap, names: string[] }>} */
  const alike = new Map();
  for (const { name, overlap } of axes) {
    if (!overlap) continue;
    const { regular, interiorMin, interiorMax } = overlap;
    const key = regular ? '' : `${interiorMin} ${interiorMax}`;
    const names = alike.get(key)?.names ?? [];
    alike.set(key, { overlap, names: [...names, t(`axis.${name}`)] });
  }
  return [...alike.values()].map(({ overlap: { regular, interiorMin, interiorMax }, names }) => {
    const values = { min: formatAlone(interiorMin), max: formatAlone(interiorMax) };
    return html`<p class=${regular ? 'hint' : 'remark'}>${t(regular ? 'stack.overlapEven' : 'stack.overlapUneven', { axis: andList(names), ...values })}</p>`;
  });
}

/** @param {Seen} seen @param {number} axis @param {number} size @param {string|null} name @param {(cell: number[]) => void} choose */
function index({ cell }, axis, size, name, choose) {
  const label = name ? t(`axis.${name}`) : t('stack.feature');
  const set = (/** @type {string} */ text) => {
    const read = readWhole(text);
    if ('value' in read && read.value >= 0 && read.value < size)
      choose(cell.with(axis, read.value));
  };
  return html`<label class="argument"><span>${label}</span><input type="number" min="0" max=${size - 1} .value=${live(String(cell[axis]))} @input=${(/** @type {any} */ e) => set(e.target.value)} /></label>`;
}

/** @param {number[]} cell @param {SeenMaps['field']} field */
function seesText(cell, field) {
  const ranges = field.axes.map(({ name, positions, size }) => {
    const [first, last] = [positions[0], positions[positions.length - 1]];
    return positions.length
      ? t('stack.range', { axis: t(`axis.${name}`), first, last, n: last - first + 1, size })
      : t('stack.rangeNone', { axis: t(`axis.${name}`) });
  });
  const padded = field.axes.some(
    ({ extent, size }) => extent && (extent.first < 0 || extent.last >= size),
  );
  return sentences(
    t('stack.sees', { cell: `[${cell.join(', ')}]`, ranges: phrases(ranges) }),
    padded ? t('stack.seesPadding') : '',
  );
}

/** @param {SeenMaps['field']} field @param {Maps} maps */
function inputMap(field, maps) {
  const { shape, data } = field.map;
  const { values, size, slice } = flat(shape, data, middleOf(field.axes[0]));
  if (values.length > MOST_DRAWN) return tooLarge(size);
  return html`${smallMap({ label: t('stack.inputMap'), kind: 'input', size, values, lit: (value) => value > 0 }, maps)}
    ${slice === null ? nothing : html`<p class="hint">${t('stack.slice', { depth: slice })}</p>`}`;
}

/** @param {Seen} seen @param {SeenMaps['overlap']} overlap @param {Maps} maps @param {(cell: number[]) => void} choose */
function outputMap({ cell, size: shape, layer }, overlap, maps, choose) {
  const counts = overlap.slice(-2).map((axis) => axis.counts);
  const [rows, cols] = counts.length === 2 ? counts : [Float64Array.of(1), counts[0]];
  if (rows.length * cols.length > MOST_DRAWN) return tooLarge(shape);
  const values = Float64Array.from(
    { length: rows.length * cols.length },
    (_, i) => rows[Math.floor(i / cols.length)] * cols[i % cols.length],
  );
  const at = cell.slice(-2);
  const selected = at.length === 2 ? at[0] * cols.length + at[1] : at[0];
  return smallMap(
    {
      label: t('stack.outputMap', { n: layer }),
      kind: 'output',
      size: shape.slice(-2),
      values,
      selected,
      select: (i) => {
        const place = shape.length === 1 ? [i] : [Math.floor(i / cols.length), i % cols.length];
        choose([...cell.slice(0, -place.length), ...place]);
      },
    },
    maps,
  );
}

/** @param {import('../../engine/stack.js').FieldAxis|undefined} axis */
const middleOf = (axis) => axis?.positions[Math.floor(axis.positions.length / 2)] ?? 0;

/** The last two axes; of three, at one depth. @param {number[]} shape @param {Float64Array} data @param {number} depth */
function flat(shape, data, depth) {
  const size = shape.slice(-2);
  if (shape.length < 3) return { values: data, size, slice: null };
  const cells = size[0] * size[1];
  return { values: data.subarray(depth * cells, (depth + 1) * cells), size, slice: depth };
}
