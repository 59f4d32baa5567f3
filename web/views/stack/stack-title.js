// What a stack is called: above a figure, in a link.

import { t, tn } from '../../i18n/index.js';
import { shapeText } from './counts.js';

/** The preset that it is, else how many layers. @param {import('../../state/stack/store.js').StackState} state */
export const stackName = ({ example, layers }) =>
  example ? t(`stack.preset.${example}`) : tn('stack.name', layers.length);

/** "1×100×1×1 → 1×3×64×64" @param {import('../../engine/stack.js').Stack} result */
export const shapesText = ({ inputShape, layers }) =>
  `${shapeText(inputShape)} → ${shapeText(layers.at(-1)?.outputShape ?? inputShape)}`;

/** @param {import('../../stack/model.js').StackModel} model */
export const stackTitle = ({ state, result }) =>
  result
    ? t('stack.title', { name: stackName(state), shapes: shapesText(result) })
    : stackName(state);
