// The language of the page: which one it begins in, and what in the document follows it. What `?lang=` names comes first,
// then what was chosen here before, then what the browser prefers.

import { chooseLanguage, currentLanguage, LANGUAGES, t, useLanguage } from './i18n/index.js';
import { save, saved } from './saved.js';

const KEY = 'convscope-language';

/** Resolves in any case: without the words of another language, those of English are there. */
export async function startLanguage() {
  const asked = new URLSearchParams(location.search).get('lang');
  await change(chooseLanguage([asked, saved(KEY), ...navigator.languages]));
}

/**
 * Changes nothing but the words: the state and its link stay. The address then names the language, so that a copied
 * link opens in it. @param {string} code a key of LANGUAGES
 */
export async function switchLanguage(code) {
  if (!(await change(code))) return;
  save(KEY, code);
  const address = new URL(location.href);
  address.searchParams.set('lang', code);
  history.replaceState(null, '', address);
}

/** @param {string} code @returns {Promise<boolean>} false where its words cannot be fetched: the page stays as it is */
async function change(code) {
  const fetched = await useLanguage(code).then(
    () => true,
    () => false,
  );
  document.documentElement.lang = LANGUAGES[currentLanguage()].tag;
  document.title = t('page.title');
  document
    .querySelector('meta[name="description"]')
    ?.setAttribute('content', t('page.description'));
  return fetched;
}
