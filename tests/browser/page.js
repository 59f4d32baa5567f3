// Opens the page and reads it as a person would: grids, fields and alerts by their names.

import { launch } from './launch.js';
import { site } from './serve.js';

/** What the page and every figure of the opening example give. */
export const OPENING_OUTPUT = [
  [1, 0, 3, 0, 2],
  [1, 1, 2, 2, 0],
  [0, 0, 2, 0, 3],
  [0, 0, 1, 1, 0],
  [0, 0, 0, 0, 1],
];

/**
 * One browser and one server for a file of tests.
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
export async function openSite(options = {}) {
  const [browser, server] = await Promise.all([launch(), site()]);
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    serviceWorkers: 'block', // they would answer what a test makes fail
    ...options,
  });
  return {
    url: server.url,
    context,
    /** A fresh page; what it says on the console as a warning or error is collected. @param {string} [hash] @param {string} [query] @param {string} [output] what the output is called */
    async open(hash = '', query = '?lang=en', output = 'Output') {
      const page = await context.newPage();
      /** @type {string[]} */
      const complaints = [];
      page.on('console', (m) => {
        const isOurs = !m.text().startsWith('Service Worker registration blocked');
        if (isOurs && ['warning', 'error'].includes(m.type())) complaints.push(m.text());
      });
      page.on('pageerror', (e) => complaints.push(String(e)));
      await page.goto(`${server.url}${query}${hash ? `#${hash}` : ''}`);
      await page.getByRole('grid', { name: output }).first().waitFor();
      return { page, complaints, ...reader(page) };
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/** @param {import('playwright-core').Page} page */
function reader(page) {
  const grid = (/** @type {string} */ name) => page.getByRole('grid', { name, exact: true });
  return {
    grid,
    /** @param {string} name @param {number} row @param {number} col */
    cell: (name, row, col) => grid(name).getByRole('row').nth(row).getByRole('gridcell').nth(col),
    /** The numbers of one grid, row by row. @param {string} name @returns {Promise<number[][]>} */
    numbers: async (name) =>
      (
        await grid(name)
          .locator('[role=row]')
          .evaluateAll((rows) =>
            rows.map((r) => Array.from(r.children, (c) => c.textContent ?? '')),
          )
      ).map((row) => row.map(Number)),
    /** @param {string} label @param {string} text */
    type: (label, text) => page.getByLabel(label, { exact: true }).fill(text),
    alerts: () => page.getByRole('alert').allTextContents(),
  };
}
