// A state as the attributes of <conv-scope>: the inverse of read.js. What the values say themselves, and what is as it
// is by itself, is left out.

import { fieldOf, isTransposed, methodsOf } from '../schema.js';
import { NUMBERS } from './table.js';

/** @typedef {import('../store.js').State} State */

/** Those that the values of input and kernel say. */
const SAID = ['input-size', 'kernel-size', 'out-channels', 'batch'];

/** @param {State} state every field of which can be read @returns {Record<string, string>} in the order to be written */
export function attributesOf(state) {
  const { op, text, paddingKind, paddingMode, method, step, selected } = state;
  /** @type {Record<string, string>} */
  const attributes = { op, input: valuesText(state.input), kernel: valuesText(state.weight) };
  if (state.hasBias) attributes.bias = Array.from(state.bias.data, String).join(' ');
  for (const [name, key] of Object.entries(NUMBERS)) {
    if (SAID.includes(name) || (key === 'outputPadding' && !isTransposed(op))) continue;
    // Without it, all maps of the input are channels of one sample.
    if (key === 'inChannels' && Number(text.batch[0]) === 1) continue;
    const list = short(text[key]);
    if (key === 'inChannels' || list !== String(fieldOf(key).initial)) attributes[name] = list;
  }
  if (paddingKind === 'pairs')
    attributes.padding = text.padding
      .map((begin, i) => `${begin}:${text.paddingEnd[i]}`)
      .join(', ');
  else if (paddingKind !== 'each') attributes.padding = paddingKind;
  else if (short(text.padding) !== '0') attributes.padding = short(text.padding);
  if (paddingMode !== 'zeros' && !isTransposed(op)) attributes['padding-mode'] = paddingMode;
  if (state.flip) attributes['true-convolution'] = '';
  if (method !== methodsOf(op)[0]) attributes.method = method;
  if (step !== null) attributes.step = String(step);
  else if (selected)
    attributes.selected = `${NAMES[selected.map] ?? selected.map} ${selected.index}`;
  return attributes;
}

/** What a map is called in an attribute, where that differs. @type {Record<string, string>} */
const NAMES = { weight: 'kernel' };

/** One number, or one for each axis. @param {string[]} texts */
const short = (texts) => (texts.every((t) => t === texts[0]) ? texts[0] : texts.join(' '));

/** @param {{ shape: readonly number[], data: ArrayLike<number> }} tensor its first two axes count the maps */
function valuesText({ shape, data }) {
  const spatial = shape.slice(2);
  const marks = ['/', ';', ' '].slice(3 - spatial.length);
  /** @type {(axis: number, from: number) => string} */
  const write = (axis, from) => {
    if (axis === spatial.length) return String(data[from]);
    const size = spatial.slice(axis + 1).reduce((a, b) => a * b, 1);
    const parts = Array.from({ length: spatial[axis] }, (_, i) => write(axis + 1, from + i * size));
    return parts.join(
      marks[axis] === ' ' ? ' ' : `${marks[axis] === '/' ? ' ' : ''}${marks[axis]} `,
    );
  };
  const cells = spatial.reduce((a, b) => a * b, 1);
  const maps = Array.from({ length: shape[0] * shape[1] }, (_, i) => write(0, i * cells));
  return maps.join(' | ');
}
