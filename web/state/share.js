// What one pastes elsewhere to show a state: a link, a frame, an element, Markdown. Text only.

import { escapeXml } from './markup.js';

/**
 * @typedef {'link'|'iframe'|'element'|'markdown'} ShareKind
 * @typedef {keyof typeof LOOKS} ShareView
 * @typedef {{ views: ShareView, theme: 'auto'|'light'|'dark', readonly: boolean }} ShareLook
 * @typedef {{ link: string, home: string, lang: string, title: string }} ShareFrom `link` is what stands after "#", `home`
 *   the address of the folder that the page is in, `lang` the language of the page
 */

export const SHARE_KINDS = /** @type {const} */ (['link', 'iframe', 'element', 'markdown']);

/** Letters of values up to which an element has them in its attributes; else in a packed link. */
const READABLE = 1500;

/** What shows each view: attributes of the element, parameters of the frame. */
const LOOKS = /** @satisfies {Record<string, Record<string, string>>} */ ({
  all: {},
  maps: { views: 'maps' },
  steps: { 'steps-only': '' },
  formula: { views: 'maps formula' },
  // of stacks
  stack: {},
  layers: { views: 'layers' },
  seen: { views: 'field overlap' },
  flow: { views: 'layers values' },
  solver: { views: 'solver' },
  editor: { views: 'settings layers field overlap' },
});

/** What can be chosen of a figure of one layer and of a stack; the first is what one sees without choosing. */
export const SHARE_VIEWS = /** @type {Record<'layer'|'stack', ShareView[]>} */ ({
  layer: ['all', 'maps', 'steps', 'formula'],
  stack: ['stack', 'layers', 'seen', 'flow', 'solver', 'editor'],
});

/** Views that nobody can edit, or that are there to edit. */
export const WITHOUT_READONLY = /** @type {ShareView[]} */ (['steps', 'editor']);

/**
 * @param {ShareKind} kind @param {Record<string, string>} own attributes of the element that say what it shows
 * @param {ShareFrom} from @param {ShareLook} look @returns {string}
 */
export function shareText(kind, own, from, look) {
  const address = `${from.home}?lang=${from.lang}#${from.link}`;
  if (kind === 'link') return address;
  if (kind === 'markdown') return `[${from.title.replace(/[\\[\]]/g, '\\$&')}](${address})`;
  const attributes = {
    ...LOOKS[look.views],
    ...(look.theme === 'auto' ? {} : { theme: look.theme }),
    ...(look.readonly && !WITHOUT_READONLY.includes(look.views) ? { readonly: '' } : {}),
  };
  return kind === 'iframe' ? iframe(from, attributes) : element(own, from, attributes);
}

/** @param {ShareFrom} from @param {Record<string, string>} attributes */
function iframe({ home, link, lang, title }, attributes) {
  const query = new URLSearchParams({ ...attributes, lang });
  const source = `${home}embed.html?${query}#${link}`;
  return `<iframe src="${escapeXml(source)}"\n  title="${escapeXml(title)}" width="100%" height="900" loading="lazy"></iframe>`;
}

/** What attributes cannot say, or only at length, is left to the link. @param {Record<string, string>} own @param {ShareFrom} from @param {Record<string, string>} attributes */
function element(own, { home, link }, attributes) {
  const text = Object.values(own).join('');
  const isLinked = text === '' || text.length > READABLE;
  const lines = Object.entries({ ...(isLinked ? { link } : own), ...attributes }).map(
    ([name, value]) => `  ${name}${value === '' ? '' : `="${escapeXml(value)}"`}`,
  );
  return `<script type="module" src="${escapeXml(home)}conv-scope.js"></script>\n<conv-scope\n${lines.join('\n')}>\n</conv-scope>`;
}
