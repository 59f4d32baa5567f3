// How long until a visitor with an empty cache can use the page: from the navigation to the first output on it, with a
// local server, each time in a browser context of its own. As the first page there, which waits for a process of the
// browser's too, and behind a link in a page of another site. Beside it, the same for a file of one picture: what the
// browser itself takes.

import { createServer } from 'node:http';

import { launch } from '../browser/launch.js';
import { site } from '../browser/serve.js';

const ROUNDS = 15;
/** Milliseconds after which a page of one link is at rest. */
const SETTLED = 500;

/** The page is usable once its output can be clicked; `performance.now()` counts from the navigation. */
function noteOutput() {
  /** @param {Document|ShadowRoot} root @returns {boolean} */
  const isThere = (root) =>
    root.querySelector('.output [role=gridcell]') !== null ||
    [...root.querySelectorAll('conv-scope')].some((e) => e.shadowRoot && isThere(e.shadowRoot));
  const look = () => {
    if (!isThere(document)) return requestAnimationFrame(look);
    /** @type {any} */ (window).usable = performance.now();
  };
  look();
}

/** @param {number[]} times */
const median = (times) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)];

const PATHS = { playground: '?lang=en', frame: 'embed.html', picture: 'icon.svg' };

const [browser, server] = await Promise.all([launch(), site()]);
// Another host than that of the site, so that the browser takes another process.
const elsewhere = createServer((_, response) => {
  const links = Object.entries(PATHS).map(
    ([id, to]) => `<a id="${id}" href="${server.url}${to}">${id}</a>`,
  );
  response.writeHead(200, { 'Content-Type': 'text/html' }).end(`<!doctype html>${links.join(' ')}`);
});
await new Promise((resolve) => elsewhere.listen(0, () => resolve(null)));
const { port } = /** @type {import('node:net').AddressInfo} */ (elsewhere.address());
const post = `http://${new URL(server.url).hostname === 'localhost' ? '127.0.0.1' : 'localhost'}:${port}/`;

/** @type {Record<string, number[]>} */
const times = {};
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, path] of Object.entries(PATHS)) {
    for (const how of ['first page', 'from a link']) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      if (name !== 'picture') await page.addInitScript(noteOutput);
      if (how === 'first page') await page.goto(server.url + path);
      else {
        await page.goto(post);
        await page.waitForTimeout(SETTLED);
        await page.click(`#${name}`);
        await page.waitForURL((url) => url.href.startsWith(server.url));
      }
      const isPicture = name === 'picture';
      if (!isPicture) await page.waitForFunction(() => /** @type {any} */ (window).usable > 0);
      const time = await page.evaluate(
        () => /** @type {any} */ (window).usable ?? performance.now(),
      );
      (times[`${name}, ${how}`] ??= []).push(time);
      await context.close();
    }
  }
}
await browser.close();
await server.close();
elsewhere.close();
const ms = (/** @type {number[]} */ times) =>
  `median ${median(times).toFixed(0)} ms, least ${times[0].toFixed(0)}, most ${times.at(-1)?.toFixed(0)}`;
for (const [what, all] of Object.entries(times)) console.log(`${what}: ${ms(all)}`);
