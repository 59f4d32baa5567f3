// The paste panel, used as a person would: whole experiments, layers, error messages, garbage, files.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { zipSync } from 'fflate';
import { writeNpy } from '../../web/state/export/npy.js';
import { openSite } from './page.js';

let site = /** @type {Awaited<ReturnType<typeof openSite>>} */ (/** @type {unknown} */ (null));
before(async () => {
  site = await openSite({ permissions: ['clipboard-read', 'clipboard-write'] });
});
after(() => site.close());

/** @param {import('playwright-core').Page} page */
const box = (page) => page.getByRole('textbox', { name: 'Paste', exact: true });

test('a layer fills the settings, can be undone, and keeps what was in the input', async () => {
  const { page, numbers } = await site.open();
  const before = await numbers('Input');
  await box(page).fill('nn.ConvTranspose2d(1, 1, kernel_size=4, stride=3, padding=1, bias=False)');
  await page.getByText('This fills the page above').waitFor();
  assert.equal(await page.getByLabel('Kernel size height').inputValue(), '4');
  assert.equal(await page.getByLabel('Stride width').inputValue(), '3');
  assert.deepEqual(await numbers('Input'), before);
  await page.getByRole('button', { name: 'Undo' }).click();
  assert.equal(await page.getByLabel('Kernel size height').inputValue(), '3');
  await page.close();
});

test('an error message is explained in the words of the page', async () => {
  const { page } = await site.open();
  await box(page).fill(
    "RuntimeError: Calculated padded input size per channel: (2 x 2). Kernel size: (3 x 3). Kernel size can't be greater than actual input size",
  );
  const part = page.locator('.part.error');
  await part.waitFor();
  assert.match(await part.innerText(), /kernel/i);
  assert.doesNotMatch(await part.innerText(), /none of those/);
  await page.close();
});

test('what cannot be read is refused with line and column, and stays in the box', async () => {
  const { page, numbers } = await site.open();
  const before = await numbers('Input');
  const text = 'tensor([[1., 2.],\n        [3.]])';
  await box(page).fill(text);
  const alert = page.locator('.paste [role=alert]');
  await alert.waitFor();
  assert.match(await alert.innerText(), /^Line 2, column \d+:/);
  assert.equal(await box(page).inputValue(), text);
  assert.deepEqual(await numbers('Input'), before);
  await page.getByRole('button', { name: 'Clear' }).click();
  assert.equal(await alert.count(), 0);
  await page.close();
});

test('markup in a paste stays text', async () => {
  const { page, complaints } = await site.open();
  await box(page).fill(
    '<img src=x onerror="window.hacked=1"> = tensor([1., 2.])\n<script>window.hacked=1</script>',
  );
  await page.waitForTimeout(600);
  assert.equal(await page.evaluate(() => Reflect.get(window, 'hacked')), undefined);
  assert.equal(await page.locator('.paste img, .paste script').count(), 0);
  assert.deepEqual(complaints, []);
  await page.close();
});

test('a printed tensor pasted into a map fills it', async () => {
  const { page, cell, numbers } = await site.open();
  for (const [text, first] of [
    ['tensor([[5., 6., 7.],\n        [8., 9., 1.]])', 5],
    ['[[4, 6, 7], [8, 9, 1]]', 4],
    ['[[3. 6. 7.]\n [8. 9. 1.]]', 3],
  ]) {
    await cell('Input', 0, 0).click();
    await page.evaluate((value) => navigator.clipboard.writeText(value), String(text));
    await page.keyboard.press('Control+V');
    await page.waitForFunction(
      (value) => document.querySelector('.card.input [role=gridcell]')?.textContent === value,
      String(first),
    );
    assert.deepEqual(await numbers('Input'), [
      [first, 6, 7],
      [8, 9, 1],
    ]);
  }
  await page.close();
});

test('what is pasted anywhere on the page arrives in the panel', async () => {
  const { page } = await site.open();
  await page.evaluate(() =>
    navigator.clipboard.writeText('Conv1d(1, 1, kernel_size=(5,), bias=False)'),
  );
  await page.keyboard.press('Control+V');
  await page.getByText('This fills the page above').waitFor();
  assert.equal(await page.getByLabel('Kernel size length').inputValue(), '5');
  await page.close();
});

test('a file of tensors is read, and one that is none is refused in words', async () => {
  const { page, numbers } = await site.open();
  const bytes = Buffer.from(
    zipSync({
      'x.npy': writeNpy({ shape: [1, 1, 2, 2], data: Float64Array.of(4, 3, 2, 1) }, 'float32'),
      'weight.npy': writeNpy({ shape: [1, 1, 1, 1], data: Float64Array.of(2) }, 'float32'),
    }),
  );
  const open = page.getByLabel('Open a file …');
  await open.setInputFiles({ name: 'layer.npz', mimeType: 'application/zip', buffer: bytes });
  await page.getByText('From the file layer.npz').waitFor();
  assert.deepEqual(await numbers('Input'), [
    [4, 3],
    [2, 1],
  ]);
  assert.deepEqual(await numbers('Kernel'), [[2]]);
  await open.setInputFiles({
    name: 'model.pt',
    mimeType: '',
    buffer: Buffer.from('PK\u0003\u0004'),
  });
  await page.locator('.paste [role=alert]').waitFor();
  assert.match(await page.locator('.paste [role=alert]').innerText(), /pickle/);
  await page.close();
});

test('a layer of a real network is named at once, and nothing freezes', async () => {
  const { page, numbers } = await site.open();
  const before = await numbers('Kernel');
  await box(page).fill('nn.Conv2d(1024, 1024, 7)');
  await page.getByText('This cannot be shown here.').waitFor();
  assert.match(await page.locator('.paste .remark').first().innerText(), /In channels is 1024/);
  assert.deepEqual(await numbers('Kernel'), before);
  await page.close();
});

test('without a connection the panel says that it could not load what reads', async () => {
  const { page } = await site.open();
  await page.context().setOffline(true);
  await box(page).fill('tensor([1., 2.])');
  await page.locator('.paste [role=alert]').waitFor();
  assert.match(await page.locator('.paste [role=alert]').innerText(), /could not be loaded/);
  await page.context().setOffline(false);
  await box(page).fill('tensor([1., 2., 3.])');
  await page.locator('.part').waitFor();
  await page.close();
});
