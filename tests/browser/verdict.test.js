// Does it agree, and if not, why: whole experiments pasted with their output, right ones and wrong ones.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { SAMPLES } from '../../web/state/paste/samples.js';
import { openSite } from './page.js';

let site = /** @type {Awaited<ReturnType<typeof openSite>>} */ (/** @type {unknown} */ (null));
before(async () => {
  site = await openSite({ permissions: ['clipboard-read', 'clipboard-write'] });
});
after(() => site.close());

const row2 = readFileSync(new URL('../oracle/row2_paste.txt', import.meta.url), 'utf8');

/** @param {import('playwright-core').Page} page @param {string} text */
async function paste(page, text) {
  await page.getByRole('textbox', { name: 'Paste', exact: true }).fill(text);
  const status = page.locator('.verdict');
  await page.waitForFunction(() => document.querySelector('.verdict')?.textContent !== '');
  return status;
}

test('row 2, code and output pasted as a whole: Match, without a further click', async () => {
  const { page, numbers } = await site.open('', '?lang=en');
  await page.getByLabel('Operation').selectOption('conv1d');
  const status = await paste(page, row2);
  assert.match(await status.innerText(), /^Match/);
  assert.equal(await status.getAttribute('role'), 'status');
  assert.equal(await page.getByLabel('Operation').inputValue(), 'conv_transpose2d');
  assert.deepEqual(await numbers('Input'), [
    [1, 2],
    [0, 1],
  ]);
  await page.close();
});

test('a kernel flipped once too often is found out, and applied it matches', async () => {
  const { page } = await site.open();
  const status = await paste(page, SAMPLES.find((s) => s.id === 'flipped')?.text ?? '');
  assert.match(await status.innerText(), /^Differs: \d+ of 25 numbers/);
  const first = page.locator('.causes li').first();
  await first.waitFor();
  assert.match(await first.innerText(), /180°|flip|turned/i);
  await page.locator('.causes .hint progress').waitFor({ state: 'detached' });
  await first.getByRole('button', { name: 'Apply' }).click();
  await page.waitForFunction(() =>
    document.querySelector('.verdict')?.textContent?.startsWith('Match'),
  );
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.waitForFunction(() =>
    document.querySelector('.verdict')?.textContent?.startsWith('Differs'),
  );
  await page.close();
});

test('an edit of the page is compared at once, and a role can be changed', async () => {
  const { page, cell } = await site.open();
  const status = await paste(page, SAMPLES[0].text);
  assert.match(await status.innerText(), /^Match/);
  await cell('Input', 1, 0).click();
  await page.keyboard.type('7');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() =>
    document.querySelector('.verdict')?.textContent?.startsWith('Differs'),
  );
  await page.getByRole('grid', { name: 'Difference', exact: true }).waitFor();
  await page.locator('.part.output select').selectOption('none');
  await page.waitForFunction(() => document.querySelector('.verdict')?.textContent === '');
  await page.close();
});

test('a shape is compared, and the arguments that give it are found', async () => {
  const { page } = await site.open();
  const status = await paste(page, 'torch.Size([1, 1, 6, 6])');
  assert.match(
    await status.innerText(),
    /^Differs: this layer gives the shape \[1, 1, 5, 5\], not \[1, 1, 6, 6\]/,
  );
  const causes = page.locator('.causes li');
  await causes.first().waitFor();
  await causes.first().getByRole('button', { name: 'Apply' }).click();
  await page.waitForFunction(() =>
    document.querySelector('.verdict')?.textContent?.startsWith('Match'),
  );
  await page.close();
});

test('a truncated print is compared where it shows numbers', async () => {
  const { page } = await site.open();
  const status = await paste(
    page,
    `${SAMPLES[0].text.split('tensor([[[[1., 0., 3.')[0]}tensor([[[[1., 0., ..., 0., 2.],\n          ...,\n          [0., 0., ..., 0., 1.]]]])`,
  );
  assert.match(await status.innerText(), /^Match: all 8 numbers/);
  assert.match(await page.locator('.evidence').innerText(), /17 numbers are hidden/);
  await page.close();
});

test('numbers printed with four digits match although they are rounded', async () => {
  const { page } = await site.open();
  const status = await paste(
    page,
    readFileSync(new URL('../oracle/rounded_paste.txt', import.meta.url), 'utf8'),
  );
  assert.match(await status.innerText(), /^Match/);
  assert.match(await page.locator('.evidence').innerText(), /rounded/);
  await page.close();
});
