// What a step has just done, in one sentence.

import { t } from '../i18n/index.js';
import { probeAt } from '../state/steps.js';
import { formatAlone, placeText } from './format.js';

/** What the current step has just done. @param {import('../model.js').Model} model */
export function sentence(model) {
  const { progress, result } = /** @type {any} */ (model);
  const { plan, at, total } = /** @type {import('../state/steps.js').Progress} */ (progress);
  if (at === 0) return t('stepper.start');
  if (at === total) return t(plan.crop ? 'stepper.crop' : 'stepper.all');
  const probe = probeAt(plan, at);
  if (!probe) return t('stepper.map', { map: t(`map.${plan.stages[at - 1]}`) });
  const tensor = probe.map === 'output' ? result.maps.output : result.input;
  return t(`stepper.${probe.map}`, {
    place: placeText(tensor.shape, probe.index),
    value: formatAlone(tensor.data[probe.index]),
  });
}
