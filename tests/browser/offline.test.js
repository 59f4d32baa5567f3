// The page without a network, after it was open once.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openSite } from './page.js';

let site = /** @type {Awaited<ReturnType<typeof openSite>>} */ (/** @type {unknown} */ (null));
before(async () => {
  site = await openSite({ serviceWorkers: 'allow' });
});
after(() => site.close());

test('once open, the page opens without a network: numbers, pasting, pictures, what takes long, Chinese, guides, reference', async () => {
  const first = await site.open();
  await first.page.evaluate(() => navigator.serviceWorker.ready);
  await first.page.close();

  await site.context.setOffline(true);
  const { page, numbers, complaints } = await site.open();
  assert.deepEqual((await numbers('Output'))[0], [1, 0, 3, 0, 2]);
  await page.getByRole('textbox', { name: 'Paste', exact: true }).fill('nn.Conv2d(1, 1, 2)');
  await page.getByText('This fills the page above').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Picture' }).click();
  await page.getByRole('dialog').getByRole('img').waitFor();
  await page.keyboard.press('Escape');
  await page.getByLabel('Language').selectOption('zh');
  await page.getByRole('button', { name: '分享' }).waitFor();
  await page.getByRole('link', { name: '指南', exact: true }).click();
  await page.getByRole('heading', { name: '目录' }).waitFor();
  await page.getByRole('grid', { name: '输出', exact: true }).first().waitFor();
  assert.deepEqual(complaints, []);
  await page.close();

  const long = await site.context.newPage();
  await long.goto(`${site.url}?lang=en#v=1&op=conv2d&i=90&k=31&p=15&ci=8&co=8`); // seconds
  await long.locator('.waiting').waitFor();
  await long.getByRole('grid', { name: 'Output channel 7', exact: true }).waitFor();
  await long.locator('.waiting').waitFor({ state: 'detached' });
  await long.close();

  const other = await site.context.newPage();
  await other.goto(`${site.url}guide.html?from=playground`);
  await other.getByRole('grid', { name: 'Output' }).first().waitFor();
  await other.goto(`${site.url}reference/api.html`);
  await other.getByRole('heading', { name: 'createEngine' }).waitFor();
  await other.close();
  await site.context.setOffline(false);
});

test('a figure in a frame keeps nothing', async () => {
  const context = await site.context.browser()?.newContext();
  assert.ok(context);
  const page = await context.newPage();
  await page.goto(`${site.url}embed.html`);
  await page.getByRole('grid', { name: 'Output' }).waitFor();
  await page.waitForTimeout(2500); // longer than the page waits
  assert.equal(
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length),
    0,
  );
  assert.deepEqual(await page.evaluate(() => caches.keys()), []);
  await context.close();
});
