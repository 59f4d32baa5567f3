// Markdown as HTML that fits the site's policy: no markup of its own passes, every heading and every table row that
// begins with a name in code can be linked to, and what is wider than the page scrolls by itself.
import { Marked } from 'marked';
import { escapeXml } from '../../../web/state/markup.js';

/** @typedef {import('marked').Tokens.TableCell} Cell */

/** @param {string} text */
export const slug = (text) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_]+/gu, '-')
    .replace(/^-|-$/g, '');

/** What a reader may have to scroll sideways, by keys too. @param {string} name @param {string} html */
export const scrolling = (name, html) =>
  `<div class="scroll" role="group" aria-label="${escapeXml(name)}" tabindex="0">${html}</div>`;

/** @param {string} code */
export const codeBlock = (code) => `<pre tabindex="0"><code>${escapeXml(code)}</code></pre>`;

/** The name that a row is about: its first cell, if that is one word in code. @param {Cell} cell */
const nameOf = ({ tokens: [token, ...more] }) =>
  token?.type === 'codespan' && more.length === 0 ? token.text : null;

/**
 * @param {(address: string) => string} addressOf where a link leads on the site
 * @returns {{ marked: Marked, contents: import('./page.mjs').Contents }} contents: the headings, filled
 *   while a text is made
 */
export function reader(addressOf) {
  /** @type {import('./page.mjs').Contents} */
  const contents = [];
  /** @type {Set<string>} */
  const taken = new Set();
  const free = (/** @type {string} */ id) => {
    const isFree = !taken.has(id);
    taken.add(id);
    return isFree ? ` id="${escapeXml(id)}"` : '';
  };
  const marked = new Marked({
    renderer: {
      html: ({ text }) => escapeXml(text),
      heading({ tokens, depth, text }) {
        const id = slug(text);
        const inner = this.parser.parseInline(tokens);
        contents.push({ id, depth, text: inner });
        return `<h${depth}${free(id)}>${inner}</h${depth}>\n`;
      },
      code: ({ text }) => `${codeBlock(text)}\n`,
      link({ href, tokens }) {
        return `<a href="${escapeXml(addressOf(href))}">${this.parser.parseInline(tokens)}</a>`;
      },
      table({ header, rows }) {
        const cells = (/** @type {'th' | 'td'} */ tag, /** @type {Cell[]} */ row) =>
          row.map(({ tokens }) => `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`).join('');
        const body = rows.map((row) => {
          const name = nameOf(row[0]);
          return `<tr${name ? free(name) : ''}>${cells('td', row)}</tr>`;
        });
        const title = header.map(({ text }) => text).join(', ');
        return scrolling(
          `Table: ${title}`,
          `<table><thead><tr>${cells('th', header)}</tr></thead><tbody>${body.join('\n')}</tbody></table>`,
        );
      },
    },
  });
  return { marked, contents };
}
