// What the current state is called: on a picture, in a link.

import { t } from '../i18n/index.js';

/** The name of the open example, else what is computed. @param {import('../model.js').Model} model with a result */
export function titleOf({ state, result }) {
  if (state.example) return t(`preset.${state.example}`);
  const { geometry } = /** @type {import('../model.js').Result} */ (result);
  const sizes = [geometry.axes.map((a) => a.input), geometry.outputShape.slice(2)];
  return t('title.default', {
    op: t(`op.${state.op}`),
    from: sizes[0].join('×'),
    to: sizes[1].join('×'),
  });
}
