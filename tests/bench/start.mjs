// How long until a visitor with an empty cache can use the page: from the navigation to the first output on it, with a
// local server, each time in a browser context of its own. Beside it, the same for a page that holds nothing: what the
// browser itself takes.

import { launch } from '../browser/launch.js';
import { site } from '../browser/serve.js';

const ROUNDS = 15;

/** The page is usable once its output can be clicked; `performance.now()` counts from the navigation. */
function noteOutput() {
  /** @param {Document|ShadowRoot} root @returns {boolean} */
  const isThere = (root) =>
    root.querySelector('.output [role=gridcell]') !== null ||
    [...root.querySelectorAll('conv-scope')].some((e) => e.shadowRoot && isThere(e.shadowRoot));
  const look = () => {
    if (!isThere(document)) return requestAnimationFrame(look);
    console.log(`usable ${performance.now()}`);
  };
  look();
}

/**
 * Told by the page itself: asked for, the answer would take time of the page's. @param {import('playwright-core').Page} page
 * @returns {Promise<number>}
 */
const usableAt = (page) =>
  new Promise((resolve) => {
    page.on('console', (message) => {
      const [what, time] = message.text().split(' ');
      if (what === 'usable') resolve(Number(time));
    });
  });

/** @param {number[]} times */
const median = (times) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)];

const [browser, server] = await Promise.all([launch(), site()]);
const first = { playground: /** @type {number[]} */ ([]), frame: /** @type {number[]} */ ([]) };
const idle = /** @type {number[]} */ ([]);
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, path] of /** @type {const} */ ([
    ['playground', '?lang=en'],
    ['frame', 'embed.html'],
  ])) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await page.addInitScript(noteOutput);
    const usable = usableAt(page);
    await page.goto(server.url + path, { waitUntil: 'commit' });
    first[name].push(await usable);
    await context.close();
  }
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${server.url}icon.svg`);
  idle.push(await page.evaluate(() => performance.now()));
  await context.close();
}
await browser.close();
await server.close();
const ms = (/** @type {number[]} */ times) =>
  `median ${median(times).toFixed(0)} ms, least ${times[0].toFixed(0)}, most ${times.at(-1)?.toFixed(0)}`;
console.log(`playground, empty cache, until its output stands there: ${ms(first.playground)}`);
console.log(`figure in a frame: ${ms(first.frame)}`);
console.log(`a file of one picture, loaded: ${ms(idle)}`);
