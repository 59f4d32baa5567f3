// The reference as pages of the site, for vite: made from docs/*.md and the engine's JSDoc while the site is built, then
// treated as the pages that stand in web/.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../machine.mjs';
import { apiPage } from './api.mjs';
import { reader } from './markdown.mjs';
import { pageHtml } from './page.mjs';

/** @typedef {import('./page.mjs').Made} Made */

/**
 * @param {string} name of a file in docs/
 * @returns {Made} its first heading is the title; links to its neighbours lead to their pages
 */
function documentPage(name) {
  const { marked, contents } = reader((address) =>
    address.replace(/^(\w+)\.md(?=#|$)/, './$1.html'),
  );
  const text = readFileSync(join(ROOT, `docs/${name}.md`), 'utf8');
  const [, title, rest] = /** @type {RegExpExecArray} */ (/^# (.+)\n([\s\S]*)$/.exec(text));
  const body = /** @type {string} */ (marked.parse(rest));
  return { title, lead: '', body, contents };
}

/** @type {{ file: string, name: string, description: string, make: () => Made }[]} */
const PAGES = [
  {
    file: 'index.html',
    name: 'Reference',
    description:
      'The reference of Convscope: the API of the npm package, every error, figures in other pages.',
    make: () => ({ title: 'Reference', lead: '', body: indexBody(), contents: [] }),
  },
  {
    file: 'api.html',
    name: 'API',
    description:
      'Every function of the npm package convscope: parameters, results, errors and an example each.',
    make: apiPage,
  },
  {
    file: 'errors.html',
    name: 'Errors',
    description: 'Every code that a refusal of Convscope can have, and what it means.',
    make: () => documentPage('errors'),
  },
  {
    file: 'embedding.html',
    name: 'Embedding',
    description:
      'A living figure in your own page: the element, the frame, and how to put them into Hugo, Jekyll, WordPress, Notion, Quarto, Jupyter, Observable and plain HTML.',
    make: () => documentPage('embedding'),
  },
];

/** The first page leads to the others. */
const indexBody = () =>
  `<ul>${PAGES.slice(1)
    .map(
      ({ file, name, description }) => `<li><a href="./${file}">${name}</a>: ${description}</li>`,
    )
    .join('\n')}</ul>`;

/** @param {string} root the folder of the site's sources @returns {Record<string, string>} entries for the build */
export const referenceInputs = (root) =>
  Object.fromEntries(PAGES.map(({ file }) => [`reference/${file}`, join(root, 'reference', file)]));

/** @param {string} root @returns {import('vite').Plugin} */
export function reference(root) {
  const pages = new Map(PAGES.map((page) => [join(root, 'reference', page.file), page]));
  return {
    name: 'convscope:reference',
    enforce: 'pre',
    resolveId: (id) => (pages.has(id) ? id : null),
    load(id) {
      const page = pages.get(id);
      if (!page) return null;
      const { file, description, make } = page;
      return pageHtml({ file, description, ...make() });
    },
  };
}
