// A request put into the fields of the page. Pure.

import { textsOf } from '../initial.js';
import { isTransposed, methodsOf, spatialAxes } from '../schema.js';
import { readSettings } from '../settings.js';
import { makeTensor, resize } from '../tensors.js';
import { listOf, withRank } from './layout.js';

/**
 * @typedef {import('../store.js').State} State
 * @typedef {import('../schema.js').Op} Op
 * @typedef {import('../settings.js').SettingError} SettingError
 * @typedef {import('./adopt.js').Rounding} Rounding
 */

/**
 * The page with that request in its fields.
 * @param {State} state @param {any} request as requestOfPaste or a diagnosis gives it
 * @param {Rounding} [rounding]
 * @returns {{ state: State } | { problem: SettingError }} the first field that cannot hold it
 */
export function stateOfRequest(state, request, rounding) {
  const op = /** @type {Op} */ (request.op);
  const axes = spatialAxes(op);
  const list = (/** @type {any} */ value, /** @type {number} */ otherwise) =>
    listOf(value, axes, otherwise);
  const transposed = isTransposed(op);
  const groups = request.groups ?? 1;
  const { weight } = request;
  const { kind, begin, end } = paddingFields(request.padding, axes);
  const text = textsOf(
    /** @type {any} */ ({
      op,
      inputSize: request.input.shape.slice(-axes),
      kernelSize: weight.shape.slice(2),
      stride: list(request.stride, 1),
      padding: begin,
      paddingEnd: end,
      dilation: list(request.dilation, 1),
      outputPadding: list(request.outputPadding, 0),
      groups,
      inChannels: transposed ? weight.shape[0] : weight.shape[1] * groups,
      outChannels: transposed ? weight.shape[1] * groups : weight.shape[0],
      batch: request.input.shape.length === axes + 2 ? request.input.shape[0] : 1,
    }),
  );
  const tensor = (
    /** @type {any} */ given,
    /** @type {number} */ rank,
    /** @type {number} */ known,
  ) => ({
    ...makeTensor(/** @type {number[]} */ (withRank(given.shape, rank)), given.data),
    ...(known ? { rounding: known } : {}),
  });
  /** @type {State} */
  const next = {
    ...state,
    op,
    text,
    paddingKind: kind,
    paddingMode: request.paddingMode ?? 'zeros',
    hasBias: Boolean(request.bias),
    flip: request.flipKernel ?? false,
    method: methodsOf(op).includes(state.method) ? state.method : methodsOf(op)[0],
    drafts: {},
    selected: null,
    hovered: null,
    range: null,
    example: null,
    lastField: null,
    slices: {},
    step: null,
    playing: false,
    gradient: null,
  };
  const { errors } = readSettings(next);
  if (errors.length) return { problem: errors[0] };
  const outChannels = Number(text.outChannels[0]);
  return {
    state: {
      ...next,
      input: tensor(request.input, axes + 2, rounding?.input ?? 0),
      weight: tensor(weight, axes + 2, rounding?.weight ?? 0),
      bias: request.bias
        ? tensor(request.bias, 1, rounding?.bias ?? 0)
        : resize(state.bias, [outChannels]),
    },
  };
}

/** @param {any} padding @param {number} axes */
function paddingFields(padding, axes) {
  const none = Array(axes).fill(0);
  if (padding === 'same' || padding === 'valid')
    return {
      kind: /** @type {import('../schema.js').PaddingKind} */ (padding),
      begin: none,
      end: none,
    };
  const pairs = Array.isArray(padding) && Array.isArray(padding[0]);
  const begin = pairs ? padding.map((/** @type {number[]} */ p) => p[0]) : listOf(padding, axes, 0);
  const end = pairs ? padding.map((/** @type {number[]} */ p) => p[1]) : begin;
  const even = begin.every((/** @type {number} */ b, /** @type {number} */ i) => b === end[i]);
  /** @type {import('../schema.js').PaddingKind} */
  const kind = even ? 'each' : 'pairs';
  return { kind, begin, end };
}
