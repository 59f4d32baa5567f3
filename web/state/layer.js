// The layer that a state describes, in plain numbers per axis: what scripts, files and translations are
// written from. Reads the fields only; computes no tensor.

import { isTransposed, spatialAxes } from './schema.js';
import { channelsSplit, readSettings } from './settings.js';

/**
 * @typedef {object} Layer all lists have one entry per spatial axis, outermost first
 * @property {import('./schema.js').Op} op
 * @property {boolean} transposed
 * @property {number} spatial 1, 2 or 3
 * @property {number} batch
 * @property {number} inChannels
 * @property {number} outChannels
 * @property {number} groups
 * @property {number[]} inputSize
 * @property {number[]} kernelSize
 * @property {number[]} stride
 * @property {number[]} dilation
 * @property {number[]} begin padding before the first cell; below 0 it crops (and a transposed convolution grows)
 * @property {number[]} end padding after the last cell, output padding not counted
 * @property {number[]} outputPadding 0 for a convolution
 * @property {'same'|'valid'|null} named the padding's name in PyTorch, where it was given by name
 * @property {import('./schema.js').PaddingMode} paddingMode
 * @property {boolean} hasBias
 * @property {boolean} flip the kernel is turned by 180 degrees before use (true convolution)
 */

/**
 * @param {import('./store.js').State} state
 * @returns {Layer|null} null while a field cannot be read or the groups do not divide the channels
 */
export function layerOf(state) {
  const { values: v, errors } = readSettings(state);
  if (errors.length || !channelsSplit(v)) return null;
  const { begin, end } = paddingOf(state, v);
  const named = state.paddingKind === 'same' || state.paddingKind === 'valid';
  return {
    op: state.op,
    transposed: isTransposed(state.op),
    spatial: spatialAxes(state.op),
    batch: v.batch[0],
    inChannels: v.inChannels[0],
    outChannels: v.outChannels[0],
    groups: v.groups[0],
    inputSize: v.inputSize,
    kernelSize: v.kernelSize,
    stride: v.stride,
    dilation: v.dilation,
    begin,
    end,
    outputPadding: v.outputPadding,
    named: named ? /** @type {'same'|'valid'} */ (state.paddingKind) : null,
    paddingMode: state.paddingMode,
    hasBias: state.hasBias,
    flip: state.flip,
  };
}

/** @param {import('./store.js').State} state @param {import('./settings.js').Values} v */
function paddingOf(state, v) {
  const { paddingKind } = state;
  if (paddingKind === 'pairs') return { begin: v.padding, end: v.paddingEnd };
  if (paddingKind === 'each') return { begin: v.padding, end: v.padding };
  if (paddingKind === 'valid')
    return { begin: v.padding.map(() => 0), end: v.padding.map(() => 0) };
  // 'same': PyTorch puts the odd one at the end
  const total = reach(v);
  return {
    begin: total.map((n) => Math.floor(n / 2)),
    end: total.map((n) => n - Math.floor(n / 2)),
  };
}

/** How far the kernel reaches beyond its first cell, d(k - 1), per axis. @param {{ dilation: number[], kernelSize: number[] }} layer */
export const reach = ({ dilation, kernelSize }) => dilation.map((d, i) => d * (kernelSize[i] - 1));

/** Whether begin and end are padded alike. @param {Layer} layer */
export const isEven = ({ begin, end }) => begin.every((b, i) => b === end[i]);

/** Whether anything is padded or cropped at all. @param {Layer} layer */
export const isPadded = ({ begin, end }) => [...begin, ...end].some((n) => n !== 0);

/**
 * A transposed convolution in the terms that all frameworks take: crops of at least 0, and output padding
 * below the stride. Where the layer asks for more, zeros around the input make the output longer by s each,
 * and a larger crop takes back what is too much. Axes that need none of it stay as they are.
 * @param {Layer} layer
 * @returns {{ zerosBegin: number[], zerosEnd: number[], begin: number[], end: number[], outputPadding: number[] }}
 */
export function plainTransposed({ stride, begin, end, outputPadding }) {
  const plain = end.map((n, i) => n >= 0 && outputPadding[i] < stride[i]);
  const crop = end.map((n, i) => (plain[i] ? n : n - outputPadding[i]));
  const zeros = (/** @type {number[]} */ list) =>
    list.map((n, i) => (n < 0 ? Math.ceil(-n / stride[i]) : 0));
  const [zerosBegin, zerosEnd] = [zeros(begin), zeros(crop)];
  return {
    zerosBegin,
    zerosEnd,
    begin: begin.map((n, i) => n + zerosBegin[i] * stride[i]),
    end: crop.map((n, i) => n + zerosEnd[i] * stride[i]),
    outputPadding: outputPadding.map((n, i) => (plain[i] ? n : 0)),
  };
}

/** Whether a padding crops: a number below 0. @param {Layer} layer */
export const isCropped = ({ begin, end }) => [...begin, ...end].some((n) => n < 0);
