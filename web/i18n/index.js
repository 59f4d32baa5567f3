// All words of the page come from one catalogue per language; `t` puts the values in. English comes with the page, another
// language when it is asked for. There is one language per document: whoever draws chooses it with `useLanguage` before
// the first view, and draws anew after choosing another.

import { en } from './en.js';

/**
 * @typedef {Record<string, string>} Words
 * @typedef {{ words: Words, refusals?: { sentences: Words, values: Words },
 *   findings?: { sentences: Words, clauses: Words, values: Words, and: string } }} Catalogue `refusals` and `findings`: of the
 *   engine, by their English; see refusal.js and finding.js
 */

/**
 * The languages there are: what they call themselves, their tag in `<html lang>`, the guide in them, and where their words
 * are.
 * @type {Record<string, { name: string, tag: string, guide: string, load: () => Promise<Catalogue> }>}
 */
export const LANGUAGES = {
  en: {
    name: 'English',
    tag: 'en',
    guide: './guide.html',
    load: async () => ({ words: english }),
  },
  zh: {
    name: '中文',
    tag: 'zh-CN',
    guide: './guide.zh.html',
    load: async () => (await import('./zh.js')).catalogue,
  },
};

/** Those of parts that are loaded later join it. @type {Words} */
const english = { ...en };
let language = 'en';
/** @type {Catalogue} */
let catalogue = { words: english };
let plurals = new Intl.PluralRules('en');

/** English words of a part that is loaded later; other languages come whole. @param {Words} more */
export const addWords = (more) => void Object.assign(english, more);

/** The language in use: a key of LANGUAGES. */
export const currentLanguage = () => language;

/** How the engine's refusals are worded; nothing in English, which they come in. */
export const refusalWords = () => catalogue.refusals;

/** The same for what it finds in comparing. */
export const findingWords = () => catalogue.findings;

/**
 * Loads a language and uses it from then on; `t` stays synchronous.
 * @param {string} code a key of LANGUAGES
 * @throws where its words cannot be fetched; the language then stays as it was
 */
export async function useLanguage(code) {
  const loaded = await LANGUAGES[code].load();
  [language, catalogue, plurals] = [code, loaded, new Intl.PluralRules(code)];
}

/**
 * The first language that there is: of what was asked for, was saved, and the browser prefers, in this order; else English.
 * @param {readonly (string|null|undefined)[]} wishes tags such as "zh-CN", or as a shell has them, "zh_CN.UTF-8"
 * @returns {string} a key of LANGUAGES
 */
export const chooseLanguage = (wishes) =>
  wishes
    .map((tag) => tag?.toLowerCase().split(/[-_.]/)[0] ?? '')
    .find((code) => Object.hasOwn(LANGUAGES, code)) ?? 'en';

/** @param {string} id @param {Record<string, string|number>} [values] */
export function t(id, values = {}) {
  const text = catalogue.words[id];
  if (text === undefined) throw new Error(`No message "${id}"`);
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? `{${name}}`));
}

/**
 * "1 zero", "2 zeros": picks `id.one` or `id.other`, as the language counts.
 * @param {string} id @param {number} count @param {Record<string, string|number>} [values]
 */
export const tn = (id, count, values = {}) =>
  t(`${id}.${plurals.select(count)}`, { n: count, ...values });

/** One sentence after the other; empty ones are left out. @param {string[]} sentences */
export const sentences = (...sentences) => sentences.filter(Boolean).join(t('sentenceSpace'));

/** Things of one kind. @param {string[]} items */
export const commaList = (items) => items.join(t('listComma'));

/** All of a few things, the last after an "and". @param {string[]} items */
export const andList = (items) =>
  new Intl.ListFormat(language, { type: 'conjunction' }).format(items);

/** What is said of one thing, bit by bit. @param {string[]} bits */
export const phrases = (bits) => bits.join(t('comma'));
