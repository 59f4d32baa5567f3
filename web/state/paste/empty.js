// Nothing pasted yet.

/**
 * What has been pasted and what became of it.
 * @typedef {{
 *   text: string, file: string|null, items: readonly any[], parts: import('./roles.js').Part[],
 *   problem: import('./adopt.js').Problem|null, refusal: import('../../i18n/refusal.js').Refusal|null,
 *   beyond: { request: any, rounding: import('./adopt.js').Rounding, problem: import('../settings.js').SettingError }|null,
 *   explained: (import('../../i18n/refusal.js').Refusal|null)[], missingBias: boolean, base: import('../store.js').State|null, rtol: string, atol: string
 * }} Paste
 * `problem`: why the parts do not make a request; `refusal`: why the text cannot be read; `beyond`: a request
 * larger than the page can show, which is compared all the same; `explained`: of error messages, by item; `base`: the page before it was filled
 */

/** @type {Paste} */
export const emptyPaste = {
  text: '',
  file: null,
  items: [],
  parts: [],
  problem: null,
  refusal: null,
  beyond: null,
  explained: [],
  missingBias: false,
  base: null,
  rtol: '',
  atol: '',
};
