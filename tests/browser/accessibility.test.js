// axe on the page in both themes and three widths, and no sideways scrolling.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeState } from '../../web/state/initial.js';
import { PRESETS } from '../../web/state/presets.js';
import { writeLink } from '../../web/state/url.js';
import { assertAccessible } from './axe.js';
import { openSite } from './page.js';

/** @typedef {Awaited<ReturnType<typeof openSite>>} Site */
let site = /** @type {Site} */ (/** @type {unknown} */ (null));
before(async () => {
  site = await openSite();
});
after(() => site.close());

const channels = writeLink(makeState(PRESETS.find((p) => p.id === 'transposed_channels')));

for (const theme of /** @type {const} */ (['light', 'dark'])) {
  for (const width of [1440, 1024, 390]) {
    test(`axe finds nothing at ${width} px, ${theme}, and nothing scrolls sideways`, async () => {
      for (const hash of width === 1024 ? [channels] : ['']) {
        const { page, type } = await site.open(hash);
        await page.emulateMedia({ colorScheme: theme });
        await page.setViewportSize({ width, height: 900 });
        const check = async (/** @type {string} */ state) => {
          await assertAccessible(page, { message: state });
          assert.ok(
            await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
            `${state}: scrolls sideways`,
          );
        };
        await check('as opened');
        await type('Stride height', '0');
        await check('with a refusal');
        await type('Stride height', '2');
        await page.getByRole('button', { name: 'Other frameworks' }).click();
        await page.getByRole('article', { name: 'ONNX' }).waitFor();
        await check('with other frameworks');
        await page.getByRole('button', { name: 'Copy out' }).click();
        await page.getByRole('region', { name: 'What is copied' }).waitFor();
        await check('with copying out');
        await page.getByRole('button', { name: 'Gallery' }).click();
        await check('with the gallery open');
        await page.close();
      }
    });
  }
}
