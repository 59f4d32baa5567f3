// From a key press in the input grid to the painted result, in headless Chromium. One frame at 60 Hz is 16.7 ms.
// Event Timing would round to 8 ms, so the page's own clock is read in the key handler's turn and after the next paint.

import { makeState } from '../../web/state/initial.js';
import { writeLink } from '../../web/state/url.js';
import { openSite } from '../browser/page.js';

const KEYS = 60;

/** @param {number[]} sorted @param {number} share */
const quantile = (sorted, share) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

const site = await openSite();
console.log('case                                  script ms   to paint ms   95 %   worst');
for (const [op, size, stride] of /** @type {const} */ ([
  ['conv2d', 8, 1],
  ['conv_transpose2d', 8, 2],
  ['conv2d', 32, 1],
  ['conv_transpose2d', 32, 2],
  ['conv2d', 128, 1],
])) {
  const values = Array.from({ length: size * size }, (_, i) => (i * 7) % 5);
  const state = makeState({
    op,
    inputSize: size,
    kernelSize: 3,
    stride,
    input: values,
    weight: [1, 0, 1, 1, 1, 0, 0, 0, 1],
  });
  const { page } = await site.open(writeLink(state));
  const { script, paint } = await page.evaluate(async (keys) => {
    const cell = /** @type {HTMLElement|null} */ (
      document.querySelector('.card.input [role=gridcell]')
    );
    const box = /** @type {HTMLInputElement|null} */ (
      document.querySelector('.card.input .readout-box')
    );
    /** @type {{ script: number[], paint: number[] }} */
    const times = { script: [], paint: [] };
    const afterPaint = () =>
      new Promise((done) =>
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => done(performance.now());
          port2.postMessage(0);
        }),
      );
    cell?.focus();
    for (let i = 0; i < keys; i++) {
      await new Promise((done) => setTimeout(done, 30));
      // Just after a frame begins, as far as a page can tell: the wait for the next frame is then the longest.
      await new Promise((done) => requestAnimationFrame(done));
      const from = performance.now();
      if (cell)
        cell.dispatchEvent(new KeyboardEvent('keydown', { key: String(i % 10), bubbles: true }));
      else if (box) {
        box.value = String(i % 10);
        box.dispatchEvent(new Event('change'));
      }
      times.script.push(performance.now() - from);
      times.paint.push(Number(await afterPaint()) - from);
      document
        .querySelector('.cell-editor')
        ?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    }
    return times;
  }, KEYS);
  for (const list of [script, paint]) list.sort((a, b) => a - b);
  const name = `${op} ${size}×${size}, k 3, s ${stride}`.padEnd(36);
  const ms = (/** @type {number} */ v) => v.toFixed(1).padStart(6);
  console.log(
    `${name} ${ms(quantile(script, 0.5))}      ${ms(quantile(paint, 0.5))}     ${ms(quantile(paint, 0.95))}  ${ms(quantile(paint, 1))}`,
  );
  await page.close();
}
await site.close();
