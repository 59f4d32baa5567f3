// <conv-scope> with a stack of layers and the frame with a link to one, on a page of somebody else under a strict policy.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { seededInput } from '../../web/stack/values.js';
import { packLink } from '../../web/state/packed.js';
import { writeStackLink } from '../../web/state/stack/link.js';
import { presetState, STACK_PRESETS } from '../../web/state/stack/presets.js';
import { assertAccessible } from './axe.js';
import { escaped, numbersIn, openHost, tag, withAttribute } from './host.js';
import { OPENING_OUTPUT } from './page.js';

const LAYER = { input: '1 2; 0 1', kernel: '1 0 1; 1 1 0; 0 0 1', stride: '2' };
const SMALL = {
  stack: 'conv2d(co=8,k=3);max_pool2d(k=2);conv_transpose2d(co=4,k=3,s=2);relu',
  shape: '1,3,16,16',
};
/** Its second convolution takes other channels than it gets. */
const FAILING = {
  stack: 'nn.Sequential(nn.Conv2d(3, 64, 7, stride=2, padding=3), nn.ReLU(), nn.Conv2d(60, 8, 3))',
};
/** As a person pastes it; longer than what is left unpacked. */
const packed = await packLink(writeStackLink(presetState(STACK_PRESETS[0])));
const frame = (query = '') =>
  `<iframe title="A stack" width="700" height="500" src="convscope/embed.html?${escaped(query)}#${escaped(packed)}"></iframe>`;

let host = /** @type {Awaited<ReturnType<typeof openHost>>} */ (/** @type {unknown} */ (null));
before(async () => {
  host = await openHost();
});
after(() => host.close());

/** @typedef {import('playwright-core').Locator} Locator */

/** @param {Locator} figure @param {number} at @param {string} name of the column */
async function fact(figure, at, name) {
  const row = figure.locator('.layer:not(.head)').nth(at);
  await row.waitFor();
  return (await row.locator(`.fact-${name}`).textContent())?.trim();
}
/** What stands in the head of a figure. @param {Locator} figure @param {string} text */
const headed = (figure, text) => figure.locator('.figure-head').getByText(text).waitFor();

const tall = { context: { viewport: { width: 1100, height: 5000 } } };

test('a figure of a layer, two of stacks and a frame: right numbers, nothing disturbed', async () => {
  const { page, complaints, fetched } = await host.open(
    tag(LAYER) + tag(SMALL) + tag(FAILING) + frame(),
    tall,
  );
  const [layer, small, failing] = [0, 1, 2].map((i) => page.locator('conv-scope').nth(i));
  const embedded = page.frameLocator('iframe').locator('conv-scope');
  assert.deepEqual(await numbersIn(layer, 'Output'), OPENING_OUTPUT);
  assert.equal(await fact(small, 0, 'shape'), '1×3×16×16 → 1×8×14×14');
  assert.equal(await fact(small, 0, 'parameters'), '224');
  assert.equal(await fact(small, 1, 'field'), '4');
  assert.equal(await fact(small, 2, 'overlap'), 'uneven 6–12');
  assert.equal(await fact(embedded, 12, 'shape'), '1×64×32×32 → 1×3×64×64');
  await embedded.getByText('DCGAN generator, 64×64').waitFor();
  await embedded.getByText('3,576,704 parameters').waitFor();
  assert.match(
    (await failing.getByRole('alert').textContent()) ?? '',
    /^Layer 2 fails: The input has 64 channels/,
  );
  await failing.getByText('Stops at layer 2.').waitFor();

  // The core for the layer, the whole for stacks, once each; and nothing from elsewhere.
  const engines = fetched.filter((url) => url.endsWith('.wasm'));
  const [core, whole] = [/convscope-core/, /convscope-(?!core)/].map(
    (kind) => engines.filter((url) => kind.test(url)).length,
  );
  assert.ok(core <= 2 && whole === 2, engines.join(' '));
  assert.ok(fetched.every((url) => url.startsWith(host.url) || url.startsWith('data:')));

  // A click in one changes that one alone, and no key of it is heard outside.
  await page.evaluate(() => {
    const heard = /** @type {any} */ (window);
    heard.heard = [];
    for (const type of ['keydown', 'input'])
      addEventListener(type, (e) => heard.heard.push(/** @type {any} */ (e).key ?? type));
  });
  await failing.getByRole('button', { name: /^layer 2: in 64/ }).click();
  assert.equal(await fact(failing, 2, 'shape'), '1×64×32×32 → 1×8×30×30');
  assert.equal(await failing.getByRole('alert').count(), 0);
  await failing.getByLabel('height', { exact: true }).fill('0');
  await failing.getByText('Cell [0, 15] depends on').waitFor();
  await small.getByText('Cell [7, 7] depends on').waitFor();
  assert.deepEqual(await page.evaluate(() => /** @type {any} */ (window).heard), []);
  await failing.getByRole('button', { name: 'Look at layer 0' }).focus();
  await page.keyboard.press('Control+z');
  assert.match((await failing.getByRole('alert').textContent()) ?? '', /^Layer 2 fails/);
  assert.equal(await fact(small, 0, 'parameters'), '224');
  assert.deepEqual(await numbersIn(layer, 'Output'), OPENING_OUTPUT);
  assert.equal(await page.evaluate(() => location.hash), '');
  assert.deepEqual(complaints, []);
  await page.close();
});

test('a page with figures of layers alone fetches nothing of stacks', async () => {
  const { page, fetched } = await host.open(tag(LAYER));
  await numbersIn(page.locator('conv-scope'), 'Output');
  await page.waitForLoadState('networkidle');
  const names = fetched.map((url) => new URL(url).pathname.split('/').pop() ?? '');
  assert.deepEqual(
    names.filter((name) => /stack|convscope-(?!core)/.test(name)),
    [],
  );
  await page.close();
});

test('a cell of any layer is looked at: what it sees in the input, and the overlap', async () => {
  const { page } = await host.open(tag({ ...SMALL, selected: '1 0 1' }), tall);
  const figure = page.locator('conv-scope');
  await figure
    .getByText('Cell [0, 1] depends on height 0 to 3 (4 of 16), width 2 to 5 (4 of 16).')
    .waitFor();
  const output = figure.getByRole('grid', { name: 'Output of layer 1' });
  await output.getByRole('gridcell').first().click();
  await figure.getByText('Cell [0, 0] depends on').waitFor();
  await figure.getByRole('button', { name: 'Look at layer 2' }).click();
  assert.match(
    (await figure.locator('.seen-maps .remark').first().textContent()) ?? '',
    /^Checkerboard: along the height and width, .* by 6 to 12 paths\.$/,
  );
  const link = await figure.getByRole('link', { name: 'Open in Convscope' }).getAttribute('href');
  assert.match(String(link), /\/convscope\/\?lang=en#v=1&stack=conv2d\(co=8,k=3\).*&sel=2$/);
  await page.goto(String(link));
  await page.getByRole('table', { name: 'Layers' }).waitFor();
  assert.equal(await page.getByText('Cell of layer 2 (conv_transpose2d)').count(), 1);
  await page.close();
});

test('views, editing and read-only are as the attributes say', async () => {
  const { page } = await host.open(
    tag({ ...SMALL, views: 'settings layers' }) +
      tag({ ...FAILING, views: 'settings layers', readonly: '' }) +
      tag({ ...SMALL, views: 'overlap' }),
    tall,
  );
  const [editing, reading, map] = [0, 1, 2].map((i) => page.locator('conv-scope').nth(i));
  await editing.getByLabel('kernel, layer 0').fill('5');
  assert.equal(await fact(editing, 0, 'parameters'), '608');
  await editing.getByLabel('Input shape').fill('1,3,20,20');
  assert.equal(await fact(editing, 0, 'shape'), '1×3×20×20 → 1×8×16×16');
  await editing.getByRole('button', { name: 'Remove layer 3' }).click();
  assert.equal(await editing.locator('.layer:not(.head)').count(), 3 + 1);
  assert.equal(await editing.getByText('Input of the stack').count(), 0);

  await reading.getByRole('alert').waitFor();
  assert.equal(await reading.getByRole('textbox').count(), 0);
  assert.equal(await reading.getByRole('button', { name: /^layer \d:/ }).count(), 0);
  await reading.getByRole('button', { name: 'Look at layer 0' }).click();

  await map.getByText('Output of layer 3').waitFor();
  assert.equal(await map.getByRole('table').count(), 0);
  await page.close();
});

test('a change of the reader is told by an event, and no other', async () => {
  const { page } = await host.open(`<section id="around">${tag(SMALL)}</section>`, tall);
  const figure = page.locator('conv-scope');
  await fact(figure, 0, 'shape');
  await page.evaluate(() => {
    const told = /** @type {any} */ (window);
    told.told = [];
    document.getElementById('around')?.addEventListener('change', (e) => {
      told.told.push(structuredClone(/** @type {any} */ (e).detail));
      /** @type {any} */ (e).detail.layers.length = 0; // is the listener's own
    });
    document.querySelector('conv-scope')?.setAttribute('shape', '1,3,18,18');
  });
  const told = () => page.evaluate(() => /** @type {any} */ (window).told);
  await headed(figure, '1×3×18×18 → 1×4×17×17');
  assert.deepEqual(await told(), []);
  await figure.getByRole('button', { name: 'Look at layer 1' }).click();
  const [first, ...more] = await told();
  assert.deepEqual(more, []);
  assert.deepEqual(first.layers[0], { op: 'conv2d', outChannels: 8, kernelSize: 3 });
  assert.deepEqual(
    [first.inputShape, first.outputShape],
    [
      [1, 3, 18, 18],
      [1, 4, 17, 17],
    ],
  );
  assert.deepEqual([first.failure, first.layer, first.cell], [null, 1, [4, 4]]);
  assert.match(first.link, /^v=1&stack=conv2d\(co=8,k=3\);.*&in=1,3,18,18&sel=1$/);
  await figure.getByLabel('width', { exact: true }).fill('0');
  assert.deepEqual((await told()).at(-1).cell, [4, 0]);
  assert.equal(await figure.locator('.layer:not(.head)').count(), 4 + 1);
  await page.close();
});

test('attributes that change are followed, from a layer to a stack and back', async () => {
  const { page, complaints } = await host.open(tag(SMALL), tall);
  const figure = page.locator('conv-scope');
  await fact(figure, 0, 'shape');
  const set = (/** @type {Record<string, string|null>} */ attributes) =>
    page.evaluate((all) => {
      const element = document.querySelector('conv-scope');
      for (const [name, value] of Object.entries(all))
        if (value === null) element?.removeAttribute(name);
        else element?.setAttribute(name, value);
    }, attributes);
  await set({ stack: 'conv1d(co=2,k=3)', shape: null });
  await headed(figure, '1×3×64 → 1×2×62');
  await set({ stack: null, ...LAYER });
  assert.deepEqual(await numbersIn(figure, 'Output'), OPENING_OUTPUT);
  assert.equal(await figure.getByRole('table').count(), 0);
  await set({ input: null, kernel: null, stride: null, link: packed });
  await figure.getByText('DCGAN generator, 64×64').waitFor();
  await set({ link: 'v=1&op=conv1d&i=4&k=2&x=1,2,3,4&w=1,1' });
  assert.deepEqual(await numbersIn(figure, 'Output'), [[3, 5, 7]]);
  assert.deepEqual(complaints, []);
  await page.close();
});

test('what stands between the tags shows until the figure is there, and where it cannot be', async () => {
  const body = tag(SMALL, '<p>A table of the layers.</p>');
  const broken = await host.open(body, {
    before: (page) => page.route('**/*.wasm', (route) => route.abort()),
  });
  await broken.page.getByRole('status').waitFor();
  assert.match((await broken.page.getByRole('status').textContent()) ?? '', /could not be loaded/);
  assert.ok(await broken.page.getByText('A table of the layers.').isVisible());
  await broken.page.close();
  const { page } = await host.open(body);
  await fact(page.locator('conv-scope'), 0, 'shape');
  assert.ok(!(await page.getByText('A table of the layers.').isVisible()));
  await page.close();
});

test('hostile attributes change nothing but a message', async () => {
  const hostile = {
    stack: [
      '<script>alert(1)</script>',
      '<img src=x onerror=alert(1)>',
      'conv9d(k=1)',
      '__proto__',
      '\ud800',
      '',
      '['.repeat(100_000),
      'nn.Sequential('.repeat(10_000),
      'relu;'.repeat(400_000),
    ],
    shape: [
      '1e9',
      '1e9,1e9,9,9',
      '-1',
      'NaN',
      '1,3,9e99,9',
      '0,3,16,16',
      '<b>',
      '1'.repeat(5000),
      '',
    ],
    selected: ['9', '1 99 99', 'layer <b>', '-1', '1e9'],
    link: ['v=1&stack=<script>', 'v=9&stack=relu', 'javascript:stack', 'v=2&z=abc'],
    views: ['<script>', 'constructor', 'board'],
    theme: ['dark"><script>'],
    home: ['javascript:alert(1)'],
    'steps-only': [''],
    input: ['1 2; 0 1', '<b>'],
    op: ['conv2d'],
  };
  const { page, complaints, fetched } = await host.open(tag(SMALL), tall);
  const figure = page.locator('conv-scope');
  await fact(figure, 0, 'shape');
  page.on('dialog', () => complaints.push('a dialog'));
  for (const [name, texts] of Object.entries(hostile)) {
    for (const text of texts) {
      const what = `${name}="${text.slice(0, 30)}"`;
      const selectors = { there: '.layer .fact', shown: '.layer .fact-shape b' };
      const found = await withAttribute(page, SMALL, name, text, selectors);
      for (const [i, { alerts, shown, script, links }] of found.entries()) {
        assert.ok(alerts.length > 0, `${what} is refused`);
        assert.ok(
          alerts.every((alert) => alert.length < 400),
          `${what}: ${alerts}`,
        );
        assert.equal(script, 0, what);
        assert.ok(
          links.every((protocol) => /^https?:$/.test(protocol)),
          what,
        );
        // A shape that layers refuse is one; else all is as it was.
        const isShape = name === 'shape' && text === '1e9';
        if (i === 0 && !isShape) assert.equal(shown.at(-1), '1×4×15×15', what);
      }
    }
  }
  assert.equal(await figure.getByRole('alert').count(), 0);
  assert.equal(await fact(figure, 3, 'shape'), '1×4×15×15 → 1×4×15×15');
  assert.deepEqual(complaints, []);
  assert.ok(fetched.every((url) => url.startsWith(host.url) || url.startsWith('data:')));
  await page.close();
});

test('a frame of a stack tells its height, follows its link and takes the parameters', async () => {
  const { page, complaints } = await host.open(frame('views=layers&readonly=&id=two&lang=zh'), {
    before: (tab) =>
      tab.addInitScript(() => {
        const told = /** @type {any} */ (window);
        told.told = [];
        if (window === parent) addEventListener('message', (e) => told.told.push(e.data));
      }),
  });
  const embedded = page.frameLocator('iframe').locator('conv-scope');
  await embedded.getByRole('table', { name: '各层' }).waitFor();
  assert.equal(await embedded.getByRole('grid').count(), 0);
  const real = await embedded.evaluate((e) => Math.ceil(e.getBoundingClientRect().height));
  await page.waitForFunction(
    (height) => /** @type {any} */ (window).told.at(-1)?.height === height,
    real,
  );
  const last = await page.evaluate(() => /** @type {any} */ (window).told.at(-1));
  assert.deepEqual(last, { type: 'convscope:height', height: real, id: 'two' });
  await embedded.evaluate(() => {
    location.hash = 'v=1&stack=relu&in=1,3,8';
  });
  await headed(embedded, '1×3×8 → 1×3×8');
  // What the browser says of something that it fetched beside the scripts and nobody used.
  await page.waitForTimeout(6000);
  assert.deepEqual(complaints, []);
  await page.close();
});

for (const scheme of /** @type {const} */ (['light', 'dark'])) {
  test(`axe finds nothing, ${scheme}, wide and narrow`, async () => {
    const every = 'settings layers field overlap';
    const { page } = await host.open(
      tag({ ...SMALL, theme: 'auto' }, '<span slot="caption">Small.</span>') +
        tag({ ...FAILING, views: every }) +
        tag({ ...FAILING, readonly: '', shape: 'one' }),
      { context: { colorScheme: scheme, viewport: { width: 1100, height: 6000 } } },
    );
    for (let i = 0; i < 3; i++) await fact(page.locator('conv-scope').nth(i), 0, 'shape');
    for (const width of [1100, 390]) {
      await page.setViewportSize({ width, height: 6000 });
      await assertAccessible(page, { within: 'conv-scope' });
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    }
    await page.goto(`${host.url}convscope/embed.html?theme=${scheme}&lang=zh#${packed}`);
    await page.locator('conv-scope').getByRole('table').waitFor();
    await assertAccessible(page);
    await page.close();
  });
}

test('everything can be reached by keyboard, and layers looked at', async () => {
  const { page } = await host.open(tag(SMALL));
  const figure = page.locator('conv-scope');
  await fact(figure, 0, 'shape');
  const visited = [];
  for (let i = 0; i < 30; i++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const inner = document.activeElement?.shadowRoot?.activeElement;
      return inner
        ? `${inner.getAttribute('aria-label') ?? inner.closest('[role=grid]')?.getAttribute('aria-label') ?? inner.parentElement?.textContent?.trim()}`
        : null;
    });
    if (at === null) break;
    visited.push(at);
    if (at === 'Look at layer 1') await page.keyboard.press('Enter');
  }
  for (const place of ['Look at layer 0', 'height', 'Input of the stack', 'Output of layer 1'])
    assert.ok(visited.includes(place), `${place} in ${visited.join(', ')}`);
  assert.ok(
    visited.some((place) => place.includes('Open in Convscope')),
    visited.join(', '),
  );
  await page.close();
});

test('views of numbers and of the solver: the same numbers, and a reader who may not edit can still ask', async () => {
  const { page } = await host.open(
    tag({ stack: 'conv2d(co=2,k=3)', shape: '1,1,5,5', views: 'values solver', readonly: '' }) +
      tag({ stack: 'conv2d(co=64,k=7,p=3)', shape: '1,64,32,32', views: 'values' }) +
      tag({ stack: 'relu', shape: '1,1,2,2', views: 'solver' }),
    tall,
  );
  const [small, large, solver] = [0, 1, 2].map((i) => page.locator('conv-scope').nth(i));
  const shape = [1, 1, 5, 5];
  const { data } = seededInput(shape);
  const rows = Array.from({ length: 5 }, (_, row) =>
    Array.from({ length: 5 }, (_, col) => Number(data[row * 5 + col].toFixed(4))),
  );
  assert.deepEqual(await numbersIn(small, 'What goes in, all of it'), rows);
  await small.getByLabel('from', { exact: true }).fill('7');
  await small.getByLabel('to', { exact: true }).fill('14');
  await small.getByLabel('layers', { exact: true }).fill('1');
  await small.locator('.answers li').first().getByText('7 → 14').waitFor();
  assert.equal(await small.getByRole('button', { name: 'New stack' }).count(), 0);

  await large.getByText(/Up to this layer about \d{3},\d{3},\d{3} numbers/).waitFor();
  await large.getByRole('button', { name: 'Compute the numbers' }).click();
  await large.getByText('Computing the numbers').waitFor();
  await large.getByRole('button', { name: 'Cancel' }).click();
  await large.getByRole('button', { name: 'Compute it' }).click();
  await large.getByText('Channels 0 to 3 of 64.').first().waitFor({ timeout: 30000 });

  await solver.getByRole('button', { name: 'New stack' }).first().click();
  await solver.getByText('Stack of 5 layers').waitFor();
  await page.close();
});
