// Registers <conv-scope>: the one script that a page needs. Where there are no elements (on a server), it does nothing.

import { ConvScopeElement } from './conv-scope.js';

export { ConvScopeChangeEvent, ConvScopeElement } from './conv-scope.js';

// Beside the playground a figure links to it; elsewhere only where its attribute `home` says so. The bundler puts this
// into the script beside the playground, or into one that it keeps in a folder there.
if (import.meta.env.MODE !== 'element') {
  const folder = new URL(/* @vite-ignore */ './', import.meta.url);
  ConvScopeElement.home ??= folder.href.replace(/\/assets\/$/, '/');
}

// Two pages' worth of scripts may meet on one; the first is as good as the second.
const elements = globalThis.customElements;
if (elements && !elements.get('conv-scope')) elements.define('conv-scope', ConvScopeElement);
