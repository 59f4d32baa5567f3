// What the engine finds when it compares and diagnoses, in the language of the page. It says it in English, in sentences of
// which some hold one or two clauses ("The numbers agree if … and …."); a language has all of them.

import { findingWords } from './index.js';
import { wordText } from './wording.js';

/** @param {string} english one or more sentences @returns {string} as it is where the language lacks words for a part of it */
export function findingText(english) {
  const words = findingWords();
  if (!words || !english) return english;
  const found = english.split(/(?<=\.) (?=[A-Z0-9])/).map((one) => sentenceText(one, words));
  return found.includes(null) ? english : found.join('');
}

/** @typedef {NonNullable<ReturnType<typeof findingWords>>} Words */

/** @param {string} english @param {Words} words @returns {string|null} */
function sentenceText(english, words) {
  const [, opening, clauses] = /^(.* if )(.*)\.$/s.exec(english) ?? [];
  const sentence = opening && words.sentences[`${opening}{0}.`];
  if (!sentence) return wordText(english, words.sentences, words.values);
  const list = clauseTexts(clauses, words);
  return list && sentence.replace('{0}', list.join(words.and));
}

/** One clause, or two with "and" between them; there may be an "and" within each. @param {string} english @param {Words} words @returns {string[]|null} */
function clauseTexts(english, words) {
  const one = wordText(english, words.clauses, words.values);
  for (const { index } of english.matchAll(
    / and (?=the |a |everything |input |all |every |only )/g,
  )) {
    const first = wordText(english.slice(0, index), words.clauses, words.values);
    const second = wordText(english.slice(index + 5), words.clauses, words.values);
    if (first && second) return [first, second];
  }
  return one === null ? null : [one];
}
