// The attributes of <conv-scope> that say how it looks and what its reader may do.

import { FIGURE_VIEWS } from '../views/figure.js';

/**
 * @typedef {import('../views/figure.js').View} View
 * @typedef {{ views: Set<View>, readonly: boolean, stepsOnly: boolean, home: string|null,
 *   problems: import('../state/attributes/read.js').Problem[] }} Options
 */

/** They change nothing that is computed. */
export const OPTION_ATTRIBUTES = ['views', 'theme', 'readonly', 'steps-only', 'home'];

/** Other names that come to mind for a view. @type {Record<string, View>} */
const ALIASES = {
  maps: 'board',
  sum: 'terms',
  controls: 'settings',
  size: 'formula',
  channel: 'channels',
  gradient: 'gradients',
};

const VIEWS = /** @type {View[]} */ (['board', 'terms', 'steps']);
const VIEWS_OF_STEPS = /** @type {View[]} */ (['board', 'steps']);
const THEMES = ['light', 'dark', 'auto'];

/** @param {Element} element @param {string|null} home where the playground is, if nothing else is said @returns {Options} */
export function readOptions(element, home) {
  /** @type {Options['problems']} */
  const problems = [];
  const refuse = (/** @type {string} */ attribute, /** @type {string} */ id, values = {}) =>
    problems.push({ attribute, id, values });
  const stepsOnly = isOn(element.getAttribute('steps-only'));
  const views = new Set(/** @type {View[]} */ ([]));
  for (const name of (element.getAttribute('views') ?? '').toLowerCase().split(/[\s,]+/)) {
    if (!name) continue;
    const view = Object.hasOwn(ALIASES, name)
      ? ALIASES[name]
      : FIGURE_VIEWS.find((v) => v === name);
    if (view) views.add(view);
    else refuse('views', 'choice', { text: name, list: FIGURE_VIEWS.join(', ') });
  }
  if (!views.size) for (const view of stepsOnly ? VIEWS_OF_STEPS : VIEWS) views.add(view);
  const readonly = stepsOnly || isOn(element.getAttribute('readonly'));
  if (readonly) views.delete('settings');
  const theme = element.getAttribute('theme');
  if (theme !== null && !THEMES.includes(theme.toLowerCase()))
    refuse('theme', 'choice', { text: theme, list: THEMES.join(', ') });
  const given = element.getAttribute('home');
  const address = given === null ? home : addressOf(given, element);
  if (given !== null && address === null) refuse('home', 'address', { text: given });
  return { views, readonly, stepsOnly, home: address, problems };
}

/** @param {string|null} text of an attribute that needs no value */
const isOn = (text) => text !== null && text.trim().toLowerCase() !== 'false';

/** A place on the web, without what follows "#"; null for any other text, such as a script. @param {string} text @param {Element} element */
function addressOf(text, element) {
  try {
    const url = new URL(text, element.baseURI);
    url.hash = '';
    return /^(https?|file):$/.test(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
