// The layers of the editor: what is typed, by layer, and the same as the engine's layers. Layers name each other by
// ids, which stay when layers move.

import { familyOf, fieldsOf, initialOf, isStackOp } from './kinds.js';
import { readField, writeField } from './values.js';

/**
 * @typedef {import('../../engine/stack.js').StackLayer} StackLayer
 * @typedef {import('./kinds.js').StackOp} StackOp
 * @typedef {{ from: number, merge: 'add'|'concat' }} EditSkip `from` is an id
 * @typedef {object} EditLayer
 * @property {number} id above 0
 * @property {StackOp} op
 * @property {string} name
 * @property {Readonly<Record<string, string>>} text what is typed, by argument; nothing for what is left out
 * @property {number|null} from the layer whose output is the input; null: the one before
 * @property {readonly EditSkip[]} skips
 */
/** @typedef {{ layer: number, field: string, id: string, text: string }} FieldProblem */

/** Stands for the stack's input where an id is asked for. */
export const INPUT = 0;

/** @param {readonly EditLayer[]} layers @param {number} id @returns {number} −1 for the stack's input */
const placeOf = (layers, id) => (id === INPUT ? -1 : layers.findIndex((layer) => layer.id === id));

/**
 * As the engine takes them, up to the first whose arguments cannot be read.
 * @param {readonly EditLayer[]} layers
 * @returns {{ layers: StackLayer[], problem: FieldProblem|null }}
 */
export function readLayers(layers) {
  /** @type {StackLayer[]} */
  const read = [];
  for (const layer of layers) {
    /** @type {any} */
    const one = { op: layer.op };
    if (layer.name) one.name = layer.name;
    for (const key of fieldsOf(layer.op)) {
      const text = layer.text[key] ?? '';
      const field = readField(key, text);
      if ('id' in field)
        return { layers: read, problem: { layer: read.length, field: key, id: field.id, text } };
      if (field.value !== undefined) one[key] = field.value;
    }
    if (layer.from !== null) one.from = placeOf(layers, layer.from);
    if (layer.skips.length)
      one.skip = layer.skips.map(({ from, merge }) => ({ from: placeOf(layers, from), merge }));
    read.push(one);
  }
  return { layers: read, problem: null };
}

/**
 * The engine's layers as those of the editor; arguments at their initial value are left out.
 * @param {readonly StackLayer[]} layers @param {number} firstId @returns {EditLayer[]}
 */
export const writeLayers = (layers, firstId) =>
  layers.map((layer, index) => {
    const id = (/** @type {number} */ place) => (place < 0 ? INPUT : firstId + place);
    return {
      id: firstId + index,
      op: layer.op,
      name: layer.name ?? '',
      text: writeChanges(layer.op, layer),
      from: layer.from === undefined || layer.from === index - 1 ? null : id(layer.from),
      skips: writeSkips(layer.skip, id),
    };
  });

/** @param {StackLayer['skip']} skip @param {(place: number) => number} id of the layer at a place @returns {EditSkip[]} */
export const writeSkips = (skip, id) =>
  skip === undefined ? [] : [skip].flat().map(({ from, merge }) => ({ from: id(from), merge }));

/** Arguments of the engine's as texts; at their initial value, empty ones. @param {StackOp} op @param {Partial<StackLayer>} changes */
export function writeChanges(op, changes) {
  /** @type {Record<string, string>} */
  const text = {};
  for (const key of fieldsOf(op)) {
    const value = /** @type {any} */ (changes)[key];
    if (value === undefined) continue;
    const written = writeField(key, value);
    if (written !== initialOf(op, key)) text[key] = written;
  }
  return text;
}

/** Of an operation, with what each needs so that it works on most inputs. @type {Record<string, Record<string, string>>} */
const USUAL = {
  conv: { outChannels: '16', kernelSize: '3', padding: '1' },
  conv_transpose: { outChannels: '16', kernelSize: '4', stride: '2', padding: '1' },
  max_pool: { kernelSize: '2' },
  avg_pool: { kernelSize: '2' },
  adaptive_avg_pool: { outputSize: '1' },
  adaptive_max_pool: { outputSize: '1' },
  upsample: { scaleFactor: '2' },
  pixel_shuffle: { upscaleFactor: '2' },
  pixel_unshuffle: { downscaleFactor: '2' },
  pad: { padding: '1' },
  linear: { outFeatures: '10' },
  group_norm: { numGroups: '1' },
};

/**
 * Another operation in that layer's place: what it takes too is kept, what it needs is there.
 * @param {EditLayer} layer @param {string} op @returns {EditLayer}
 */
export function withOp(layer, op) {
  if (!isStackOp(op)) return layer;
  const usual = USUAL[op.replace(/\dd$/, '')] ?? {};
  const kept = fieldsOf(op).filter((key) => layer.text[key] !== undefined);
  const text = Object.fromEntries(kept.map((key) => [key, layer.text[key]]));
  const needs = familyOf(op).main.filter((key) => initialOf(op, key) === '' && usual[key]);
  // What a field of its own would say anew only where nothing of the kind was typed.
  const fresh = kept.length === 0 ? usual : Object.fromEntries(needs.map((k) => [k, usual[k]]));
  return { ...layer, op, text: { ...fresh, ...text } };
}
