// The Share dialog as a visitor uses it, and that what it gives opens to the same numbers.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeState } from '../../web/state/initial.js';
import { readyFor } from '../../web/state/packed.js';
import { PRESETS } from '../../web/state/presets.js';
import { readLink, writeLink } from '../../web/state/url.js';
import { assertShareAccessible } from './axe.js';
import { openSite } from './page.js';

/** @typedef {Awaited<ReturnType<typeof openSite>>} Site */
let site = /** @type {Site} */ (/** @type {unknown} */ (null));
before(async () => {
  site = await openSite({ permissions: ['clipboard-read', 'clipboard-write'] });
});
after(() => site.close());

test('link, frame, element and Markdown are offered, with the length of the link', async () => {
  const { page, numbers, complaints } = await site.open();
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Share what you see' });
  const text = () => dialog.getByLabel('To paste').inputValue();
  const link = await text();
  assert.match(link, /\/\?lang=en#v=1&op=conv_transpose2d&/);
  assert.ok(await dialog.getByText(`${link.length} characters`).isVisible());
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  await dialog.getByRole('status').filter({ hasText: 'Copied.' }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), link);

  await dialog.getByRole('button', { name: 'Element' }).click();
  assert.match(await text(), /<conv-scope\n {2}op="conv_transpose2d"\n {2}input="1 2; 0 1"/);
  await dialog.getByLabel('Shows').selectOption('Stepping only');
  assert.match(await text(), /steps-only/);
  await dialog.getByRole('button', { name: 'Markdown' }).click();
  assert.ok((await text()).endsWith(`](${link})`));

  await dialog.getByRole('button', { name: 'Frame' }).click();
  await dialog.getByLabel('Shows').selectOption('Maps, sum and steps');
  const source = /src="([^"]*)"/.exec(await text())?.[1].replaceAll('&amp;', '&');
  const output = await numbers('Output');
  await page.keyboard.press('Escape');
  assert.equal(await dialog.count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Share');
  await page.goto(String(source));
  await page.getByRole('grid', { name: 'Output' }).waitFor();
  assert.deepEqual(await numbers('Output'), output);
  assert.deepEqual(complaints, []);
  await page.close();
});

test('a long link is packed in the address too, and opens again', async () => {
  const blur = makeState(PRESETS.find(({ id }) => id === 'blur'));
  const { page } = await site.open(writeLink(blur));
  await page.getByLabel('Stride height', { exact: true }).fill('2');
  await page.waitForFunction(() => location.hash.startsWith('#v=2&z='));
  await readyFor(page.url());
  const read = /** @type {any} */ (readLink(new URL(page.url()).hash));
  assert.deepEqual(read.state.text.stride, ['2', '1']);
  assert.deepEqual(read.state.input.data, blur.input.data);
  await page.reload();
  await page.getByRole('grid', { name: 'Output' }).first().waitFor();
  assert.equal(await page.getByLabel('Stride height', { exact: true }).inputValue(), '2');
  await page.close();
});

test('a double click opens one dialog, of either kind', async () => {
  const { page } = await site.open();
  for (const name of ['Share', 'Picture']) {
    const button = page.getByRole('button', { name, exact: true });
    await button.dblclick();
    await page.getByRole('dialog').first().waitFor();
    await page.waitForTimeout(300); // for a second one to come
    assert.equal(await page.locator('dialog[open]').count(), 1, name);
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('dialog[open]').count(), 0, name);
    assert.equal(await button.evaluate((b) => b === document.activeElement), true, name);
  }
  await page.close();
});

test('what cannot be computed is not shared', async () => {
  const { page, type } = await site.open();
  await type('Stride height', '0');
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Share what you see' });
  assert.match((await dialog.getByRole('alert').textContent()) ?? '', /Mend it first/);
  await page.close();
});

for (const theme of /** @type {const} */ (['light', 'dark'])) {
  test(`axe finds nothing in the dialog, ${theme}, and it fits 390 px`, async () => {
    const { page } = await site.open();
    await assertShareAccessible(page, theme);
    await page.close();
  });
}
