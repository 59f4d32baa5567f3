// The stepper beyond the keyboard: play, pause, links, and changes in the middle of it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openSite } from './page.js';

/** @typedef {Awaited<ReturnType<typeof openSite>>} Site */
let site = /** @type {Site} */ (/** @type {unknown} */ (null));
before(async () => {
  site = await openSite();
});
after(() => site.close());

/** @param {import('playwright-core').Page} page */
const position = async (page) =>
  Number(await page.getByRole('slider', { name: 'Step', exact: true }).inputValue());

test('play runs to the end and stops; pause holds', async () => {
  const { page } = await site.open();
  await page.getByLabel('Speed').selectOption('60');
  await page.getByRole('button', { name: 'Play' }).click();
  await page.getByRole('button', { name: 'Pause' }).click();
  const held = await position(page);
  assert.ok(held < 28, `paused at ${held}`);
  await page.waitForTimeout(200);
  assert.equal(await position(page), held);
  await page.getByRole('button', { name: 'Play' }).click();
  await page.getByText('28 of 28').waitFor();
  await page.getByRole('button', { name: 'Play' }).waitFor();
  await page.close();
});

test('Space plays and pauses from the slider', async () => {
  const { page } = await site.open();
  await page.getByRole('slider', { name: 'Step', exact: true }).focus();
  await page.keyboard.press(' ');
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  await page.keyboard.press(' ');
  await page.getByRole('button', { name: 'Play' }).waitFor();
  await page.close();
});

test('the step is part of the link', async () => {
  const { page } = await site.open();
  await page.getByRole('button', { name: 'First step' }).click();
  for (let i = 0; i < 6; i++) await page.getByRole('button', { name: 'Step forward' }).click();
  await page.waitForFunction(() => location.hash.includes('t=6'));
  const there = await site.open(new URL(page.url()).hash.slice(1));
  assert.equal(await position(there.page), 6);
  assert.deepEqual(
    await there.grid('Output').getByRole('gridcell').allTextContents(),
    await page
      .getByRole('grid', { name: 'Output', exact: true })
      .getByRole('gridcell')
      .allTextContents(),
  );
  await there.page.close();
  await page.close();
});

test('a change of sizes in the middle of a walk leaves a valid step', async () => {
  const { page, type, complaints } = await site.open(
    'v=1&op=conv_transpose2d&i=2&s=2&x=1,2,0,1&w=1,0,1,1,1,0,0,0,1&t=20',
  );
  await type('Stride height', '1');
  await type('Stride width', '1');
  assert.ok((await position(page)) <= 3 + 16);
  await page.getByRole('button', { name: 'Scatter' }).click();
  await page.getByRole('button', { name: 'Step back' }).click();
  await page.getByRole('button', { name: 'Last step' }).click();
  assert.deepEqual(complaints, []);
  await page.close();
});
