// What one pastes elsewhere to show the current state: a link, a frame, an element, Markdown. Text only.

import { attributesOf } from './attributes/write.js';
import { escapeXml } from './markup.js';

/**
 * @typedef {'link'|'iframe'|'element'|'markdown'} ShareKind
 * @typedef {'all'|'maps'|'steps'|'formula'} ShareView
 * @typedef {{ views: ShareView, theme: 'auto'|'light'|'dark', readonly: boolean }} ShareLook
 * @typedef {{ link: string, home: string, lang: string, title: string }} ShareFrom `link` is what stands after "#", `home`
 *   the address of the folder that the page is in, `lang` the language of the page
 */

export const SHARE_KINDS = /** @type {const} */ (['link', 'iframe', 'element', 'markdown']);
export const SHARE_VIEWS = /** @type {const} */ (['all', 'maps', 'steps', 'formula']);

/** Letters of values up to which an element has them in its attributes; else in a packed link. */
const READABLE = 1500;

/** What shows each view: attributes of the element, parameters of the frame. @type {Record<ShareView, Record<string, string>>} */
const LOOKS = {
  all: {},
  maps: { views: 'maps' },
  steps: { 'steps-only': '' },
  formula: { views: 'maps formula' },
};

/** @param {ShareKind} kind @param {import('./store.js').State} state @param {ShareFrom} from @param {ShareLook} look @returns {string} */
export function shareText(kind, state, from, look) {
  const address = `${from.home}?lang=${from.lang}#${from.link}`;
  if (kind === 'link') return address;
  if (kind === 'markdown') return `[${from.title.replace(/[\\[\]]/g, '\\$&')}](${address})`;
  const attributes = {
    ...LOOKS[look.views],
    ...(look.theme === 'auto' ? {} : { theme: look.theme }),
    ...(look.readonly && look.views !== 'steps' ? { readonly: '' } : {}),
  };
  return kind === 'iframe' ? iframe(from, attributes) : element(state, from, attributes);
}

/** @param {ShareFrom} from @param {Record<string, string>} attributes */
function iframe({ home, link, lang, title }, attributes) {
  const query = new URLSearchParams({ ...attributes, lang });
  const source = `${home}embed.html?${query}#${link}`;
  return `<iframe src="${escapeXml(source)}"\n  title="${escapeXml(title)}" width="100%" height="900" loading="lazy"></iframe>`;
}

/** @param {import('./store.js').State} state @param {ShareFrom} from @param {Record<string, string>} attributes */
function element(state, { home, link }, attributes) {
  const own = attributesOf(state);
  const isLong = Object.values(own).join('').length > READABLE;
  const lines = Object.entries({ ...(isLong ? { link } : own), ...attributes }).map(
    ([name, value]) => `  ${name}${value === '' ? '' : `="${escapeXml(value)}"`}`,
  );
  return `<script type="module" src="${escapeXml(home)}conv-scope.js"></script>\n<conv-scope\n${lines.join('\n')}>\n</conv-scope>`;
}
