// Frames while the stepper plays, from the browser's own trace: 60 frames a second are 16.7 ms apart.

import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeState } from '../../web/state/initial.js';
import { writeLink } from '../../web/state/url.js';
import { openSite } from '../browser/page.js';

const SECONDS = 4;

const site = await openSite();
const browser = site.context.browser();
if (!browser) throw new Error('the context has no browser');
console.log(
  'case                                  frames/s   median ms   95 % ms   over 25 ms   steps',
);
for (const [op, size, stride] of /** @type {const} */ ([
  ['conv2d', 8, 1],
  ['conv2d', 32, 1],
  ['conv_transpose2d', 16, 2],
  ['conv_transpose2d', 32, 2],
])) {
  const input = Array.from({ length: size * size }, (_, i) => (i * 7) % 5);
  const weight = [1, 0, 1, 1, 1, 0, 0, 0, 1];
  const state = makeState({
    op,
    inputSize: size,
    kernelSize: 3,
    stride,
    padding: 1,
    input,
    weight,
  });
  const { page } = await site.open(writeLink(state));
  await page.getByLabel('Speed').selectOption('60');
  await page.getByRole('button', { name: 'First step' }).click();
  await page.getByRole('button', { name: 'Play' }).click();
  await page.waitForTimeout(500);
  const step = async () =>
    Number(await page.getByRole('slider', { name: 'Step', exact: true }).inputValue());
  const from = await step();
  const path = join(tmpdir(), `convscope-trace-${process.pid}.json`);
  await browser.startTracing(page, {
    path,
    categories: ['disabled-by-default-devtools.timeline.frame', 'devtools.timeline.frame'],
  });
  await page.waitForTimeout(SECONDS * 1000);
  await browser.stopTracing();
  const steps = (await step()) - from;
  const { traceEvents } = JSON.parse(readFileSync(path, 'utf8'));
  rmSync(path);
  const drawn = traceEvents
    .filter((/** @type {any} */ e) => e.name === 'DrawFrame')
    .map((/** @type {any} */ e) => e.ts / 1000)
    .sort((/** @type {number} */ a, /** @type {number} */ b) => a - b);
  const gaps = drawn
    .slice(1)
    .map((/** @type {number} */ t, /** @type {number} */ i) => t - drawn[i])
    .sort((/** @type {number} */ a, /** @type {number} */ b) => a - b);
  const at = (/** @type {number} */ share) =>
    gaps[Math.min(gaps.length - 1, Math.floor(gaps.length * share))]?.toFixed(1).padStart(6);
  const rate = gaps.length ? (1000 * gaps.length) / (drawn[drawn.length - 1] - drawn[0]) : 0;
  console.log(
    `${`${op} ${size}×${size}, k 3, s ${stride}`.padEnd(36)} ${rate.toFixed(1).padStart(8)}     ${at(0.5)}      ${at(0.95)}    ${String(gaps.filter((/** @type {number} */ g) => g > 25).length).padStart(6)}       ${steps}`,
  );
  await page.close();
}
await site.close();
