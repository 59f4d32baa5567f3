// A phone: 390 px wide, a finger instead of a mouse.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openSite } from './page.js';

let site = /** @type {Awaited<ReturnType<typeof openSite>>} */ (/** @type {unknown} */ (null));
before(async () => {
  const viewport = { width: 390, height: 844 };
  site = await openSite({ viewport, hasTouch: true, isMobile: true });
});
after(() => site.close());

/** What can be pressed and is smaller than a finger; the cells of a map are as dense as its numbers. @param {import('playwright-core').Page} page */
const small = (page) =>
  page.evaluate(() => {
    /** @type {string[]} */
    const found = [];
    const lookIn = (/** @type {Document|ShadowRoot} */ root) => {
      for (const element of root.querySelectorAll('*'))
        if (element.shadowRoot) lookIn(element.shadowRoot);
      for (const element of root.querySelectorAll(
        'button, select, summary, input, textarea, a, [role=slider]',
      )) {
        const pressed = element.closest('label.toggle, label.argument') ?? element;
        const { width, height } = pressed.getBoundingClientRect();
        // Rounded, as layout is in fractions of a pixel; the box in which a cell is typed lies on its cell.
        const isHidden = width === 0 || height === 0 || !element.checkVisibility();
        if (isHidden || element.closest('.grid, .readout-box, p, [type=file], .for-reader'))
          continue;
        if (Math.round(Math.min(width, height)) < 44)
          found.push(`${element.outerHTML.slice(0, 90)}: ${width} × ${height}`);
      }
    };
    lookIn(document);
    return found;
  });

test('everything to press is at least 44 px, and nothing scrolls sideways', async () => {
  const { page } = await site.open();
  assert.deepEqual(await small(page), []);
  for (const panel of [
    'Channels and parameters',
    'Gradients',
    'Overlap',
    'Other frameworks',
    'Copy out',
  ]) {
    await page.getByRole('button', { name: panel }).tap();
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), panel);
    assert.deepEqual(await small(page), [], panel);
  }
  await page.close();
});

for (const guide of ['guide.html', 'guide.zh.html'])
  test(`everything to press in ${guide} is at least 44 px, and nothing scrolls sideways`, async () => {
    const page = await site.context.newPage();
    await page.goto(`${site.url}${guide}`);
    for (const figure of await page.locator('conv-scope').all()) {
      await figure.scrollIntoViewIfNeeded();
      await figure.getByRole('grid').first().waitFor();
    }
    assert.deepEqual(new Set(await small(page)), new Set());
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await page.close();
  });

test('a stack of layers too has nothing to press below 44 px, and scrolls down only', async () => {
  const { page } = await site.open();
  await page.getByRole('button', { name: 'Stack of layers' }).tap();
  await page.getByRole('table', { name: 'Layers' }).waitFor();
  await page.getByRole('button', { name: 'All arguments of layer 0' }).tap();
  for (const panel of ['What a cell sees', 'Solve for sizes', 'Paste layers', 'Take it away']) {
    await page.getByRole('button', { name: panel }).tap();
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), panel);
    assert.deepEqual(await small(page), [], panel);
  }
  await page.close();
});

test('a finger selects a cell, steps, and changes a number', async () => {
  const { page, cell, numbers } = await site.open();
  await cell('Output', 0, 2).tap();
  await page.getByRole('heading', { name: 'Output [0, 2]' }).waitFor();
  await page.getByRole('button', { name: 'First step' }).tap();
  await page.getByText('0 of 28').waitFor();
  await page.getByRole('button', { name: 'Last step' }).tap();
  await page.locator('#f-stride-0 + button').tap();
  assert.equal((await numbers('Output')).length, 6);
  await page.close();
});
