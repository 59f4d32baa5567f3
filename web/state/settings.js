// From the texts in the fields to numbers, shapes and the request for the engine. What is typed is
// never changed here: a text that cannot be read becomes an error beside its field.

import { axisNames, FIELDS, isTransposed, PAGE_LIMITS, spatialAxes } from './schema.js';

/**
 * @typedef {import('./schema.js').FieldKey} FieldKey
 * @typedef {import('./schema.js').Field} Field
 * @typedef {import('./store.js').State} State
 * @typedef {Record<FieldKey, number[]>} Values
 * @typedef {{ field: FieldKey, axis: number|null, id: string, values: Record<string, string|number> }} SettingError
 */

/** Whether a field takes part for this state. @param {State} state @param {Field} field */
export function isUsed(state, field) {
  if (field.transposedOnly && !isTransposed(state.op)) return false;
  if (field.key === 'padding') return state.paddingKind === 'each' || state.paddingKind === 'pairs';
  if (field.key === 'paddingEnd') return state.paddingKind === 'pairs';
  return true;
}

/**
 * One whole number as typed ("1e3" is one). @param {string} text
 * @returns {{ value: number } | { id: 'empty'|'notNumber'|'notWhole' }}
 */
export function readWhole(text) {
  const clean = text.trim().replace(/[\u2212\u2013]/g, '-');
  if (clean === '') return { id: 'empty' };
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(clean) ? Number(clean) : Number.NaN;
  if (Number.isNaN(value)) return { id: 'notNumber' };
  return Number.isInteger(value) ? { value } : { id: 'notWhole' };
}

/** Sizes that make tensors must be at least 1 here; the engine judges everything else. */
const SIZES = new Set(['inputSize', 'kernelSize', 'inChannels', 'outChannels', 'batch']);

/** Where a text is refused, `values` holds the field's initial value. @param {State} state @returns {{ values: Values, errors: SettingError[] }} */
export function readSettings(state) {
  const axes = spatialAxes(state.op);
  /** @type {Values} */
  const values = /** @type {any} */ ({});
  /** @type {SettingError[]} */
  const errors = [];
  for (const field of FIELDS) {
    const count = field.perAxis ? axes : 1;
    values[field.key] = [];
    for (let axis = 0; axis < count; axis++) {
      if (!isUsed(state, field)) {
        values[field.key].push(field.initial);
        continue;
      }
      const text = state.text[field.key][axis] ?? '';
      const read = readWhole(text);
      const where = { field: field.key, axis: field.perAxis ? axis : null };
      /** @type {Pick<SettingError, 'id'|'values'>|null} */
      const problem =
        'id' in read
          ? { id: read.id, values: { text } }
          : read.value > field.max
            ? { id: 'overLimit', values: { value: read.value, max: field.max } }
            : SIZES.has(field.key) && read.value < 1
              ? { id: 'sizeBelowOne', values: { value: read.value } }
              : null;
      if (problem) errors.push({ ...where, ...problem });
      values[field.key].push('value' in read && !problem ? read.value : field.initial);
    }
  }
  if (!errors.length) {
    const cells =
      values.batch[0] * values.inChannels[0] * values.inputSize.reduce((a, b) => a * b, 1);
    if (cells > PAGE_LIMITS.cells)
      errors.push({
        field: 'inputSize',
        axis: 0,
        id: 'inputOverPage',
        values: { cells, max: PAGE_LIMITS.cells },
      });
    const maps = (values.inChannels[0] * values.outChannels[0]) / Math.max(1, values.groups[0]);
    if (maps > PAGE_LIMITS.kernels) {
      errors.push({
        field: 'outChannels',
        axis: null,
        id: 'tooManyKernels',
        values: { count: maps, max: PAGE_LIMITS.kernels },
      });
    }
  }
  return { values, errors };
}

/** Whether the channels can be split: only then the weight has a shape. @param {Values} v */
export const channelsSplit = (v) =>
  v.groups[0] >= 1 && v.inChannels[0] % v.groups[0] === 0 && v.outChannels[0] % v.groups[0] === 0;

/** Shapes of the tensors for these settings, in PyTorch's layouts. @param {import('./schema.js').Op} op @param {Values} v */
export function shapesOf(op, v) {
  const [inC, outC, g] = [v.inChannels[0], v.outChannels[0], v.groups[0]];
  const channels = isTransposed(op) ? [inC, outC / g] : [outC, inC / g];
  return {
    input: [v.batch[0], inC, ...v.inputSize],
    weight: [...channels, ...v.kernelSize],
    bias: [outC],
  };
}

/** The request as the engine takes it. @param {State} state @param {Values} v @returns {any} */
export function requestOf(state, v) {
  const request = {
    op: state.op,
    input: { shape: state.input.shape, data: state.input.data },
    weight: channelsSplit(v) ? { shape: state.weight.shape, data: state.weight.data } : undefined,
    bias: state.hasBias ? { shape: state.bias.shape, data: state.bias.data } : null,
    inChannels: v.inChannels[0],
    outChannels: v.outChannels[0],
    kernelSize: v.kernelSize,
    stride: v.stride,
    padding: paddingOf(state, v),
    dilation: v.dilation,
    groups: v.groups[0],
    paddingMode: state.paddingMode,
    flipKernel: state.flip,
  };
  return isTransposed(state.op) ? { ...request, outputPadding: v.outputPadding } : request;
}

/** @param {State} state @param {Values} v */
function paddingOf(state, v) {
  if (state.paddingKind === 'same' || state.paddingKind === 'valid') return state.paddingKind;
  if (state.paddingKind === 'pairs')
    return v.padding.map((begin, axis) => [begin, v.paddingEnd[axis]]);
  return v.padding;
}

/**
 * The field of the page that an engine's refusal is about; null when the page has none.
 * @param {string} errorField the engine's name @param {number|null|undefined} axis @param {State} state
 * @returns {{ field: FieldKey|'paddingKind'|'paddingMode', axis: number|null } | null}
 */
export function fieldAtFault(errorField, axis, state) {
  if (errorField === 'paddingMode') return { field: 'paddingMode', axis: null };
  const field = FIELDS.find((f) => f.errorFields.includes(errorField));
  if (!field) return null;
  // Channels and groups refuse each other; the one just typed is the one to mend.
  const together = ['groups', 'inChannels', 'outChannels'];
  if (state.lastField === 'groups' && together.includes(field.key))
    return { field: 'groups', axis: null };
  if (!isUsed(state, field))
    return field.key === 'padding' ? { field: 'paddingKind', axis: null } : null;
  const last = axisNames(state.op).length - 1;
  return { field: field.key, axis: field.perAxis ? Math.min(axis ?? 0, last) : null };
}
