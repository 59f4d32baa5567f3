// One page of the reference around its text: the site's policy and styles, the way to the others, what is on it.

import { escapeXml } from '../../../web/state/markup.js';

const POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'";

/** Where else one can go, from a page of the reference. */
const NAVIGATION = [
  { href: '../index.html', text: 'Playground' },
  { href: '../guide.html', text: 'Guide' },
  { href: './api.html', text: 'API' },
  { href: './errors.html', text: 'Errors' },
  { href: './embedding.html', text: 'Embedding' },
];

/**
 * @typedef {{ id: string, depth: number, text: string }[]} Contents `text` is HTML
 * @typedef {{ title: string, lead: string, body: string, contents: Contents }} Made `lead` and `body` are HTML
 */

/** The way to the parts of a page: its headings of the second degree, each with those below it. @param {Contents} contents */
function contentsList(contents) {
  const parts = contents.filter(({ depth }) => depth === 2);
  if (parts.length < 2) return '';
  const link = (/** @type {Contents[number]} */ { id, text }) => `<a href="#${id}">${text}</a>`;
  const items = parts.map((part, i) => {
    const from = contents.indexOf(part);
    const to = parts[i + 1] ? contents.indexOf(parts[i + 1]) : contents.length;
    const below = contents.slice(from, to).filter(({ depth }) => depth === 3);
    const list = below.length ? `<ul>${below.map((h) => `<li>${link(h)}</li>`).join('')}</ul>` : '';
    return `<li>${link(part)}${list}</li>`;
  });
  return `<nav class="contents" aria-label="On this page"><ul>${items.join('\n')}</ul></nav>`;
}

/** @param {{ file: string, description: string } & Made} page */
export function pageHtml({ file, title, description, lead, body, contents }) {
  const here = `./${file}`;
  const links = NAVIGATION.map(
    ({ href, text }) =>
      `<a href="${href}"${href === here ? ' aria-current="page"' : ''}>${text}</a>`,
  );
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
    <title>${escapeXml(title)} · Convscope</title>
    <meta name="description" content="${escapeXml(description)}" />
    <meta name="color-scheme" content="light dark" />
    <link rel="icon" href="../icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="../styles/reference.css" />
  </head>
  <body>
    <header><a href="../index.html">Convscope</a><nav aria-label="Site">${links.join('\n')}</nav></header>
    <main>
      <h1>${escapeXml(title)}</h1>
      ${lead}
      ${contentsList(contents)}
      ${body}
    </main>
  </body>
</html>
`;
}
