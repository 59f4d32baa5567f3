// A figure of a stack within a page of somebody else: the chosen views.

import { html, nothing } from 'lit';
import { t } from '../../i18n/index.js';
import { refusalText } from '../../i18n/refusal.js';
import { frame } from '../frame.js';
import { countText } from './counts.js';
import { layerTable } from './layers.js';
import { seenPanel } from './seen.js';
import { solverPanel } from './solver.js';
import { shapeField } from './stack-bar.js';
import { shapesText, stackName } from './stack-title.js';
import { valuesPanel } from './values.js';

/**
 * @typedef {import('../../stack/model.js').StackModel} StackModel
 * @typedef {typeof STACK_VIEWS[number]} StackView
 * @typedef {import('../waiting.js').WaitContext & { dispatch: import('../../state/stack/store.js').StackDispatch, views: ReadonlySet<StackView>, readonly: boolean,
 *   refusals: readonly string[], link: string|null, flowing: import('./values.js').Context['flowing'] }} StackFigureContext
 */

export const STACK_VIEWS = /** @type {const} */ ([
  ...['settings', 'layers', 'field', 'overlap', 'values', 'solver'],
]);

/** Two of them beside each other in a column of text. */
const MAPS = { side: 300, readable: 10 };
const VALUES = { side: 150, readable: 6 };
const ANSWERS = 8;

/** @param {StackModel} model @param {StackFigureContext} ctx */
export function stackFigure(model, { dispatch, views, readonly, refusals, link, ...waits }) {
  const { state, inputRefusal } = model;
  const edits = views.has('settings') ? 'all' : readonly ? 'none' : 'repairs';
  const maps = { ...MAPS, field: views.has('field'), overlap: views.has('overlap') };
  const beside = edits === 'all' || !inputRefusal ? [] : [refusalText(inputRefusal)];
  return frame(
    {
      name: stackName(state),
      facts: factsOf(model),
      refusals: [...refusals, ...beside],
      link,
    },
    html`<div class="stack">
      ${edits === 'all' ? html`<div class="settings" part="settings" role="group" aria-label=${t('stack.settings')}>${shapeField(model, dispatch)}</div>` : nothing}
      ${views.has('layers') || edits === 'all' ? html`<section class="card" part="layers" aria-label=${t('stack.layers')}>${layerTable(model, { dispatch, edits })}</section>` : nothing}
      ${maps.field || maps.overlap ? html`<section class="card stack-panel" part=${['field', 'overlap'].filter((view) => views.has(/** @type {StackView} */ (view))).join(' ')} aria-label=${t('stack.panel.field')}>${seenPanel(model, { dispatch, maps })}</section>` : nothing}
      ${views.has('values') ? html`<section class="card stack-panel" part="values" aria-label=${t('stack.panel.values')}>${valuesPanel(model, { dispatch, ...waits, values: VALUES, alone: !views.has('layers') && edits !== 'all' })}</section>` : nothing}
      ${views.has('solver') ? html`<section class="card stack-panel" part="solver" aria-label=${t('stack.panel.solve')}>${solverPanel(model, { dispatch, readonly, most: ANSWERS })}</section>` : nothing}
    </div>`,
  );
}

/** "1×100×1×1 → 1×3×64×64", "3,576,704 parameters", and where it stops. @param {StackModel} model */
function factsOf({ result, problem }) {
  if (!result) return [];
  return [
    shapesText(result),
    t('stack.parameters', { n: countText(result.totals.parameters) }),
    ...(problem ? [t('stack.failsAt', { n: problem.layer })] : []),
  ];
}
