// A link of every entry of the gallery, opened in a fresh browser, shows what it was copied from: every number, picture,
// formula and word; and the numbers are the engine's.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createEngine } from '../../web/engine/index.js';
import { makeState } from '../../web/state/initial.js';
import { packLink, readyFor } from '../../web/state/packed.js';
import { PRESETS } from '../../web/state/presets.js';
import { readSettings, requestOf } from '../../web/state/settings.js';
import { readLink, writeLink } from '../../web/state/url.js';
import { openSite } from './page.js';

/** Browsers that are open at a time. */
const AT_ONCE = 3;

const engine = await createEngine({ part: 'core' });

let site = /** @type {Awaited<ReturnType<typeof openSite>>} */ (/** @type {unknown} */ (null));
before(async () => {
  site = await openSite();
});
after(() => site.close());

/** Everything that a page shows of its state, once that no longer changes. @param {import('playwright-core').Page} page */
async function shown(page) {
  const read = () =>
    page.evaluate(() => ({
      grids: Array.from(document.querySelectorAll('[role=grid]'), (grid) => ({
        name: grid.getAttribute('aria-label') ?? '',
        cells: Array.from(grid.querySelectorAll('[role=gridcell]'), (cell) => cell.textContent),
      })),
      pictures: Array.from(document.querySelectorAll('canvas'), (canvas) => canvas.toDataURL()),
      formula: document.querySelector('.formula')?.textContent ?? null,
      words: document.querySelector('main')?.innerText,
      settings: Array.from(document.querySelectorAll('main :is(input, select)'), (field) => [
        field.getAttribute('aria-label') ?? field.id,
        /** @type {HTMLInputElement} */ (field).value,
      ]),
    }));
  // Whether the methods agree is said once the page has time, but of large maps not.
  if ((await page.locator('canvas').count()) === 0) await page.locator('.agreement').waitFor();
  for (let before = await read(); ; ) {
    await page.waitForTimeout(100);
    const now = await read();
    if (JSON.stringify(now) === JSON.stringify(before)) return now;
    before = now;
  }
}

/** @typedef {Awaited<ReturnType<typeof shown>>} Shown */

/** The numbers of the output as the engine gives them. @param {import('../../web/state/presets.js').Preset} preset */
function outputOf(preset) {
  const state = makeState(preset);
  return [...engine.run(requestOf(state, readSettings(state).values)).data];
}

/** The numbers of the output as a page shows them, to the digits that it shows. @param {Shown} page */
const outputOn = ({ grids }) =>
  grids
    .filter(({ name }) => /^Output( channel \d+)?( depth \d+)?$/.test(name))
    .flatMap(({ cells }) => cells.map(Number));

test('a link of every entry of the gallery opens to the same in a fresh browser', async () => {
  const { page } = await site.open();
  /** @type {{ preset: import('../../web/state/presets.js').Preset, link: string, there: Shown }[]} */
  const copied = [];
  await page.getByRole('button', { name: 'Gallery' }).click();
  for (const preset of PRESETS) {
    // Not by the pointer, which would stay on the page and point at a cell.
    await page
      .locator('.gallery')
      .getByText(preset.id, { exact: true })
      .evaluate((name) => name.closest('a')?.click());
    await page
      .locator('.gallery [aria-current=true]')
      .getByText(preset.id, { exact: true })
      .waitFor({ state: 'attached' });
    const there = await shown(page);
    await readyFor(page.url());
    const opened = /** @type {any} */ (readLink(new URL(page.url()).hash));
    copied.push({ preset, there, link: await packLink(writeLink(opened.state)) });
  }
  assert.equal(new Set(copied.map(({ link }) => link)).size, PRESETS.length);
  assert.ok(
    copied.some(({ link }) => link.startsWith('v=2&')) &&
      copied.some(({ link }) => link.startsWith('v=1&')),
  );
  assert.ok(copied.filter(({ there }) => there.formula).length > 30, 'size formulas are there');

  const open = async (/** @type {(typeof copied)[number]} */ { preset, link, there }) => {
    const context = await site.context.browser()?.newContext({ viewport: page.viewportSize() });
    const fresh = await context?.newPage();
    assert.ok(context && fresh);
    await fresh.goto(`${site.url}?lang=en#${link}`);
    await fresh.getByRole('grid', { name: 'Output' }).first().waitFor();
    const here = await shown(fresh);
    await context.close();
    assert.deepEqual(here, there, preset.id);
    // Large maps are pictures, and of a volume some slices are shown.
    if (here.pictures.length === 0 && preset.inputSize.length < 3)
      assert.deepEqual(outputOn(here), outputOf(preset), preset.id);
  };
  const left = [...copied];
  const worker = async () => {
    for (let next = left.shift(); next; next = left.shift()) await open(next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
});
