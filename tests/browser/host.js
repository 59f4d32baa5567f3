// A page of somebody else: a folder of its own with the built site in it, under a strict policy, with figures on it.

import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from '../../scripts/lib/serve.mjs';
import { launch } from './launch.js';

const SITE = fileURLToPath(new URL('../../dist/site', import.meta.url));

/** What a careful blog allows: what comes from itself, and WebAssembly. */
export const HOST_POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self' data:; frame-src 'self'";

/** Attribute values may hold anything but what ends them. @param {string} text */
export const escaped = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** @param {Record<string, string>} attributes @param {string} [inner] */
export const tag = (attributes, inner = '') =>
  `<conv-scope ${Object.entries(attributes)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(' ')}>${inner}</conv-scope>`;

/** @param {string} body @param {string} head */
const page = (body, head) => `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>A blog</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="host.css">${head}
<script type="module" src="convscope/conv-scope.js"></script></head>
<body><main><h1>A post</h1>${body}</main></body></html>`;

const HOST_CSS = `:root { color-scheme: light dark; --card: red; --ink: red; }
main { max-width: 720px; margin: auto; text-align: right; letter-spacing: 3px; font: 20px serif; }
button, input, h2, p, .card, .grid { color: rgb(1, 2, 3); border: 7px dotted; }
.far { height: 4000px; }`;

/** One browser and one host for a file of tests. @param {{ policy?: string }} [options] */
export async function openHost({ policy = HOST_POLICY } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'convscope-host-'));
  await cp(SITE, join(folder, 'convscope'), { recursive: true });
  await writeFile(join(folder, 'host.css'), HOST_CSS);
  const [browser, server] = await Promise.all([launch(), serve(folder, { policy })]);
  let count = 0;
  /** @type {Promise<void>[]} */
  const closing = [];
  return {
    url: server.url,
    browser,
    folder,
    /**
     * A page with that body; what it says on the console as a warning or error, and what it fetches, is collected.
     * @param {string} body
     * @param {{ head?: string, context?: import('playwright-core').BrowserContextOptions,
     *   before?: (page: import('playwright-core').Page) => Promise<unknown> }} [options]
     */
    async open(body, { head = '', context = {}, before } = {}) {
      const name = `post-${count++}.html`;
      await writeFile(join(folder, name), page(body, head));
      // A context of its own, as axe asks for; closed with its page.
      const own = await browser.newContext({ viewport: { width: 1100, height: 800 }, ...context });
      const tab = await own.newPage();
      tab.on('close', () => closing.push(own.close().catch(() => {}))); // or with its browser
      /** @type {string[]} */
      const complaints = [];
      /** @type {string[]} */
      const fetched = [];
      tab.on(
        'console',
        (m) => ['warning', 'error'].includes(m.type()) && complaints.push(m.text()),
      );
      tab.on('pageerror', (e) => complaints.push(String(e)));
      tab.on('request', (request) => fetched.push(request.url()));
      await before?.(tab);
      await tab.goto(`${server.url}${name}`);
      return { page: tab, complaints, fetched };
    },
    async close() {
      await Promise.all(closing);
      await browser.close();
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** The numbers of one grid of a figure or a frame, row by row. @param {import('playwright-core').Locator} figure @param {string} name @returns {Promise<number[][]>} */
export async function numbersIn(figure, name) {
  const grid = figure.getByRole('grid', { name, exact: true });
  await grid.waitFor();
  return grid
    .locator('[role=row]')
    .evaluateAll((rows) =>
      rows.map((row) => Array.from(row.children, (cell) => Number(cell.textContent))),
    );
}

/**
 * An attribute set later, and there from the start: what the figure of the page shows then, and one beside it.
 * @param {import('playwright-core').Page} page with one figure @param {Record<string, string>} attributes of that figure
 * @param {string} name @param {string} text
 * @param {{ there: string, shown: string, quiet?: boolean }} selectors `there`: of what waits are for; `shown`: of what is
 *   read; `quiet`: no alert is waited for
 */
export function withAttribute(page, attributes, name, text, { there, shown, quiet = false }) {
  return page.evaluate(
    async ({ attributes, name, text, there, shown, quiet }) => {
      const seen = [];
      const first = /** @type {Element} */ (document.querySelector('conv-scope'));
      const second = document.createElement('conv-scope');
      for (const [key, value] of Object.entries(attributes)) second.setAttribute(key, value);
      second.setAttribute(name, text);
      first.setAttribute(name, text);
      first.after(second);
      for (const element of [first, second]) {
        const root = /** @type {ShadowRoot} */ (element.shadowRoot);
        // What unpacks a link is fetched when the first such link is read.
        const until = performance.now() + 5000;
        const has = (/** @type {string} */ what) => root.querySelector(what) !== null;
        while (!(has(there) && (quiet || has('[role=alert]'))) && performance.now() < until)
          await new Promise((done) => setTimeout(done, 10));
        await new Promise((done) => setTimeout(done, 0));
        seen.push({
          alerts: Array.from(root.querySelectorAll('[role=alert]'), (a) => a.textContent ?? ''),
          shown: Array.from(root.querySelectorAll(shown), (cell) => cell.textContent ?? ''),
          script: root.querySelectorAll('script, img, svg[onload], [onerror], b b').length,
          links: Array.from(root.querySelectorAll('a'), (a) => a.protocol),
        });
      }
      second.remove();
      const before = attributes[name];
      if (before === undefined) first.removeAttribute(name);
      else first.setAttribute(name, before);
      await new Promise((done) => setTimeout(done, 0));
      return seen;
    },
    { attributes, name, text, there, shown, quiet },
  );
}
