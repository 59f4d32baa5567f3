// All words of the page come from one catalogue; `t` puts the values in.

import { en } from './en.js';

/** @type {Record<string, string>} */
const words = { ...en };

/** Words of a part of the page that is loaded later. @param {Record<string, string>} more */
export const addWords = (more) => void Object.assign(words, more);

/** @param {string} id @param {Record<string, string|number>} [values] */
export function t(id, values = {}) {
  const text = words[id];
  if (text === undefined) throw new Error(`No message "${id}"`);
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? `{${name}}`));
}

/** "1 zero", "2 zeros": picks `id.one` or `id.other`. @param {string} id @param {number} count @param {Record<string, string|number>} [values] */
export const tn = (id, count, values = {}) =>
  t(`${id}.${Math.abs(count) === 1 ? 'one' : 'other'}`, { n: count, ...values });
