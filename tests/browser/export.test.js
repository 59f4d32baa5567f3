// Copying out and other frameworks, in a real browser under the strict policy.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { openSite } from './page.js';

const site = await openSite({ permissions: ['clipboard-read', 'clipboard-write'] });
after(() => site.close());

const OPENING = 'v=1&op=conv_transpose2d&i=2&k=3&s=2&x=1,2,0,1&w=1,0,1,1,1,0,0,0,1';

test('nothing of the panels is fetched before one opens them', async () => {
  const { page } = await site.open(OPENING);
  /** @type {string[]} */
  const fetched = [];
  page.on('request', (r) => r.url().endsWith('.js') && fetched.push(new URL(r.url()).pathname));
  await page.getByRole('button', { name: 'Channels and parameters' }).click();
  assert.deepEqual(fetched, []);
  await page.getByRole('button', { name: 'Copy out' }).click();
  await page.getByRole('region', { name: 'What is copied' }).waitFor();
  assert.ok(
    fetched.some((path) => /export-.*\.js$/.test(path)),
    fetched.join(),
  );
});

test('any map is previewed and copied in any form', async () => {
  const { page, complaints } = await site.open(`${OPENING}&pn=export`);
  const preview = page.getByRole('region', { name: 'What is copied' });
  await preview.waitFor();
  assert.match(
    String(await preview.textContent()),
    /^torch\.tensor\(\[\[\[\[1\., 0\., 3\., 0\., 2\.\],/,
  );
  await page.getByLabel('What', { exact: true }).selectOption('Zero-inserted input');
  await page.getByLabel('As', { exact: true }).selectOption('CSV');
  assert.equal(await preview.textContent(), '1,0,2\n0,0,0\n0,0,1\n');
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), '1,0,2\n0,0,0\n0,0,1\n');
  await page.getByRole('button', { name: 'Copied', exact: true }).waitFor();
  assert.deepEqual(complaints, []);
});

test('a map of another method gives way to the output', async () => {
  const { page } = await site.open(`${OPENING}&pn=export`);
  await page.getByLabel('What', { exact: true }).selectOption('Zero-inserted input');
  await page.getByRole('button', { name: 'Scatter', exact: true }).click();
  const what = page.getByLabel('What', { exact: true });
  assert.equal(await what.evaluate((e) => /** @type {HTMLSelectElement} */ (e).value), 'output');
});

test('files are saved: the layer as .onnx, a tensor as .npy', async () => {
  const { page, complaints } = await site.open(`${OPENING}&pn=export`);
  const save = async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: /^Download/ }).click(),
    ]);
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  };
  await page.getByLabel('As', { exact: true }).selectOption('.npy file');
  const npy = await save();
  assert.equal(npy.name, 'output.npy');
  assert.equal(npy.bytes.length, 128 + 25 * 4);
  await page.getByLabel('What', { exact: true }).selectOption('Layer with its numbers');
  await page.getByLabel('As', { exact: true }).selectOption('.onnx file');
  const onnx = await save();
  assert.equal(onnx.name, 'conv_transpose2d.onnx');
  assert.ok(onnx.bytes.includes('ConvTranspose'));
  assert.deepEqual(complaints, []);
});

test('other frameworks follow the settings', async () => {
  const { page, type, complaints } = await site.open('v=1&op=conv2d&i=6&k=3&p=1&s=2&pn=translate');
  const keras = page.getByRole('article', { name: 'TensorFlow, Keras' });
  await keras.waitFor();
  assert.match(String(await keras.textContent()), /'same' would pad \(0, 1\), \(0, 1\) here/);
  await type('Input size height', '5');
  await type('Input size width', '5');
  assert.match(String(await keras.textContent()), /equal numbers for an input of 5×5 only/);
  await page.getByRole('button', { name: 'Copy: JAX' }).click();
  assert.match(
    await page.evaluate(() => navigator.clipboard.readText()),
    /lax\.conv_general_dilated/,
  );
  assert.deepEqual(complaints, []);
});
