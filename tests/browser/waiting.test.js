// What takes long, on the page: it goes on answering, tells how far it is, and stops when it is told to.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import { createEngine } from '../../web/engine/index.js';
import { openSite } from './page.js';

/** @typedef {import('playwright-core').Page} Page */

let site = /** @type {Awaited<ReturnType<typeof openSite>>} */ (/** @type {unknown} */ (null));
before(async () => {
  site = await openSite();
});
after(() => site.close());

/** Some seconds of the plain loops. */
const LONG = 'v=1&op=conv2d&i=90&k=31&p=15&ci=8&co=8';
/** Below what the page waits for; its gradients are above it. */
const GRADIENTS = 'v=1&op=conv2d&i=100&k=21&p=10';
/** Half a second. */
const STACK = 'v=1&stack=conv2d(co=16,k=5,p=2);conv2d(co=8,k=5,p=2)&in=1,3,64,64';

/** A page that counts its frames and notes each task of more than a tenth of a second. @param {string} hash @param {string} [query] */
async function open(hash, query = '?lang=en') {
  const page = await site.context.newPage();
  page.setDefaultTimeout(20_000);
  /** @type {string[]} */
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    const isOurs = !message.text().startsWith('Service Worker registration blocked');
    if (isOurs && ['warning', 'error'].includes(message.type())) complaints.push(message.text());
  });
  await page.addInitScript(() => {
    const count = () => {
      const counting = /** @type {any} */ (window);
      counting.counted = (counting.counted ?? 0) + 1;
      requestAnimationFrame(count);
    };
    count();
  });
  await page.goto(`${site.url}${query}#${hash}`);
  const frames = () => page.evaluate(() => /** @type {any} */ (window).counted);
  return { page, complaints, frames, note: page.locator('.waiting') };
}

/**
 * Keeps from the worker what it is asked until it is let go: what a test does meanwhile races with no computation.
 * @param {Page} page
 */
async function holdWorker(page) {
  await page.evaluate(() => {
    const held = /** @type {(() => void)[]} */ ([]);
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (/** @type {any[]} */ ...message) {
      held.push(() => post.apply(this, /** @type {any} */ (message)));
    };
    /** @type {any} */ (window).letGo = () => {
      Worker.prototype.postMessage = post;
      for (const send of held) send();
    };
  });
  return () => page.evaluate(() => /** @type {any} */ (window).letGo());
}

test('a layer that takes seconds leaves the page alive, tells how far it is, and is cancelled and begun anew', async () => {
  const { page, complaints, frames, note } = await open(LONG);
  await note.getByText('Computing the result').waitFor();
  const progress = note.getByRole('progressbar');
  const share = () => progress.evaluate((bar) => /** @type {HTMLProgressElement} */ (bar).value);
  await page.waitForFunction(() => Number(document.querySelector('progress')?.value) > 0.02);
  const [first, before] = [await share(), await frames()];
  // The page answers meanwhile.
  await page.getByLabel('Theme').selectOption('dark');
  await page.waitForFunction((n) => /** @type {any} */ (window).counted > n + 10, before);
  assert.ok((await share()) > first, 'it goes on');
  await note.getByRole('button', { name: 'Cancel' }).click();
  await note.getByText('Cancelled').waitFor();
  assert.equal(await progress.count(), 0);
  const { violations } = await new AxeBuilder({ page }).include('.waiting').analyze();
  assert.deepEqual(violations, []);
  await note.getByRole('button', { name: 'Compute it' }).click();
  await progress.waitFor();
  await note.waitFor({ state: 'detached' });
  await page.getByRole('grid', { name: 'Output channel 7', exact: true }).waitFor();
  assert.equal(await page.locator('article.output.stale').count(), 0);
  assert.deepEqual(complaints, []);
  await page.close();
});

test('the last result stays until the next is there, whose numbers are the engine’s', async () => {
  const { page, complaints, note } = await open('v=1&op=conv2d&i=120&k=3&p=1');
  const fill = async (/** @type {string} */ map, /** @type {string} */ kind) => {
    await page.getByLabel(`Fill: ${map}`).click();
    await page.locator('.menu[open]').getByRole('button', { name: kind }).click();
  };
  const letGo = await holdWorker(page);
  await fill('Input', 'Ramp');
  const size = page.locator('article.output .size');
  assert.equal(await size.textContent(), '120 × 120');
  // Each is another wish; the last one counts.
  for (const axis of ['height', 'width']) await page.getByLabel(`Kernel size ${axis}`).fill('31');
  await fill('Kernel', 'Ones');
  await note.getByText('Computing the result').waitFor();
  assert.equal(await page.locator('article.output.stale').count(), 1);
  assert.equal(await size.textContent(), '92 × 120');
  await letGo();
  await note.waitFor({ state: 'detached' });
  assert.equal(await size.textContent(), '92 × 92');
  const engine = await createEngine({ part: 'core' });
  const { data } = engine.run({
    op: 'conv2d',
    input: { shape: [1, 1, 120, 120], data: Float64Array.from({ length: 14400 }, (_, i) => i + 1) },
    weight: { shape: [1, 1, 31, 31], data: new Float64Array(961).fill(1) },
    padding: 1,
  });
  const read = await page.locator('article.output .readout span').textContent();
  assert.equal(read?.replace(/[ ,]/g, ''), `[00]=${data[0]}`);
  assert.deepEqual(complaints, []);
  await page.close();
});

test('what is no longer wanted is dropped, in Chinese too', async () => {
  const { page, complaints, note } = await open(LONG, '?lang=zh');
  await note.getByText('正在计算结果').waitFor();
  await page.getByLabel('卷积核尺寸 高').fill('1');
  await page.getByLabel('卷积核尺寸 宽').fill('1');
  await note.waitFor({ state: 'detached' });
  await page.getByRole('grid', { name: '输出' }).first().waitFor();
  assert.deepEqual(complaints, []);
  await page.close();
});

test('gradients that take long are computed in the background, when they are asked for', async () => {
  const { page, complaints, note } = await open(GRADIENTS);
  await page.getByRole('grid', { name: 'Output', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Gradients', exact: true }).click();
  await note.getByText('Computing the gradients').waitFor();
  await note.waitFor({ state: 'detached' });
  await page
    .getByRole('grid', { name: 'Gradient of the input' })
    .or(page.locator('.gradient-maps'))
    .first()
    .waitFor();
  assert.deepEqual(complaints, []);
  await page.close();
});

test('a layer of a stack opens once its numbers are there, unless that is cancelled', async () => {
  const { page, complaints, note } = await open(STACK);
  const letGo = await holdWorker(page);
  await page.getByRole('button', { name: 'All arguments of layer 1' }).click();
  await page.getByRole('button', { name: 'Open this layer' }).click();
  await note.getByText('Computing the numbers of this layer').waitFor();
  await note.getByRole('button', { name: 'Cancel' }).click();
  await note.waitFor({ state: 'detached' });
  await letGo();
  await page.getByRole('button', { name: 'Open this layer' }).click();
  await page
    .getByRole('grid', { name: 'Kernel from input channel 0 to output channel 0' })
    .waitFor();
  assert.deepEqual(complaints, []);
  await page.close();
});

test('the weights of an ONNX file are computed in the background where that takes long', async () => {
  const { page, complaints, note } = await open(STACK);
  await page.getByRole('button', { name: 'Take it away' }).click();
  const letGo = await holdWorker(page);
  await page.getByRole('button', { name: 'ONNX' }).click();
  await note.getByText('Computing the weights').waitFor();
  await letGo();
  await page.getByRole('button', { name: /stack\.onnx/ }).waitFor();
  assert.equal(await note.count(), 0);
  assert.deepEqual(complaints, []);
  await page.close();
});
