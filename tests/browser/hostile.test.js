// Links and pastes of somebody who means harm: the page keeps its numbers, says so in words, makes no element of them,
// and asks no other host. Attributes are in element.test.js.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeState } from '../../web/state/initial.js';
import { packLink } from '../../web/state/packed.js';
import { OPENING } from '../../web/state/presets.js';
import { writeLink } from '../../web/state/url.js';
import { openSite } from './page.js';

let site = /** @type {Awaited<ReturnType<typeof openSite>>} */ (/** @type {unknown} */ (null));
before(async () => {
  site = await openSite();
});
after(() => site.close());

const MARKUP = '"><img src=x onerror=alert(1)><script>alert(1)</script><svg onload=alert(1)>';
const MEGABYTES = 5e6;
const good = writeLink(makeState(OPENING));

/** A page of which everything that must not happen is noted. */
async function watched() {
  const opened = await site.open();
  const { page } = opened;
  /** @type {string[]} */
  const harm = [];
  page.on('dialog', (dialog) => {
    harm.push(`a dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(site.url) && !request.url().startsWith('data:'))
      harm.push(`asked for ${request.url()}`);
  });
  const made = () => page.locator('#app :is(script, img, iframe, [onerror], [onload])').count();
  return { ...opened, harm, made };
}

test('hostile links change nothing but a message', async () => {
  const { page, numbers, complaints, harm, made } = await watched();
  const opening = await numbers('Output');
  const links = [
    MARKUP,
    `v=1&op=${encodeURIComponent(MARKUP)}`,
    'javascript:alert(1)',
    `v=1&op=conv2d&x=${encodeURIComponent(MARKUP)}`,
    good.replace(/s=2/, `s=${encodeURIComponent(MARKUP)}`),
    good.replace(/i=2/, 'i=1e9'),
    `v=1&op=conv2d&i=${'9'.repeat(1000)}`,
    `v=1&op=__proto__&constructor=1`,
    `v=1&op=conv2d&x=${'['.repeat(1e5)}`,
    `v=1&op=conv2d&x=${'1,'.repeat(5e5)}`,
    'v=1&op=conv2d&x=%F0%90%28',
    'v=1&op=conv2d&x=\ud800\udfff\udc00',
    'v=2&z=\ud800',
    `v=2&z=${'A'.repeat(1e6)}`,
    await packLink(`v=1&op=conv2d&x=${'0'.repeat(MEGABYTES)}`),
    await packLink(`v=1&op=conv2d&x=${MARKUP}&${'padding='.repeat(50)}`),
  ];
  for (const link of links) {
    const what = link.slice(0, 60);
    await page.evaluate((hash) => {
      location.hash = hash;
    }, link);
    await page.locator('main > [role=alert]').waitFor();
    assert.deepEqual(await numbers('Output'), opening, what);
    assert.equal(await made(), 0, what);
    // And a good one takes the message away.
    await page.evaluate((hash) => {
      location.hash = hash;
    }, good);
    await page.locator('main > [role=alert]').waitFor({ state: 'detached' });
  }
  assert.deepEqual([harm, complaints], [[], []]);
  await page.close();
});

test('hostile pastes change nothing but a message', async () => {
  const { page, numbers, complaints, harm, made } = await watched();
  const opening = await numbers('Output');
  const box = page.getByRole('textbox', { name: 'Paste', exact: true });
  const texts = [
    MARKUP,
    `tensor([[1., ${MARKUP}]])`,
    'javascript:alert(1)',
    '['.repeat(1e5),
    `${'('.repeat(1e5)}1`,
    'F.conv2d('.repeat(1e4),
    '\ud800\udfff [1, \udc00]',
    `tensor([${'1, '.repeat(1e6)}`,
    `${'x = 1\n'.repeat(MEGABYTES / 6)}`,
    `[${'9'.repeat(MEGABYTES)}`,
    '{"__proto__": {"shape": "x", "data": "x"}}',
    'tensor([1e999999999, 1.2.3])',
  ];
  for (const text of texts) {
    const what = JSON.stringify(text.slice(0, 60));
    // As one paste; typing five megabytes is not what the box is for.
    await box.evaluate((element, value) => {
      /** @type {HTMLTextAreaElement} */ (element).value = value;
      element.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }, text);
    const alert = page.locator('.paste [role=alert]');
    await alert.waitFor();
    assert.ok(((await alert.textContent()) ?? '').length < 1000, what);
    assert.deepEqual(await numbers('Output'), opening, what);
    assert.equal(await made(), 0, what);
    await page.getByRole('button', { name: 'Clear' }).click();
    await alert.waitFor({ state: 'detached' });
  }
  assert.deepEqual([harm, complaints], [[], []]);
  await page.close();
});
