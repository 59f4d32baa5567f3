// The guide in both languages: each live figure gives the numbers that stand in its place without scripts, axe finds nothing
// in text and figures, nothing scrolls sideways on a phone, and page and guides lead to each other.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible } from './axe.js';
import { openSite } from './page.js';

let site = /** @type {Awaited<ReturnType<typeof openSite>>} */ (/** @type {unknown} */ (null));
before(async () => {
  site = await openSite({ locale: 'en' });
});
after(() => site.close());

/** @typedef {import('playwright-core').Page} Page */

/** Scrolls through the guide until every figure is there. @param {Page} page */
async function figuresOf(page) {
  const figures = await page.locator('conv-scope').all();
  for (const figure of figures) {
    await figure.scrollIntoViewIfNeeded();
    await figure.getByRole('grid').first().waitFor();
  }
  return figures;
}

/** @param {import('playwright-core').Locator} rows @returns {Promise<(string|null)[][]>} */
const textsIn = (rows) =>
  rows.evaluateAll((all) => all.map((row) => Array.from(row.children, (cell) => cell.textContent)));

for (const [lang, guide, output, language] of /** @type {const} */ ([
  ['en', 'Guide', 'Output', 'en'],
  ['zh', '指南', '输出', 'zh-CN'],
])) {
  test(`${lang}: the page leads to the guide, whose figures give the numbers of their tables`, async () => {
    const { page, complaints } = await site.open('', `?lang=${lang}`, output);
    await page.getByRole('link', { name: guide, exact: true }).click();
    await page.locator('conv-scope').first().waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), language);
    const figures = await figuresOf(page);
    assert.ok(figures.length >= 15);
    for (const [i, figure] of figures.entries()) {
      const tables = await figure.locator('.tables table').all();
      assert.ok(tables.length >= 3, `figure ${i + 1} has input, kernel and output`);
      for (const table of tables) {
        const name = (await table.locator('caption').textContent()) ?? '';
        const grid = figure.getByRole('grid', { name, exact: true }).first();
        const shown = await textsIn(grid.locator('[role=row]'));
        assert.deepEqual(shown, await textsIn(table.locator('tr')), `figure ${i + 1}, ${name}`);
      }
    }
    // Its link opens the figure in its language; the way back leads to the page in it.
    const link = figures[0].locator('[part=credit]');
    assert.match((await link.getAttribute('href')) ?? '', new RegExp(`/\\?lang=${lang}#v=1`));
    await page.getByRole('link', { name: 'Convscope', exact: true }).click();
    await page.getByRole('grid', { name: output, exact: true }).first().waitFor();
    assert.deepEqual(complaints, []);
    await page.close();
  });

  test(`${lang}: axe finds nothing in the guide and its figures, in both themes`, async () => {
    const page = await site.context.newPage();
    await page.goto(`${site.url}guide${lang === 'en' ? '' : `.${lang}`}.html`);
    const [first] = await figuresOf(page);
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      await page.emulateMedia({ colorScheme });
      await assertAccessible(page, { message: colorScheme });
    }
    // It does look into the figures.
    await first
      .locator('h2')
      .first()
      .evaluate((heading) => {
        heading.style.color = '#345';
      });
    const within = 'conv-scope:first-of-type';
    await assert.rejects(assertAccessible(page, { within }), /color-contrast/);
    await page.close();
  });
}

test('each guide leads to the other, and its contents to its sections', async () => {
  const page = await site.context.newPage();
  await page.goto(`${site.url}guide.html`);
  await page.getByRole('link', { name: '中文' }).click();
  await page.waitForURL(/guide\.zh\.html$/);
  await page.getByRole('navigation').getByRole('link', { name: '填充“same”' }).click();
  await page.waitForURL(/#same$/);
  const heading = page.getByRole('heading', { name: '填充“same”' });
  await heading.waitFor();
  const box = await heading.boundingBox();
  assert.ok(box && box.y >= 0 && box.y < 200, JSON.stringify(box));
  await page.getByRole('link', { name: 'English' }).click();
  await page.waitForURL(/guide\.html$/);
  await page.close();
});

test('without scripts every figure shows its maps as tables, and a phone scrolls nothing sideways', async () => {
  const browser = /** @type {import('playwright-core').Browser} */ (site.context.browser());
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 390, height: 844 },
  });
  const page = await context.newPage();
  for (const guide of ['guide.html', 'guide.zh.html']) {
    await page.goto(`${site.url}${guide}`);
    assert.ok(await page.locator('.tables').last().isVisible());
    const wide = await page.locator('html').evaluate((html) => html.scrollWidth);
    assert.equal(wide, 390, guide);
  }
  await context.close();
});
