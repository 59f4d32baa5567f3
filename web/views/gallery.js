// Named examples to open with one click; each is a plain link, so it can be copied or opened in a tab.

import { html } from 'lit';
import { t } from '../i18n/index.js';
import { makeState } from '../state/initial.js';
import { PRESETS } from '../state/presets.js';
import { writeLink } from '../state/url.js';

const GROUPS = /** @type {const} */ ([
  'start',
  'conv',
  'transposed',
  'numbers',
  'reasons',
  'more',
  'picture',
]);
/** A cell in the middle is selected, so that the picture shows at once where a number comes from. @param {import('../state/presets.js').Preset} p */
const middle = (p) => p.output.reduce((index, size) => index * size + Math.floor(size / 2), 0);
/** @type {Map<string, string>} */
const links = new Map();

/** Each is written when the gallery is first drawn: the pictures make long ones. @param {import('../state/presets.js').Preset} p */
function linkOf(p) {
  const link =
    links.get(p.id) ??
    writeLink(makeState({ ...p, selected: { map: 'output', index: middle(p) } }));
  links.set(p.id, link);
  return link;
}

/** @param {string|null} current id of the open example */
export function gallery(current) {
  const close = (/** @type {Event} */ e) =>
    /** @type {Element} */ (e.target).closest('dialog')?.close();
  return html`<dialog class="dialog gallery" id="gallery" aria-labelledby="gallery-title" @click=${(/** @type {MouseEvent} */ e) => e.target === e.currentTarget && e.detail < 2 && close(e)}>
    <div class="gallery-body">
      <header><h2 id="gallery-title">${t('gallery.title')}</h2><button type="button" class="quiet" @click=${close}>${t('close')}</button></header>
      ${GROUPS.map(
        (group) => html`<section><h3>${t(`gallery.${group}`)}</h3><ul>
          ${PRESETS.filter((p) => p.group === group).map(
            (
              p,
            ) => html`<li><a href=${`${location.pathname}${location.search}#${linkOf(p)}`} aria-current=${p.id === current ? 'true' : 'false'} @click=${close}>
              <strong>${t(`preset.${p.id}`)}</strong><span class="note">${t(`preset.${p.id}.note`)}</span><span class="facts">${facts(p)}</span><code>${p.id}</code></a></li>`,
          )}</ul></section>`,
      )}
    </div>
  </dialog>`;
}

/** "4×4 → 2×2 · k 3 · s 1 · p 0" @param {import('../state/presets.js').Preset} p */
function facts(p) {
  const parts = [
    `${p.inputSize.join('×')} → ${p.output.join('×')}`,
    `k ${p.kernelSize[0]}`,
    `s ${p.stride ?? 1}`,
    `p ${p.paddingEnd ? `${p.padding}|${p.paddingEnd}` : (p.padding ?? 0)}`,
  ];
  if (p.dilation) parts.push(`d ${p.dilation}`);
  if (p.outputPadding) parts.push(`op ${p.outputPadding}`);
  return parts.join(' · ');
}
