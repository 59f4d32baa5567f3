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
      tab.on('close', () => own.close());
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
