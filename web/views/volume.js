// A 3-D map is shown as depth slices, a few at a time: a small drawing of the whole volume tells which,
// where the marked cells lie, and pages through them.

import { html, svg } from 'lit';
import { t } from '../i18n/index.js';
import { spatialOf } from '../state/tensors.js';
import { MARK, SLICES_AT_ONCE } from './cells.js';

/**
 * @param {import('../state/store.js').Dispatch} dispatch
 * @param {import('./maps.js').MapSpec} spec @param {number[]} slices @param {(index: number) => number} marks
 */
export function volume(dispatch, spec, slices, marks) {
  const [depth, rows, cols] = spatialOf(spec.tensor.shape);
  const perSlice = rows * cols;
  const marked = new Set();
  for (let i = 0; i < spec.tensor.data.length; i++) {
    if (marks(i) & (MARK.lit | MARK.selected)) marked.add(Math.floor(i / perSlice) % depth);
  }
  const [width, height, shift] = [34, 34 * Math.min(2, Math.max(0.5, rows / cols)), 9];
  const show = (/** @type {number} */ first) =>
    dispatch.setSlice(spec.name, Math.max(0, Math.min(depth - SLICES_AT_ONCE, first)));
  const last = slices[slices.length - 1];
  return html`<div class="volume ${spec.kind}">
    <svg width=${width + shift * depth} height=${height + shift * depth * 0.5} aria-hidden="true">
      ${Array.from({ length: depth }, (_, n) => depth - 1 - n).map(
        (
          d,
        ) => svg`<rect x=${d * shift + 0.5} y=${(depth - 1 - d) * shift * 0.5 + 0.5} width=${width - 1} height=${height - 1} rx="2"
          class="${slices.includes(d) ? 'shown' : ''} ${marked.has(d) ? 'marked' : ''}" @click=${() => show(d - 1)} />`,
      )}
    </svg>
    ${
      depth > SLICES_AT_ONCE
        ? html`<div class="pager">
            <button type="button" aria-label=${t('volume.back', { map: spec.label })} ?disabled=${slices[0] === 0} @click=${() => show(slices[0] - 1)}>◂</button>
            <span>${t('volume.shown', { first: slices[0], last, depth })}</span>
            <button type="button" aria-label=${t('volume.forward', { map: spec.label })} ?disabled=${last === depth - 1} @click=${() => show(slices[0] + 1)}>▸</button>
          </div>`
        : ''
    }
  </div>`;
}
