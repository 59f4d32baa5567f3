// English that the engine composed, in another language: by its template and values, or by finding the template again.
// A dictionary maps English texts with {0}, {1} … to texts of the language with the same.

/** @typedef {Record<string, string>} Dictionary */

/** @param {string} text @param {readonly string[]} values */
export const put = (text, values) => text.replace(/\{(\d+)\}/g, (_, n) => values[Number(n)] ?? '');

/**
 * The values of a template as the language says them. One in quotes is what somebody typed, or a name, and stays.
 * @param {string} template @param {readonly string[]} values @param {Dictionary} words
 */
export function wordValues(template, values, words) {
  const quoted = new Set([...template.matchAll(/["'`“]\.?\{(\d+)\}/g)].map(([, n]) => Number(n)));
  return values.map((value, n) => (quoted.has(n) ? value : (wordText(value, words) ?? value)));
}

/**
 * A text as a dictionary words it, the values in it too.
 * @param {string} text @param {Dictionary} dictionary @param {Dictionary} [words] for the values
 * @returns {string|null} null where it has none of the kind
 */
export function wordText(text, dictionary, words = dictionary) {
  if (Object.hasOwn(dictionary, text)) return dictionary[text];
  for (const { english, pattern } of patternsOf(dictionary)) {
    const found = pattern.exec(text);
    if (found) return put(dictionary[english], wordValues(english, found.slice(1), words));
  }
  return null;
}

/** @type {WeakMap<Dictionary, { english: string, pattern: RegExp }[]>} */
const patterns = new WeakMap();

/** The texts with values of a dictionary, those with the most words first. @param {Dictionary} dictionary */
function patternsOf(dictionary) {
  let list = patterns.get(dictionary);
  if (!list) {
    const length = (/** @type {string} */ text) => text.replace(/\{\d+\}/g, '').length;
    list = Object.keys(dictionary)
      .filter((english) => english.includes('{0}'))
      .sort((a, b) => length(b) - length(a))
      .map((english) => ({ english, pattern: patternOf(english) }));
    patterns.set(dictionary, list);
  }
  return list;
}

/** @param {string} english whose placeholders stand in order */
const patternOf = (english) =>
  new RegExp(
    `^${english.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\d+\}/g, '([\\s\\S]+?)')}$`,
  );
