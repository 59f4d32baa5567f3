// The page for an iframe. The state comes from after "#", as in a link of the playground, and how it looks from after
// "?". Tells its height to the page around it: a number, and the name that it was given. Hears no message.

import { ConvScopeElement } from './element/conv-scope.js';
import { chooseLanguage, currentLanguage, LANGUAGES, t, useLanguage } from './i18n/index.js';
import { makeState } from './state/initial.js';
import { readyFor } from './state/packed.js';
import { stackText } from './state/url.js';
import './styles/embed.css';

/** Parameters of the address that are attributes of the figure. */
const PARAMETERS = ['views', 'theme', 'readonly', 'steps-only', 'lang'];

/** Letters of the name that the page around has for this frame. */
const LONGEST_NAME = 64;

ConvScopeElement.home = new URL('./', location.href).href;
/** Where the address says nothing, or nothing that can be read. */
ConvScopeElement.opening = makeState({
  ...{ op: 'conv_transpose2d', inputSize: [2, 2], kernelSize: [3, 3], stride: 2 },
  ...{ input: [1, 2, 0, 1], weight: [1, 0, 1, 1, 1, 0, 0, 0, 1] },
});
customElements.define('conv-scope', ConvScopeElement);

const query = new URLSearchParams(location.search);
const figure = document.createElement('conv-scope');
for (const name of PARAMETERS) {
  const value = query.get(name);
  if (value !== null) figure.setAttribute(name, value);
}
const theme = query.get('theme') ?? 'auto';
figure.setAttribute('theme', theme);
document.documentElement.dataset.theme = theme.toLowerCase();

/** What names the document, in the language of its figure. @param {string} lang */
async function nameIn(lang) {
  await useLanguage(chooseLanguage([lang]));
  document.documentElement.lang = LANGUAGES[currentLanguage()].tag;
  document.title = t('element.frame');
  const heading = document.querySelector('h1');
  if (heading) heading.textContent = document.title;
}
const lang = query.get('lang');
if (lang !== null) nameIn(lang).catch(() => {}); // where its words cannot be fetched, it stays English

function readHash() {
  const link = location.hash.slice(1);
  if (link) figure.setAttribute('link', link);
  else figure.removeAttribute('link');
}
readHash();
addEventListener('hashchange', readHash);
document.getElementById('embed')?.append(figure);

if (parent !== window) {
  const id = (query.get('id') ?? '').slice(0, LONGEST_NAME);
  let told = 0;
  new ResizeObserver(() => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (height === told) return;
    told = height;
    parent.postMessage({ type: 'convscope:height', height, id }, '*');
  }).observe(document.body);
}

// The core comes beside the scripts, before anybody can know that a packed link is of a stack, which needs another engine;
// browsers complain of what was fetched so and nobody takes.
await readyFor(location.hash);
if (stackText(location.hash) !== null) {
  const core = document.querySelector('link[rel="preload"][as="fetch"]');
  if (core instanceof HTMLLinkElement) fetch(core.href).catch(() => {});
}
