// The guide: each live figure gives the numbers that stand in its place without scripts, in both themes and narrow.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import { numbersIn } from './host.js';
import { openSite } from './page.js';

let site = /** @type {Awaited<ReturnType<typeof openSite>>} */ (/** @type {unknown} */ (null));
before(async () => {
  site = await openSite({ locale: 'en' });
});
after(() => site.close());

test('the playground leads to the guide, whose figures give the numbers of their fallbacks', async () => {
  const { page, complaints } = await site.open();
  await page.getByRole('link', { name: 'Guide', exact: true }).click();
  await page.waitForURL(/guide\.html$/);
  const figures = await page.locator('conv-scope').all();
  assert.ok(figures.length >= 9);
  for (const [i, figure] of figures.entries()) {
    await figure.scrollIntoViewIfNeeded();
    const fallback = await figure
      .locator('tr')
      .evaluateAll((rows) =>
        rows.map((row) => Array.from(row.children, (cell) => Number(cell.textContent))),
      );
    assert.deepEqual(await numbersIn(figure, 'Output'), fallback, `figure ${i + 1}`);
  }
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    await page.emulateMedia({ colorScheme });
    // Figures have an axe test of their own, and nine of them take long.
    const { violations } = await new AxeBuilder({ page }).exclude('conv-scope').analyze();
    assert.deepEqual(
      violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`),
      [],
      colorScheme,
    );
  }
  await page.setViewportSize({ width: 390, height: 800 });
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  assert.deepEqual(complaints, []);
});
