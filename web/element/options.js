// The attributes of <conv-scope> that say how it looks and what its reader may do.

import { FIGURE_VIEWS } from '../views/figure.js';

/** @typedef {import('../views/figure.js').View} View */
/**
 * @template {string} V
 * @typedef {{ views: Set<V>, readonly: boolean, stepsOnly: boolean, home: string|null,
 *   problems: import('../state/attributes/read.js').Problem[] }} Options
 */
/**
 * @template {string} V
 * @typedef {object} Looks what a kind of figure can show
 * @property {readonly V[]} views
 * @property {Record<string, V>} aliases other names that come to mind for a view
 * @property {V[]} initial where nothing is said
 * @property {V[]} stepping the same of a figure that can only be stepped through
 */

/** They change nothing that is computed. */
export const OPTION_ATTRIBUTES = ['views', 'theme', 'readonly', 'steps-only', 'home'];

/** @type {Looks<View>} */
export const LAYER_LOOKS = {
  views: FIGURE_VIEWS,
  aliases: {
    maps: 'board',
    sum: 'terms',
    controls: 'settings',
    size: 'formula',
    channel: 'channels',
    gradient: 'gradients',
  },
  initial: ['board', 'terms', 'steps'],
  stepping: ['board', 'steps'],
};

const THEMES = ['light', 'dark', 'auto'];

/**
 * @template {string} V
 * @param {Element} element @param {string|null} home where the playground is, if nothing else is said
 * @param {Looks<V>} looks @returns {Options<V>}
 */
export function readOptions(element, home, { views: known, aliases, initial, stepping }) {
  /** @type {Options<V>['problems']} */
  const problems = [];
  const refuse = (/** @type {string} */ attribute, /** @type {string} */ id, values = {}) =>
    problems.push({ attribute, id, values });
  const stepsOnly = isOn(element.getAttribute('steps-only'));
  const views = new Set(/** @type {V[]} */ ([]));
  for (const name of (element.getAttribute('views') ?? '').toLowerCase().split(/[\s,]+/)) {
    if (!name) continue;
    const view = Object.hasOwn(aliases, name) ? aliases[name] : known.find((v) => v === name);
    if (view) views.add(view);
    else refuse('views', 'choice', { text: name, list: known.join(', ') });
  }
  if (!views.size) for (const view of stepsOnly ? stepping : initial) views.add(view);
  const readonly = stepsOnly || isOn(element.getAttribute('readonly'));
  if (readonly) views.delete(/** @type {V} */ ('settings'));
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
