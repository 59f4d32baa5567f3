// Registers <conv-scope>: the one script that a page needs.

import { ConvScopeElement } from './conv-scope.js';

export { ConvScopeChangeEvent, ConvScopeElement } from './conv-scope.js';

// Beside the playground a figure links to it; elsewhere only where its attribute `home` says so.
if (import.meta.env.MODE !== 'element')
  ConvScopeElement.home ??= new URL(/* @vite-ignore */ './', import.meta.url).href;

// Two pages' worth of scripts may meet on one; the first is as good as the second.
if (!customElements.get('conv-scope')) customElements.define('conv-scope', ConvScopeElement);
