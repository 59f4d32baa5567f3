// Why a layer fails, and what would mend it.

import { html, nothing } from 'lit';
import { t } from '../../i18n/index.js';
import { refusalText } from '../../i18n/refusal.js';
import { writeField } from '../../state/stack/values.js';
import { shapeText } from './counts.js';

/**
 * @typedef {import('../../stack/model.js').StackProblem} StackProblem
 * @typedef {import('../../engine/stack.js').Repair} Repair
 * @typedef {import('../../state/stack/store.js').StackDispatch} Dispatch
 */

/** Repairs that are offered at once. */
const OFFERED = 6;

/** @param {StackProblem} problem */
const reasonOf = ({ refusal, typed }) =>
  refusal
    ? refusalText(refusal)
    : typed
      ? t(`stack.error.${typed.id}`, { field: t(`stack.field.${typed.field}`), text: typed.text })
      : '';

/** @param {StackProblem} problem @param {Dispatch|null} dispatch null: nothing can be mended here */
export const problemText = (problem, dispatch) => html`<div class="problem">
  <p class="alert" role="alert">${t('stack.fails', { n: problem.layer, reason: reasonOf(problem) })}</p>
  ${dispatch ? repairButtons(problem.repairs.slice(0, OFFERED), dispatch) : nothing}
</div>`;

/** @param {readonly Repair[]} repairs @param {Dispatch} dispatch */
export const repairButtons = (repairs, dispatch) =>
  repairs.length
    ? html`<div class="repairs" role="group" aria-label=${t('stack.repairs')}><span>${t('stack.repairs')}</span>
        ${repairs.map((repair) => html`<button type="button" @click=${() => dispatch.repair(repair.layer, repair.changes)}>${repairText(repair)}</button>`)}</div>`
    : nothing;

/** @param {Repair} repair */
const repairText = ({ layer, changes, outputShape }) =>
  t('stack.repair', {
    n: layer,
    change: Object.entries(changes).map(changeText).join(', '),
    shape: shapeText(outputShape),
  });

/** @param {[string, any]} change */
function changeText([key, value]) {
  if (key === 'op') return value;
  if (key === 'skip') return t(`stack.merge.${[value].flat()[0].merge}`);
  return `${t(`stack.field.${key}`)} ${writeField(key, value)}`;
}
