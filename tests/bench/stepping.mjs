// Frames while the stepper plays, from the browser's own trace: 60 frames a second are 16.7 ms apart.
// The first line is a page that does nothing but count: what the machine itself holds, in the same run.
// "CPU ms" is what a frame costs the page's main thread, whoever else uses the machine.

import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeState } from '../../web/state/initial.js';
import { writeLink } from '../../web/state/url.js';
import { openSite } from '../browser/page.js';

const SECONDS = 4;
const KERNEL = [1, 0, 1, 1, 1, 0, 0, 0, 1];

/** Operation, side of the input, stride, and what differs from the page's first look. */
const CASES = /** @type {[string, number, number, Record<string, any>?][]} */ ([
  ['conv2d', 8, 1],
  ['conv2d', 32, 1],
  ['conv2d', 32, 1, { tint: true }],
  ['conv2d', 32, 1, { inChannels: 3 }],
  ['conv2d', 32, 1, { method: 'scatter' }],
  ['conv2d', 8, 1, { method: 'matrix' }],
  ['conv_transpose2d', 16, 2],
  ['conv_transpose2d', 16, 2, { method: 'scatter' }],
  ['conv_transpose2d', 16, 2, { method: 'phases' }],
  ['conv_transpose2d', 32, 2],
  ['conv_transpose2d', 32, 2, { method: 'direct' }],
  ['conv_transpose2d', 32, 2, { method: 'scatter' }],
  ['conv_transpose2d', 32, 2, { method: 'phases' }],
  ['conv_transpose2d', 8, 2, { method: 'matrix' }],
]);

const site = await openSite();
const browser = site.context.browser();
if (!browser) throw new Error('the context has no browser');

/**
 * Milliseconds between the frames drawn meanwhile, shortest first, and the main thread's CPU time for each.
 * @param {import('playwright-core').Page} page @param {() => Promise<unknown>} wait
 */
async function framesWhile(page, wait) {
  const path = join(tmpdir(), `convscope-trace-${process.pid}.json`);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const cpu = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * (metrics.find((m) => m.name === 'ThreadTime')?.value ?? Number.NaN);
  };
  await browser?.startTracing(page, {
    path,
    categories: ['disabled-by-default-devtools.timeline.frame', 'devtools.timeline.frame'],
  });
  const before = await cpu();
  await wait();
  const used = (await cpu()) - before;
  await browser?.stopTracing();
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
  return { gaps, cpu: used / drawn.length };
}

/** @param {string} name @param {{ gaps: number[], cpu: number }} frames @param {number|string} steps */
function report(name, { gaps, cpu }, steps) {
  const at = (/** @type {number} */ share) =>
    gaps[Math.min(gaps.length - 1, Math.floor(gaps.length * share))].toFixed(1).padStart(6);
  const rate = (1000 * gaps.length) / gaps.reduce((a, b) => a + b);
  const late = String(gaps.filter((g) => g > 25).length).padStart(6);
  console.log(
    `${name.padEnd(40)} ${rate.toFixed(1).padStart(8)}     ${at(0.5)}      ${at(0.95)}    ${late}    ${cpu.toFixed(1).padStart(6)}   ${steps}`,
  );
}

console.log(
  'case                                      frames/s   median ms   95 % ms   over 25 ms   CPU ms   steps',
);
const idle = await site.context.newPage();
await idle.goto('about:blank');
await idle.evaluate(() => {
  let n = 0;
  const count = () => {
    document.body.textContent = String(n++);
    requestAnimationFrame(count);
  };
  count();
});
report(
  'a page that only counts',
  await framesWhile(idle, () => idle.waitForTimeout(SECONDS * 1000)),
  '–',
);
await idle.close();

for (const [op, size, stride, more = {}] of CASES) {
  const channels = more.inChannels ?? 1;
  const state = makeState({
    op,
    inputSize: size,
    kernelSize: 3,
    stride,
    padding: 1,
    input: Array.from({ length: channels * size * size }, (_, i) => (i * 7) % 5),
    weight: Array.from({ length: channels * 9 }, (_, i) => KERNEL[i % 9]),
    ...more,
  });
  const { page } = await site.open(writeLink(state));
  await page.getByLabel('Speed').selectOption('60');
  await page.getByRole('button', { name: 'First step' }).click();
  const slider = page.getByRole('slider', { name: 'Step', exact: true });
  const step = async () => Number(await slider.inputValue());
  const total = Number(await slider.getAttribute('max'));
  await page.getByRole('button', { name: 'Play' }).click();
  await page.waitForTimeout(300);
  const from = await step();
  // A small case is at its end before the time is over: what comes after would be an idle page.
  const time = Math.min(SECONDS * 1000, ((total - from) / 60) * 1000 - 200);
  // Half the time at the top, half at the maps of the method: what is in sight is what costs.
  const frames = await framesWhile(page, async () => {
    await page.waitForTimeout(time / 2);
    await page.locator('.step-list').evaluate((list) => list.scrollIntoView());
    await page.waitForTimeout(time / 2);
  });
  const rest = Object.entries(more).map(([k, v]) =>
    v === true ? k : k === 'method' ? v : `${v} channels`,
  );
  report(
    [`${op} ${size}×${size}, k 3, s ${stride}`, ...rest].join(', '),
    frames,
    (await step()) - from,
  );
  await page.close();
}
await site.close();
