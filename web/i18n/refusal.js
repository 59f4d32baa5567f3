// What is refused, in the language of the page. Whoever refuses says it in English and tells the sentence's template and the
// values in it; a language words the template anew, and those values that are words.

import { refusalWords, t } from './index.js';
import { put, wordValues } from './wording.js';

/**
 * @typedef {{ message: string, template?: string, values?: readonly string[], code?: string }} Sentence as of a ConvError
 * @typedef {Sentence | { id: string, values: Record<string, string|number> }} Refusal the latter in words of the page
 */

/** Where in a text something is at fault: the beginning of every refusal of a text. */
const PLACE = 'Line {0}, column {1}: ';

/** @param {Refusal} refusal @returns {string} in English where the language has no words for it */
export function refusalText(refusal) {
  if ('id' in refusal) return t(refusal.id, refusal.values);
  const { message, template = '', values = [] } = refusal;
  const words = refusalWords();
  if (!words) return message;
  const { place, rest } = apart(template);
  const sentence = words.sentences[rest];
  if (sentence === undefined) return message;
  const own = wordValues(rest, values.slice(place), words.values);
  return (place ? put(words.sentences[PLACE], values) : '') + put(sentence, own);
}

/**
 * The template without the place, its placeholders counted from 0 again.
 * @param {string} template @returns {{ place: 0|2, rest: string }} `place`: how many values belong to the place
 */
export function apart(template) {
  if (!template.startsWith(PLACE)) return { place: 0, rest: template };
  const rest = template.slice(PLACE.length).replace(/\{(\d+)\}/g, (_, n) => `{${Number(n) - 2}}`);
  return { place: 2, rest };
}
