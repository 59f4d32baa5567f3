// The words of the command line, in the language that was asked for.
import { cliEn } from '../i18n/cli.en.js';

/** @type {Record<string, Record<string, string>>} */
const CATALOGUES = { en: cliEn };

export const LANGUAGES = Object.keys(CATALOGUES);

let words = CATALOGUES.en;

/** @param {string} language one of LANGUAGES */
export function speak(language) {
  words = CATALOGUES[language];
}

/** @param {string} id @param {Record<string, string | number>} [values] */
export function t(id, values = {}) {
  const text = words[id];
  if (text === undefined) throw new Error(`No message "${id}"`);
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? `{${name}}`));
}
