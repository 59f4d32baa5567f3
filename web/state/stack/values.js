// The arguments of layers between what is typed ("3", "3x5", "1/2x0/0", "same") and what the engine takes. Nothing
// here judges a value: that is the engine's.

import { readWhole } from '../settings.js';
import { STACK_FIELDS } from './kinds.js';

/** @typedef {import('./kinds.js').FieldKind} FieldKind */
/** @typedef {{ value: unknown } | { id: 'notWholes'|'notNumber'|'notPadding'|'notSizes' }} ReadField */

/** Between axes; a link has "x". */
const AXES = /\s*[x×*,;]\s*|\s+/;
/** An axis of an output size that keeps the input's. */
const KEPT = /^(?:none|null|_|-)$/i;

const whole = (/** @type {string} */ text) => {
  const read = readWhole(text);
  return 'value' in read ? read.value : null;
};
const real = (/** @type {string} */ text) =>
  /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : null;
const pair = (/** @type {string} */ text) => {
  const ends = text.split('/').map(whole);
  return ends.length === 2 && !ends.includes(null) ? ends : null;
};

/** @template T @param {(T|null)[]} list @param {Extract<ReadField, { id: string }>['id']} id @param {boolean} [asList] @returns {ReadField} */
const all = (list, id, asList = false) =>
  list.includes(null) ? { id } : { value: list.length === 1 && !asList ? list[0] : list };

/**
 * What is typed into a field; an empty one has no value.
 * @param {string} key @param {string} typed @returns {ReadField}
 */
export function readField(key, typed) {
  const text = typed.trim().replace(/^[([]\s*|\s*[)\]]$/g, '');
  const { kind } = STACK_FIELDS[key];
  if (text === '') return { value: undefined };
  const parts = text.split(AXES);
  if (kind === 'flag') return { value: text === '1' };
  if (kind === 'choice') return { value: text };
  if (kind === 'real' || kind === 'reals') return all(parts.map(real), 'notNumber');
  if (kind === 'list') return all(parts.map(whole), 'notWholes', true);
  if (kind === 'sizes') {
    const sizes = parts.map((p) => (KEPT.test(p) ? 'kept' : whole(p)));
    const read = all(sizes, 'notSizes');
    if ('id' in read) return read;
    const kept = sizes.map((s) => (s === 'kept' ? null : s));
    return { value: kept.length === 1 ? kept[0] : kept };
  }
  if (kind === 'padding') {
    if (/^[a-z]+$/i.test(text)) return { value: text };
    if (text.includes('/')) return all(parts.map(pair), 'notPadding', true);
    return all(parts.map(whole), 'notPadding');
  }
  const read = all(parts.map(whole), 'notWholes');
  return kind === 'whole' && 'value' in read && Array.isArray(read.value)
    ? { id: 'notWholes' }
    : read;
}

/** A value of the engine's as it would be typed. @param {string} key @param {unknown} value @returns {string} */
export function writeField(key, value) {
  if (value === undefined) return '';
  if (value === null) return '_';
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (!Array.isArray(value)) return String(value);
  if (value.some(Array.isArray)) return value.map((ends) => ends.join('/')).join('x');
  const isAlike = STACK_FIELDS[key].kind !== 'list' && value.every((v) => v === value[0]);
  return isAlike ? writeField(key, value[0]) : value.map((v) => writeField(key, v)).join('x');
}

/** The shape that is typed for the input. @param {string} text @returns {number[]|null} */
export function readShape(text) {
  const clean = text.trim().replace(/^(?:torch\.Size\()?[([]\s*|\s*[)\]]+$/g, '');
  if (!clean) return null;
  const sizes = clean.split(AXES).filter(Boolean).map(whole);
  return sizes.includes(null) || !sizes.length ? null : /** @type {number[]} */ (sizes);
}
