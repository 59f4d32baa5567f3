// The layers of a stack, a row each: its arguments to edit, and what follows from them.

import { html, nothing, svg } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { t } from '../../i18n/index.js';
import { familyOf, OP_GROUPS } from '../../state/stack/kinds.js';
import { canOpen } from '../../state/stack/open.js';
import { overlapOf } from '../../state/stack/overlap.js';
import { argumentsText, layerArguments } from './arguments.js';
import { axesText, bytesText, countText, shapeText } from './counts.js';
import { problemText } from './problem.js';
import { sources, sourcesText } from './sources.js';

/**
 * @typedef {import('../../stack/model.js').StackModel} StackModel
 * @typedef {import('../../engine/stack.js').StackLayerResult} LayerResult
 * @typedef {import('../../state/stack/layers.js').EditLayer} EditLayer
 * @typedef {{ dispatch: import('../../state/stack/store.js').StackDispatch, openLayer?: (index: number) => void,
 *   edits?: 'all'|'repairs'|'none' }} Context `edits`: what can be changed here, everything if nothing is said
 */

/** Columns behind the arguments. */
const FACTS = /** @type {const} */ ([
  'shape',
  'parameters',
  'multiplyAdds',
  'memory',
  'field',
  'jump',
  'start',
  'overlap',
]);

/** Two sheets, one on the other: few fonts have the letter. */
const TWICE = svg`<svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true"><rect x="1.5" y="4.5" width="9" height="10" rx="1.5" /><path d="M5.5 4.5v-2a1 1 0 0 1 1-1h7a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1h-3" /></svg>`;

/** @param {StackModel} model @param {Context} ctx */
export function layerTable(model, ctx) {
  const { state, result, problem } = model;
  const failing = problem?.layer ?? Number.POSITIVE_INFINITY;
  const fixed = isFixed(ctx);
  return html`<div class="layers ${fixed ? 'fixed' : ''}" role="table" aria-label=${t('stack.layers')} aria-rowcount=${state.layers.length + 2}>
    <div role="row" class="layer head"><span role="columnheader">#</span><span role="columnheader">${t('stack.layer')}</span>
      ${FACTS.map((fact) => html`<span role="columnheader" class="fact-${fact}" title=${t(`stack.hint.${fact}`)}>${t(`stack.col.${fact}`)}</span>`)}
      ${fixed ? nothing : html`<span role="columnheader" class="for-reader">${t('stack.actions')}</span>`}</div>
    ${repeat(
      state.layers,
      ({ id }) => id,
      (layer, index) => row(model, ctx, layer, index, result?.layers[index] ?? null, failing),
    )}
    ${result ? totals(result) : nothing}
  </div>
  ${fixed ? nothing : html`<p class="add"><button type="button" @click=${() => ctx.dispatch.add(state.layers.length, state.layers.at(-1)?.op ?? 'conv2d')}>${t('stack.add')}</button></p>`}`;
}

/** @param {Context} ctx */
const isFixed = ({ edits = 'all' }) => edits !== 'all';

/** @param {StackModel} model @param {Context} ctx @param {EditLayer} layer @param {number} index @param {LayerResult|null} found @param {number} failing */
function row(model, ctx, layer, index, found, failing) {
  const { dispatch } = ctx;
  const isShown = model.seen()?.layer === index;
  const fails = index === failing;
  const look = `layer ${fails ? 'fails' : index > failing ? 'beyond' : ''} ${isShown ? 'shown' : ''}`;
  return html`<div role="row" class=${look}>
    <span role="rowheader" class="at"><button type="button" class="pick" ?disabled=${!found} aria-pressed=${String(isShown)} aria-label=${t('stack.look', { n: index })} title=${t('stack.look', { n: index })}
      @click=${() => dispatch.select(layer.id)}>${index}</button></span>
    <div role="cell" class="what">
      ${isFixed(ctx) ? saidOf(model, layer) : typed(model, ctx, layer, index, found, fails)}
      ${fails && model.problem ? problemText(model.problem, ctx.edits === 'none' ? null : dispatch) : nothing}
    </div>
    ${found ? facts(found) : html`<span role="cell" class="fact none">${fails ? '' : t('stack.notReached')}</span>`}
    ${isFixed(ctx) ? nothing : actions(model, dispatch, layer, index)}
  </div>`;
}

/** A layer to look at. @param {StackModel} model @param {EditLayer} layer */
const saidOf = ({ state }, layer) =>
  html`<code class="op-name">${layer.op}</code> <span>${argumentsText(layer)}</span>
    ${layer.name ? html`<code class="name">${layer.name}</code>` : nothing} ${sourcesText(layer, state.layers)}`;

/** A layer to edit. @param {StackModel} model @param {Context} ctx @param {EditLayer} layer @param {number} index @param {LayerResult|null} found @param {boolean} fails */
function typed({ state, problem, layers }, ctx, layer, index, found, fails) {
  const { dispatch, openLayer } = ctx;
  const isOpen = state.open.includes(layer.id);
  return html`${operation(layer, index, dispatch)}
    ${layerArguments(layer, {
      index,
      isOpen,
      wrong: fails ? (problem?.field ?? null) : null,
      set: (key, text) => dispatch.setField(layer.id, key, text),
    })}
    ${layer.name ? html`<code class="name">${layer.name}</code>` : nothing}
    ${isOpen ? sources(layer, index, state.layers, dispatch) : sourcesText(layer, state.layers)}
    ${isOpen && openLayer && canOpen(layers[index], found) ? html`<button type="button" class="small" @click=${() => openLayer(index)}>${t('stack.openLayer')}</button>` : nothing}`;
}

/** @param {StackModel} model @param {Context['dispatch']} dispatch @param {EditLayer} layer @param {number} index */
function actions({ state }, dispatch, layer, index) {
  const isOpen = state.open.includes(layer.id);
  const { more } = familyOf(layer.op);
  return html`<span role="cell" class="acts">
      ${icon('more', isOpen ? '▴' : '▾', index, () => dispatch.toggle(layer.id), { expanded: isOpen, hint: more.length ? 'more' : 'moreSkips' })}
      ${icon(
        'up',
        '↑',
        index,
        moved(() => dispatch.move(layer.id, -1)),
        { disabled: index === 0 },
      )}
      ${icon(
        'down',
        '↓',
        index,
        moved(() => dispatch.move(layer.id, 1)),
        { disabled: index === state.layers.length - 1 },
      )}
      ${icon('duplicate', TWICE, index, () => dispatch.duplicate(layer.id))}
      ${icon('insert', '+', index, () => dispatch.add(index + 1, layer.op))}
      ${icon(
        'remove',
        '×',
        index,
        removed(() => dispatch.remove(layer.id)),
      )}
    </span>`;
}

/** A row that moves takes the focus along. @param {() => void} act @returns {(e: Event) => void} */
const moved = (act) => (e) => {
  const button = /** @type {HTMLElement} */ (e.currentTarget);
  act();
  button.focus();
};

/** The focus goes on to the row that comes next, or before. @param {() => void} act @returns {(e: Event) => void} */
const removed = (act) => (e) => {
  const row = /** @type {HTMLElement} */ (e.currentTarget).closest('.layer');
  const others = [row?.nextElementSibling, row?.previousElementSibling];
  const next = others.map((other) => other?.querySelector('select')).find(Boolean);
  act();
  next?.focus();
};

/** @param {string} name @param {unknown} sign @param {number} index @param {(e: Event) => void} act @param {{ disabled?: boolean, expanded?: boolean, hint?: string }} [look] */
function icon(name, sign, index, act, { disabled = false, expanded, hint = name } = {}) {
  const label = t(`stack.${hint}`, { n: index });
  return html`<button type="button" class="icon" ?disabled=${disabled} aria-expanded=${expanded ?? nothing} aria-label=${label} title=${label} @click=${act}>${sign}</button>`;
}

/** @param {EditLayer} layer @param {number} index @param {Context['dispatch']} dispatch */
const operation = (layer, index, dispatch) =>
  html`<select class="op" aria-label=${t('stack.opOf', { n: index })} .value=${live(layer.op)} @change=${(/** @type {any} */ e) => dispatch.setOp(layer.id, e.target.value)}>
    ${OP_GROUPS.map(([group, ops]) => html`<optgroup label=${t(`stack.group.${group}`)}>${ops.map((op) => html`<option value=${op} ?selected=${op === layer.op}>${op}</option>`)}</optgroup>`)}</select>`;

/** @param {LayerResult} found */
function facts({ inputShape, outputShape, parameters, multiplyAdds, memory, axes, global }) {
  const all = (/** @type {'receptiveField'|'jump'|'start'} */ key) =>
    global ? t('stack.all') : axesText(axes.map((axis) => axis[key]));
  return html`
    ${fact('shape', html`<span class="into">${shapeText(inputShape)} →</span> <b>${shapeText(outputShape)}</b>`)}
    ${fact('parameters', countText(parameters.total))} ${fact('multiplyAdds', countText(multiplyAdds))} ${fact('memory', bytesText(memory))}
    ${fact('field', all('receptiveField'))} ${fact('jump', all('jump'))} ${fact('start', all('start'))}
    ${fact('overlap', overlapText(axes))}`;
}

/** @param {LayerResult['axes']} axes */
function overlapText(axes) {
  const overlap = overlapOf(axes);
  if (!overlap) return '–';
  if (overlap.regular) return t('stack.even');
  return html`<span class="uneven">${t('stack.uneven', { min: countText(overlap.interiorMin), max: countText(overlap.interiorMax) })}</span>`;
}

/** @param {typeof FACTS[number]} name @param {unknown} content */
const fact = (name, content) =>
  html`<span role="cell" class="fact fact-${name}" data-name=${t(`stack.col.${name}`)}>${content}</span>`;

/** @param {import('../../engine/stack.js').Stack} result */
const totals = ({
  totals: sums,
  inputShape,
  layers,
}) => html`<div role="row" class="layer totals"><span role="rowheader" class="at">Σ</span>
  <span role="cell" class="what">${t('stack.total', { n: layers.length })}</span>
  ${fact('shape', html`<span class="into">${shapeText(inputShape)} →</span> <b>${shapeText(layers.at(-1)?.outputShape ?? inputShape)}</b>`)}
  ${fact('parameters', countText(sums.parameters))} ${fact('multiplyAdds', countText(sums.multiplyAdds))} ${fact('memory', bytesText(sums.memory))}
</div>`;
