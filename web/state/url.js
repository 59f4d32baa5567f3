// The whole state as the text after "#" and back. Version 1: plain keys, numbers separated by commas; version 2 is
// version 1 packed. Unknown keys are ignored; whatever cannot be read is reported and the default stands.

import { makeState } from './initial.js';
import { isPacked, unpackLink } from './packed.js';
import {
  FIELDS,
  methodsOf,
  OPS,
  PADDING_KINDS,
  PADDING_MODES,
  PANELS,
  spatialAxes,
} from './schema.js';
import { channelsSplit, isUsed, readSettings, shapesOf } from './settings.js';
import { readNumber, sizeOf } from './tensors.js';

/** @typedef {import('./store.js').State} State */

const VERSION = '1';
const TENSORS = /** @type {const} */ ([
  ['x', 'input'],
  ['w', 'weight'],
  ['b', 'bias'],
]);

/** @param {State} state @returns {string} begins "v=1&" */
export function writeLink(state) {
  const parts = [`v=${VERSION}`, `op=${state.op}`];
  for (const field of FIELDS) {
    const texts = state.text[field.key];
    if (!isUsed(state, field)) continue;
    if (field.key !== 'paddingEnd' && texts.every((t) => t === String(field.initial))) continue;
    const list = texts.every((t) => t === texts[0]) ? [texts[0]] : texts;
    parts.push(`${field.url}=${list.map(encodeURIComponent).join(',')}`);
  }
  if (state.paddingKind !== 'each') parts.push(`pk=${state.paddingKind}`);
  if (state.paddingMode !== 'zeros') parts.push(`pm=${state.paddingMode}`);
  if (state.method !== methodsOf(state.op)[0]) parts.push(`m=${state.method}`);
  for (const [key, name] of TENSORS) {
    if (name === 'bias' && !state.hasBias) continue;
    parts.push(`${key}=${Array.from(state[name].data, numberText).join(',')}`);
  }
  if (state.tint) parts.push('tint=1');
  if (state.flip) parts.push('flip=1');
  if (state.palette === 'grey') parts.push('pal=grey');
  if (state.panel !== 'size') parts.push(`pn=${state.panel}`);
  if (state.step !== null) parts.push(`t=${state.step}`);
  if (state.selected) parts.push(`sel=${state.selected.map}:${state.selected.index}`);
  return parts.join('&');
}

/** A "+" would come back as a blank. @param {number} value */
const numberText = (value) => (Object.is(value, -0) ? '0' : String(value).replace('+', ''));

/** As above, or of a link from before, with "e+21". @param {string} text */
const readLinked = (text) => (text === '' ? null : readNumber(text.replace(/e /i, 'e+')));

/** The text of a link, unpacked. @param {string} hash with or without "#" @returns {string|null} null where it is mangled */
function linkText(hash) {
  const link = hash.replace(/^#/, '');
  return isPacked(link) ? unpackLink(link) : link;
}

/** The text of a link to a stack of layers; null for any other. @param {string} hash */
export function stackText(hash) {
  const text = linkText(hash);
  return text !== null && new URLSearchParams(text).has('stack') ? text : null;
}

/**
 * @param {string} hash with or without "#"
 * @returns {{ state: State } | { problem: 'mangled'|'version'|'values'|'settings' } | null} null when there is no link
 */
export function readLink(hash) {
  const text = linkText(hash);
  if (text === '') return null;
  if (text === null) return { problem: 'mangled' };
  const params = new URLSearchParams(text);
  if (params.get('v') !== VERSION) return { problem: 'version' };
  const op = OPS.find((o) => o === params.get('op'));
  if (!op) return { problem: 'settings' };
  /** @type {any} */
  const config = { op };
  for (const field of FIELDS) {
    const given = params.get(field.url);
    if (given === null) continue;
    const list = given.split(',').map((t) => t.slice(0, 24));
    const count = field.perAxis ? spatialAxes(op) : 1;
    if (list.length !== 1 && list.length !== count) return { problem: 'settings' };
    config[field.key] = list.length === count ? list : Array(count).fill(list[0]);
  }
  config.paddingKind = PADDING_KINDS.find((k) => k === params.get('pk'));
  config.paddingMode = PADDING_MODES.find((k) => k === params.get('pm'));
  config.method = methodsOf(op).find((k) => k === params.get('m'));
  const { values, errors } = readSettings(makeState(config));
  if (errors.length || !channelsSplit(values)) return { problem: 'settings' };
  const shapes = shapesOf(op, values);
  for (const [key, name] of TENSORS) {
    const given = params.get(key);
    if (given === null) continue;
    const numbers = given.split(',').map(readLinked);
    if (numbers.length !== sizeOf(shapes[name]) || numbers.some((n) => n === null))
      return { problem: 'values' };
    config[name] = numbers;
  }
  config.panel = PANELS.find((p) => p === params.get('pn'));
  if (params.get('tint') === '1') config.tint = true;
  if (params.get('flip') === '1') config.flip = true;
  if (params.get('pal') === 'grey') config.palette = 'grey';
  const step = params.get('t');
  if (step !== null && /^\d{1,7}$/.test(step)) config.step = Number(step);
  const state = makeState(config);
  return { state: { ...state, selected: readProbe(params.get('sel'), state) } };
}

/** @param {string|null} text @param {State} state @returns {import('./store.js').Probe|null} */
function readProbe(text, state) {
  const match = /^(input|weight|output):(\d{1,7})$/.exec(text ?? '');
  if (!match) return null;
  const map = /** @type {'input'|'weight'|'output'} */ (match[1]);
  const index = Number(match[2]);
  return map === 'output' || index < state[map].data.length ? { map, index } : null;
}
