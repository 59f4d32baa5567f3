// The reference, and that every link within the site leads somewhere.

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { createEngine } from '../../web/engine/index.js';
import { openSite } from './page.js';

const engine = await createEngine();

/** Every page of the site, as addresses below it. */
const PAGES = readdirSync(fileURLToPath(new URL('../../dist/site', import.meta.url)), {
  recursive: true,
})
  .map((path) => String(path).replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.html'))
  .sort();
const REFERENCE = PAGES.filter((path) => path.startsWith('reference/'));

let site = /** @type {Awaited<ReturnType<typeof openSite>>} */ (/** @type {unknown} */ (null));
before(async () => {
  site = await openSite({ locale: 'en' });
});
after(() => site.close());

/** @param {string} path @param {import('playwright-core').BrowserContextOptions} [options] */
async function open(path, options) {
  const page = await (options ? site.context.browser()?.newPage(options) : site.context.newPage());
  assert.ok(page);
  /** @type {string[]} */
  const complaints = [];
  page.on('console', (m) => {
    if (['warning', 'error'].includes(m.type())) complaints.push(m.text());
  });
  await page.goto(`${site.url}${path}`);
  return { page, complaints };
}

test('the API, the errors and embedding are pages', () => {
  for (const name of ['index', 'api', 'errors', 'embedding'])
    assert.ok(REFERENCE.includes(`reference/${name}.html`), name);
});

test('the API page has every function of the package, and the errors page every code', async () => {
  const api = await open('reference/api.html');
  const headings = await api.page.getByRole('heading', { level: 3 }).allTextContents();
  for (const name of ['createEngine', 'ConvError', ...Object.keys(engine)])
    assert.ok(headings.includes(name), name);
  const errors = await open('reference/errors.html');
  for (const { code, meaning } of engine.errorCodes) {
    const row = errors.page.locator(`tr#${code}`);
    assert.deepEqual(await row.locator('td').allTextContents(), [
      code,
      meaning.replaceAll('`', ''),
    ]);
  }
});

test('every link within the site leads to a page, and to a place on it', async () => {
  /** @type {Map<string, { links: string[], ids: Set<string> }>} by address without "#" */
  const pages = new Map();
  for (const path of PAGES) {
    const { page } = await open(path);
    // What a script draws may have links too.
    if (path === 'index.html') await page.getByRole('grid', { name: 'Output' }).first().waitFor();
    const links = await page
      .locator('a[href]')
      .evaluateAll((all) => all.map((a) => /** @type {HTMLAnchorElement} */ (a).href));
    const ids = await page.locator('[id]').evaluateAll((all) => all.map(({ id }) => id));
    pages.set(`${site.url}${path}`, { links, ids: new Set(ids) });
    await page.close();
  }
  const ours = [...pages.values()]
    .flatMap(({ links }) => links)
    .filter((link) => link.startsWith(site.url));
  assert.ok(ours.length > 200, `${ours.length} links`);
  const broken = ours.filter((link) => {
    const { origin, pathname, hash } = new URL(link);
    const there = pages.get(origin + pathname.replace(/\/$/, '/index.html'));
    // After "#" the playground has a state, which its own tests open.
    const isState = hash.startsWith('#v=');
    return !there || !(hash === '' || isState || there.ids.has(decodeURIComponent(hash.slice(1))));
  });
  assert.deepEqual(broken, []);
});

for (const path of REFERENCE) {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    test(`axe finds nothing on ${path}, ${colorScheme}`, async () => {
      const { page, complaints } = await open(path);
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page }).analyze();
      assert.deepEqual(
        violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`),
        [],
      );
      assert.deepEqual(complaints, []);
      await page.close();
    });
  }

  test(`${path} does not scroll sideways at 390 px`, async () => {
    const { page } = await open(path, { viewport: { width: 390, height: 844 }, isMobile: true });
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await page.close();
  });
}

test('the playground leads to the reference', async () => {
  const { page } = await site.open();
  await page.getByRole('link', { name: 'Errors', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Errors' }).waitFor();
  await page.getByRole('link', { name: 'API', exact: true }).click();
  await page.getByRole('link', { name: 'diagnose', exact: true }).first().click();
  await page.waitForURL(/api\.html#diagnose$/);
  await page.close();
});
