// A figure of one layer within a page of somebody else: the chosen views.

import { html, nothing } from 'lit';
import { t } from '../i18n/index.js';
import { isTransposed } from '../state/schema.js';
import { board } from './board.js';
import { channels } from './channels.js';
import { controls } from './controls.js';
import { formatSize } from './format.js';
import { formula } from './formula.js';
import { frame } from './frame.js';
import { gradients } from './gradients.js';
import { overlap } from './overlap.js';
import { steps } from './steps.js';
import { terms } from './terms.js';
import { waiting } from './waiting.js';

/**
 * @typedef {import('../model.js').Model} Model
 * @typedef {import('./board.js').Context & import('./waiting.js').WaitContext & { views: ReadonlySet<View>, stepsOnly: boolean, refusals: readonly string[],
 *   link: string|null }} FigureContext
 *   `refusals` are of attributes; `link` opens the same elsewhere
 * @typedef {typeof FIGURE_VIEWS[number]} View
 */

export const FIGURE_VIEWS = /** @type {const} */ ([
  'settings',
  'board',
  'terms',
  'steps',
  'formula',
  'channels',
  'gradients',
  'overlap',
]);

/** @param {Model} model @param {FigureContext} ctx */
export function figure(model, ctx) {
  const { views } = ctx;
  const facts = factsOf(model);
  const has = (/** @type {View} */ view) => views.has(view);
  const reason = (
    /** @type {View} */ view,
    /** @type {string} */ panel,
    /** @type {any} */ draw,
  ) =>
    has(view)
      ? html`<div><h3 class="reason">${t(`panel.${panel}`)}</h3>${draw(model, ctx)}</div>`
      : nothing;
  return frame(
    { name: t(`op.${model.state.op}`), facts, refusals: refusals(model, ctx), link: ctx.link },
    html`${has('settings') ? html`<div part="settings">${controls(model, ctx.dispatch)}</div>` : nothing}
    ${model.waits.result ? waiting('result', model.waits.result, t('wait.result'), ctx) : nothing}
    ${has('board') || has('terms') ? html`<div class="stage">${has('board') ? board(model, ctx) : nothing} ${has('terms') ? terms(model, ctx) : nothing}</div>` : nothing}
    ${has('steps') ? steps(model, ctx.dispatch, { fixed: ctx.stepsOnly }) : nothing}
    ${has('formula') ? formula(model) : nothing} ${reason('channels', 'channels', channels)}
    ${reason('gradients', 'gradient', gradients)} ${reason('overlap', 'overlap', overlap)}`,
  );
}

/** What was refused, unless it stands beside its field. @param {Model} model @param {FigureContext} ctx */
const refusals = (model, ctx) => [
  ...ctx.refusals,
  ...(ctx.views.has('settings') ? [] : model.errors.map((error) => error.message)),
];

/** "2×2 → 5×5", "Kernel size 3×3", "Stride 2" and whatever else is not as usual. @param {Model} model */
function factsOf({ result }) {
  if (!result) return [];
  const { axes, outputShape } = result.geometry;
  const each = (/** @type {(a: import('../model.js').AxisTerms) => number|string} */ of) => {
    const all = axes.map(of);
    return all.every((n) => n === all[0]) ? String(all[0]) : all.join(', ');
  };
  const fact = (/** @type {string} */ field, /** @type {string|number} */ value) =>
    t('element.fact', { field: t(`field.${field}`), value });
  const inputs = result.input.shape[1];
  const outputs = outputShape[1];
  const kernel = formatSize(axes.map((a) => a.kernel));
  const padding = each((a) =>
    a.paddingBegin === a.paddingEnd ? a.paddingBegin : `${a.paddingBegin}:${a.paddingEnd}`,
  );
  const dilation = each((a) => a.dilation);
  const extra = isTransposed(result.request.op) ? each((a) => a.outputPadding) : '0';
  return [
    `${formatSize(axes.map((a) => a.input))} → ${formatSize(axes.map((a) => a.output))}`,
    fact('kernelSize', kernel),
    fact(
      'stride',
      each((a) => a.stride),
    ),
    ...(padding === '0' ? [] : [fact('padding', padding)]),
    ...(dilation === '1' ? [] : [fact('dilation', dilation)]),
    ...(extra === '0' ? [] : [fact('outputPadding', extra)]),
    ...(inputs === 1 ? [] : [fact('inChannels', inputs)]),
    ...(outputs === 1 ? [] : [fact('outChannels', outputs)]),
    ...(result.request.groups === 1 ? [] : [fact('groups', result.request.groups)]),
  ];
}
