// What the first view of the page and of a figure weighs, all files compressed as a web host would.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { openSite } from './page.js';

const KB = 1024;

let site = /** @type {Awaited<ReturnType<typeof openSite>>} */ (/** @type {unknown} */ (null));
before(async () => {
  site = await openSite();
});
after(() => site.close());

/** @param {string} path @returns {Promise<Record<string, number>>} bytes by file, compressed */
async function firstView(path) {
  const page = await site.context.newPage();
  /** @type {Promise<[string, number]>[]} */
  const files = [];
  page.on('response', (response) => {
    const name = new URL(response.url()).pathname;
    files.push(response.body().then((body) => [name, gzipSync(body, { level: 9 }).length]));
  });
  await page.goto(`${site.url}${path}`);
  await page.getByRole('grid', { name: 'Output' }).first().waitFor();
  await page.waitForLoadState('networkidle');
  const sizes = Object.fromEntries(await Promise.all(files));
  await page.close();
  return sizes;
}

for (const [name, path, limit] of /** @type {const} */ ([
  ['the page', '', 230],
  ['an embed', 'embed.html', 150],
])) {
  test(`the first view of ${name} weighs at most ${limit} KB`, async (context) => {
    const sizes = await firstView(path);
    const total = Object.values(sizes).reduce((a, b) => a + b, 0);
    context.diagnostic(`${(total / KB).toFixed(1)} KB in ${Object.keys(sizes).length} files`);
    assert.ok(Object.keys(sizes).some((file) => file.endsWith('.wasm')));
    assert.ok(total <= limit * KB, JSON.stringify(sizes));
  });
}
