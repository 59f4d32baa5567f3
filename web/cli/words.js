// The words of the command line, in the language that was asked for, and of what is refused or found.
import { cliEn } from '../i18n/cli.en.js';
import { cliZh } from '../i18n/cli.zh.js';
import { chooseLanguage, useLanguage } from '../i18n/index.js';
import { refusalText } from '../i18n/refusal.js';

/** @type {Record<string, Record<string, string>>} */
const CATALOGUES = { en: cliEn, zh: cliZh };

export const LANGUAGES = Object.keys(CATALOGUES);

let words = CATALOGUES.en;

/**
 * Speaks from then on as `--lang` says, else as the shell is set to.
 * @param {string | undefined} asked @param {Record<string, string | undefined>} environment
 */
export async function speak(asked, { LC_ALL, LC_MESSAGES, LANG }) {
  const language = chooseLanguage([asked, LC_ALL || LC_MESSAGES || LANG]);
  await useLanguage(language);
  words = CATALOGUES[language];
}

/** @typedef {Record<string, string | number>} Values */

/** @param {string} id @param {Values} [values] */
export const t = (id, values) => say(words, id, values);

/** What programs read, whatever the language. @param {string} id @param {Values} [values] */
export const english = (id, values) => say(cliEn, id, values);

/** @param {Record<string, string>} catalogue @param {string} id @param {Values} [values] */
function say(catalogue, id, values = {}) {
  const text = catalogue[id];
  if (text === undefined) throw new Error(`No message "${id}"`);
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? `{${name}}`));
}

/**
 * Why something is refused; the option whose text is at fault may stand before it.
 * @param {import('../i18n/refusal.js').Sentence} refusal
 */
export function reasonOf({ message, template = '', values }) {
  const [option = ''] = /^--[\w-]+: /.exec(template) ?? [];
  const cut = (/** @type {string} */ text) => text.slice(option.length);
  return option + refusalText({ message: cut(message), template: cut(template), values });
}
