// Pictures to take home: the dialog, a file of each kind, an animation that plays inside an <img>, and cancelling.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { assertAccessible } from './axe.js';
import { launch } from './launch.js';
import { openSite } from './page.js';

/** @typedef {Awaited<ReturnType<typeof openSite>>} Site */
/** @typedef {import('playwright-core').Page} Page */
let site = /** @type {Site} */ (/** @type {unknown} */ (null));
before(async () => {
  site = await openSite({ permissions: ['clipboard-read', 'clipboard-write'] });
});
after(() => site.close());

/** The dialog once its preview is there. @param {string} [hash] */
async function openDialog(hash) {
  const { page, complaints } = await site.open(hash);
  await page.getByRole('button', { name: 'Picture', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Picture to take home' });
  await dialog.getByRole('img').waitFor();
  return { page, dialog, complaints };
}

/** The file behind "Download". @param {Page} page */
async function downloaded(page) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download', exact: true }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** Frames, loop and size of a GIF, by walking its blocks. @param {Buffer} gif */
function readGif(gif) {
  assert.equal(gif.toString('latin1', 0, 6), 'GIF89a');
  const [width, height] = [gif.readUInt16LE(6), gif.readUInt16LE(8)];
  const tableBytes = (/** @type {number} */ f) => (f & 128 ? 3 * 2 ** ((f & 7) + 1) : 0);
  let at = 13 + tableBytes(gif[10]);
  const delays = [];
  let frames = 0;
  let loops = null;
  while (gif[at] !== 0x3b) {
    if (gif[at] === 0x21) {
      if (gif[at + 1] === 0xf9) delays.push(gif.readUInt16LE(at + 4));
      if (gif[at + 1] === 0xff && gif.toString('latin1', at + 3, at + 14) === 'NETSCAPE2.0')
        loops = gif.readUInt16LE(at + 16);
      at += 2;
    } else {
      assert.equal(gif[at], 0x2c, `a block at ${at}`);
      at += 10 + tableBytes(gif[at + 9]) + 1;
      frames++;
    }
    while (gif[at]) at += gif[at] + 1;
    at++;
  }
  assert.equal(at, gif.length - 1, 'nothing after the end');
  return { width, height, frames, delays, loops };
}

test('the SVG of what the page shows: its numbers, its words, whole XML', async () => {
  const { page, dialog, complaints } = await openDialog();
  await dialog.getByLabel('Title').fill('A <b>title</b> & "more"');
  await dialog.getByLabel('Caption').fill('What it is');
  await dialog.getByRole('img', { name: 'What it is' }).waitFor();
  const { name, bytes } = await downloaded(page);
  assert.match(name, /^convscope-.+-zero-insertion\.svg$/);
  const read = await page.evaluate((text) => {
    const xml = new DOMParser().parseFromString(text, 'image/svg+xml');
    return {
      error: xml.querySelector('parsererror')?.textContent ?? null,
      title: xml.querySelector('title')?.textContent,
      text: xml.documentElement.textContent ?? '',
      width: xml.documentElement.getAttribute('width'),
      strange: xml.querySelectorAll('script, foreignObject, image, a, b').length,
    };
  }, bytes.toString());
  assert.equal(read.error, null);
  assert.equal(read.title, 'A <b>title</b> & "more"');
  assert.equal(read.width, '720');
  assert.equal(read.strange, 0);
  assert.match(read.text, /Output \[2, 2\] = 1·1 \+ 2·0 \+ 0·1 \+ 1·1 = 2/);
  await dialog.getByRole('button', { name: 'Copy' }).click();
  await dialog.getByRole('status').getByText('Copied').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), bytes.toString());
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Picture');
  assert.deepEqual(complaints, []);
  await page.close();
});

test('a PNG has the pixels that were asked for', async () => {
  const { page, dialog, complaints } = await openDialog();
  await dialog.getByLabel('Format').selectOption({ label: 'PNG' });
  await dialog.getByLabel('Width').selectOption('1080');
  await dialog.getByLabel('Colours').selectOption('dark');
  await dialog.getByText(/2160 × \d+ px, \d+ KB/).waitFor();
  const { name, bytes } = await downloaded(page);
  assert.match(name, /\.png$/);
  assert.equal(bytes.toString('latin1', 0, 8), '\x89PNG\r\n\x1a\n');
  assert.equal(bytes.readUInt32BE(16), 2160);
  await dialog.getByRole('button', { name: 'Copy' }).click();
  await dialog.getByRole('status').getByText('Copied').waitFor();
  const types = await page.evaluate(async () => (await navigator.clipboard.read())[0].types);
  assert.deepEqual(types, ['image/png']);
  assert.deepEqual(complaints, []);
  await page.close();
});

test('the animated SVG moves inside an <img>, and stands still for who asks for it', async () => {
  const { page, dialog, complaints } = await openDialog();
  await dialog.getByLabel('Show').selectOption('all');
  await dialog.getByText(/\d+ × \d+ px, \d+ KB, 30 frames/).waitFor();
  const { name, bytes } = await downloaded(page);
  assert.match(name, /-steps\.svg$/);
  assert.deepEqual(complaints, []);
  await page.close();

  // The preference must be the browser's own: an emulated one does not reach pictures inside an <img>.
  for (const reduced of [false, true]) {
    const browser = await launch({ args: reduced ? ['--force-prefers-reduced-motion'] : [] });
    const host = await browser.newPage();
    await host.setContent(`<img src="data:image/svg+xml;base64,${bytes.toString('base64')}">`);
    const image = host.locator('img');
    await image.evaluate((/** @type {HTMLImageElement} */ i) => i.decode());
    const take = async () => (await image.screenshot()).toString('base64');
    const first = await take();
    let moved = false;
    for (let n = 0; n < 12 && !moved; n++) {
      await host.waitForTimeout(250);
      moved = (await take()) !== first;
    }
    await browser.close();
    assert.equal(moved, !reduced, reduced ? 'less motion was asked for' : 'two moments differ');
  }
});

test('the GIF holds every step and starts over for ever', async () => {
  const { page, dialog, complaints } = await openDialog();
  await dialog.getByLabel('Show').selectOption('all');
  await dialog.getByLabel('Format').selectOption('gif');
  await dialog.getByLabel('Resolution').selectOption('1');
  await dialog.getByText(/720 × \d+ px, about \d+ KB, 30 frames/).waitFor();
  const { name, bytes } = await downloaded(page);
  assert.match(name, /\.gif$/);
  const gif = readGif(bytes);
  assert.equal(gif.width, 720);
  assert.equal(gif.frames, 30);
  assert.equal(gif.loops, 0, 'for ever');
  assert.deepEqual([gif.delays[0], gif.delays[1], gif.delays.at(-1)], [120, 60, 260]);
  const width = await page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/gif;base64,${base64}`;
    await image.decode();
    return image.naturalWidth;
  }, bytes.toString('base64'));
  assert.equal(width, 720, 'the browser reads it');
  assert.deepEqual(complaints, []);
  await page.close();
});

test('a GIF can be cancelled: the page lives on, and nothing is saved', async () => {
  const { page, dialog } = await openDialog();
  let saved = 0;
  page.on('download', () => saved++);
  await dialog.getByLabel('Show').selectOption('all');
  await dialog.getByLabel('Format').selectOption('gif');
  await dialog.getByText(/about/).waitFor();
  await dialog.getByRole('button', { name: 'Download' }).click();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.getByText('Cancelled: nothing was saved.').waitFor();
  assert.equal(await dialog.getByRole('progressbar').count(), 0);
  assert.equal(saved, 0);
  assert.ok(await dialog.getByRole('button', { name: 'Download' }).isEnabled());
  await page.close();
});

test('where something is not valid, the dialog says so', async () => {
  const { page, type } = await site.open();
  await type('Stride height', '0');
  await page.getByRole('button', { name: 'Picture', exact: true }).click();
  await page.getByRole('dialog').getByRole('alert').getByText('not valid').waitFor();
  await page.close();
});

for (const [width, colorScheme] of /** @type {[number, 'light'|'dark'][]} */ ([
  [1440, 'light'],
  [390, 'dark'],
])) {
  test(`axe finds nothing in the dialog at ${width} px, ${colorScheme}`, async () => {
    const { page } = await site.open();
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 844 });
    await page.getByRole('button', { name: 'Picture', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('img').waitFor();
    for (const what of ['step', 'all']) {
      await dialog.getByLabel('Show').selectOption(what);
      await dialog.getByText(/\d KB/).waitFor();
      await assertAccessible(page, { within: 'dialog[open]' });
      assert.ok(await dialog.evaluate((d) => d.scrollWidth <= d.clientWidth), 'no sideways scroll');
    }
    await page.close();
  });
}
