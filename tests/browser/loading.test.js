// What the first view of the page fetches: of the engine, its core and nothing more.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openSite } from './page.js';

let site = /** @type {Awaited<ReturnType<typeof openSite>>} */ (/** @type {unknown} */ (null));
before(async () => {
  site = await openSite();
});
after(() => site.close());

test('the first view loads the core of the engine only', async () => {
  /** @type {string[]} */
  const fetched = [];
  site.context.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  const { page } = await site.open();
  await page.waitForLoadState('networkidle');
  const modules = fetched.filter((path) => /convscope.*\.(wasm|js)$/.test(path));
  assert.deepEqual(modules.map((path) => /convscope-core.*\.(\w+)$/.exec(path)?.[1]).sort(), [
    'js',
    'wasm',
  ]);
});
