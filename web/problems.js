// What is wrong with a state, as the page says it: next to the field at fault, in the reader's language. Computes nothing.

import { ConvError } from './engine/index.js';
import { t } from './i18n/index.js';
import { refusalText } from './i18n/refusal.js';
import { axisNames, isTransposed, PAGE_LIMITS } from './state/schema.js';
import { fieldAtFault } from './state/settings.js';
import { sizeOf } from './state/tensors.js';

/**
 * @typedef {import('./state/store.js').State} State
 * @typedef {import('./state/schema.js').FieldKey} FieldKey
 * @typedef {import('./model.js').FieldError} FieldError
 * @typedef {import('./model.js').Model} Model
 * @typedef {import('./model.js').Result} Result
 * @typedef {{ errors: () => FieldError[] }} Refused worded when they are shown
 */

/** @param {ConvError} error @param {State} state @returns {Refused} */
export function refused(error, state) {
  const { field = null, axis = null } = fieldAtFault(error.field ?? '', error.axis, state) ?? {};
  return { errors: () => [{ field, axis, message: refusalText(error), torch: error.torch }] };
}

/** @param {unknown} error @returns {null} */
export function nullIfRefused(error) {
  if (error instanceof ConvError) return null;
  throw error;
}

/** @template T @param {() => T} make @returns {T|null} */
export function unlessRefused(make) {
  try {
    return make();
  } catch (error) {
    return nullIfRefused(error);
  }
}

/** @param {State} state @param {import('./state/settings.js').SettingError} e */
export function settingMessage(state, e) {
  return t(`error.${e.id}`, { field: fieldLabel(state, e.field, e.axis), ...e.values });
}

/** "Stride height" @param {State} state @param {FieldKey} field @param {number|null} axis */
function fieldLabel(state, field, axis) {
  const name = axis === null ? '' : t(`axis.${axisNames(state.op)[axis]}`);
  if (field === 'paddingEnd') return t('field.paddingEnd', { axis: name });
  if (field === 'padding' && state.paddingKind === 'pairs')
    return t('field.paddingBegin', { axis: name });
  return axis === null ? t(`field.${field}`) : `${t(`field.${field}`)} ${name}`;
}

/** What the page cannot show, and the argument that asks for most of it. @param {State} state @param {Result['geometry']} geometry */
export function excessOf(state, geometry) {
  const { axes, outputShape } = geometry;
  const transposed = isTransposed(state.op);
  const maps = [
    ['output', sizeOf(outputShape)],
    ['padded', sizeOf(state.input.shape.slice(0, 2)) * sizeOf(axes.map((a) => a.padded))],
    [
      'uncropped',
      transposed ? sizeOf(outputShape.slice(0, 2)) * sizeOf(axes.map((a) => a.uncropped)) : 0,
    ],
  ];
  const worst = maps.find(([, cells]) => Number(cells) > PAGE_LIMITS.cells);
  if (!worst) return null;
  const shares = axes.flatMap((a, axis) => [
    { field: 'inputSize', axis, share: a.input },
    { field: 'padding', axis, share: Math.max(a.paddingBegin, a.paddingEnd) },
    { field: 'stride', axis, share: transposed ? (a.input - 1) * (a.stride - 1) : 0 },
    { field: 'dilation', axis, share: (a.kernel - 1) * (a.dilation - 1) },
  ]);
  const { field, axis } = shares.reduce((a, b) => (b.share > a.share ? b : a));
  return { field: /** @type {FieldKey} */ (field), axis, map: worst[0], cells: Number(worst[1]) };
}

/** @param {State} state @param {NonNullable<ReturnType<typeof excessOf>>} excess @returns {FieldError} */
export const tooLarge = (state, { field, axis, map, cells }) => ({
  ...{ field, axis },
  message: t('error.pageLimit', {
    field: fieldLabel(state, field, axis),
    map: t(`mapName.${map}`),
    cells,
    max: PAGE_LIMITS.cells,
  }),
});

/** @param {State} state @returns {Model['draftErrors']} */
export function draftMessages(state) {
  const first = (/** @type {string} */ key) =>
    Object.entries(state.drafts).find(([k]) => k.startsWith(`${key}:`))?.[1];
  const message = (/** @type {string} */ key) => {
    const text = first(key);
    if (text === undefined) return null;
    return t(/^\s*[+-]?\d+,\d+\s*$/.test(text) ? 'error.cellComma' : 'error.cell', {
      text,
      point: text.replace(',', '.'),
    });
  };
  return { input: message('input'), weight: message('weight'), bias: message('bias') };
}
