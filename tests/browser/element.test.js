// <conv-scope> and the page for an iframe, on a page of somebody else under a strict policy.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { assertAccessible } from './axe.js';
import { numbersIn, openHost, tag, withAttribute } from './host.js';
import { OPENING_OUTPUT } from './page.js';

const oracle = JSON.parse(
  readFileSync(new URL('../oracle/worked_examples.json', import.meta.url), 'utf8'),
);

/** @param {string} name */
const example = (name) => oracle.examples.find((/** @type {any} */ e) => e.name === name);

/** Maps of a tensor, one after the other. @param {any} tensor (N, C, H, W) @returns {number[][][]} */
const mapsOf = (tensor) => tensor.flat();

/** @param {any} tensor */
const valuesOf = (tensor) =>
  mapsOf(tensor)
    .map((map) => map.map((row) => row.join(' ')).join('; '))
    .join(' | ');

/** The attributes that say what the oracle computed. @param {any} e @returns {Record<string, string>} */
const attributesOf = (e) => ({
  op: e.op,
  input: valuesOf(e.input),
  kernel: valuesOf(e.weight),
  stride: String(e.stride),
  padding: String(e.padding),
  dilation: String(e.dilation),
  groups: String(e.groups),
  'output-padding': String(e.output_padding),
  ...(e.bias ? { bias: e.bias.join(' ') } : {}),
});

const OPENING = { input: '1 2; 0 1', kernel: '1 0 1; 1 1 0; 0 0 1', stride: '2' };

let host = /** @type {Awaited<ReturnType<typeof openHost>>} */ (/** @type {unknown} */ (null));
before(async () => {
  host = await openHost();
});
after(() => host.close());

test('a figure that takes seconds leaves the page of somebody else alive, tells how far it is, and is cancelled', async () => {
  const heavy = { op: 'conv2d', 'input-size': '90', 'kernel-size': '31', padding: '15' };
  const channels = { 'in-channels': '8', 'out-channels': '8', views: 'maps' };
  const { page, complaints } = await host.open(
    `<p>Text.</p>${tag({ ...heavy, ...channels })}${tag(OPENING)}`,
    { context: { viewport: { width: 1100, height: 4000 } } },
  );
  const [slow, quick] = [page.locator('conv-scope').first(), page.locator('conv-scope').nth(1)];
  await slow.getByText('Computing the result').waitFor();
  // The other figure answers meanwhile.
  assert.deepEqual(await numbersIn(quick, 'Output'), OPENING_OUTPUT);
  await slow.getByRole('button', { name: 'Cancel' }).click();
  await slow.getByText('Cancelled').waitFor();
  await slow.getByRole('button', { name: 'Compute it' }).click();
  await slow.getByRole('progressbar').waitFor();
  await slow.getByRole('grid', { name: 'Output channel 7', exact: true }).waitFor();
  assert.equal(await slow.getByRole('progressbar').count(), 0);
  // Taken out of the page, it asks for nothing more; put back, it computes what it shows.
  await page.evaluate(() => {
    const figure = /** @type {Element} */ (document.querySelector('conv-scope'));
    figure.setAttribute('padding', '14');
    figure.remove();
    document.querySelector('main')?.append(figure);
  });
  const moved = page.locator('conv-scope').nth(1);
  await moved.getByText('Computing the result').waitFor();
  await moved.getByText('Computing the result').waitFor({ state: 'detached' });
  await moved.getByText('90 × 90 → 88 × 88').waitFor();
  assert.deepEqual(complaints, []);
  await page.close();
});

test('three figures and a frame on one page: right numbers, one engine each page, nothing disturbed', async () => {
  const examples = [
    'transposed_2x2_k3_s2',
    'transposed_3x3_k3_s2_p1_op1',
    'transposed_3x3_k3_s2_p1_bias_channels',
  ];
  const frame =
    '<iframe title="A figure" width="700" height="500" src="convscope/embed.html?views=maps#v=1&amp;op=conv_transpose2d&amp;i=2&amp;s=2&amp;x=1,2,0,1&amp;w=1,0,1,1,1,0,0,0,1"></iframe>';
  const figures = examples.map((name) => tag({ ...attributesOf(example(name)), views: 'maps' }));
  const { page, complaints, fetched } = await host.open(
    `<p id="before">Text of the blog.</p>${figures.join('')}${frame}`,
    { context: { viewport: { width: 1100, height: 4000 } } },
  );
  const all = page.locator('conv-scope');
  for (const [i, name] of examples.entries()) {
    const maps = mapsOf(example(name).output);
    for (const [channel, numbers] of maps.entries()) {
      const label = maps.length > 1 ? `Output channel ${channel}` : 'Output';
      assert.deepEqual(await numbersIn(all.nth(i), label), numbers, `${name}, ${label}`);
    }
  }
  const embedded = page.frameLocator('iframe').locator('conv-scope');
  assert.deepEqual(await numbersIn(embedded, 'Output'), OPENING_OUTPUT);

  const engines = fetched.filter((url) => url.endsWith('.wasm'));
  assert.equal(engines.length, 2, 'one for the page, one for the frame');
  assert.ok(engines.every((url) => /convscope-core/.test(url)));
  assert.ok(fetched.every((url) => url.startsWith(host.url) || url.startsWith('data:')));

  // Typing in one changes that one alone, and no key of it is heard outside.
  await page.evaluate(() => {
    const heard = /** @type {any} */ (window);
    heard.heard = [];
    for (const type of ['keydown', 'input', 'paste'])
      addEventListener(type, (e) =>
        heard.heard.push(`${type} ${/** @type {any} */ (e).key ?? ''}`),
      );
  });
  const before = await numbersIn(all.nth(1), 'Output');
  await all.nth(0).getByRole('grid', { name: 'Input' }).getByRole('gridcell').first().click();
  await page.keyboard.type('5');
  await page.keyboard.press('Enter');
  assert.equal((await numbersIn(all.nth(0), 'Output'))[0][0], 5);
  await page.keyboard.press('Control+z');
  assert.equal((await numbersIn(all.nth(0), 'Output'))[0][0], 1);
  assert.deepEqual(await numbersIn(all.nth(1), 'Output'), before);
  assert.deepEqual(await numbersIn(embedded, 'Output'), OPENING_OUTPUT);
  const heard = await page.evaluate(() => /** @type {any} */ (window).heard);
  assert.deepEqual(
    heard.filter((/** @type {string} */ k) => !/Control/.test(k)),
    [],
  );

  // The page keeps its address and its own looks; the figure has none of the page's.
  assert.equal(await page.evaluate(() => location.hash), '');
  const looks = await page.evaluate(() => {
    const of = (/** @type {Element|null|undefined} */ e) => {
      const style = getComputedStyle(/** @type {Element} */ (e));
      return [
        style.color,
        style.fontSize,
        style.letterSpacing,
        style.textAlign,
        style.borderTopWidth,
      ];
    };
    const root = document.querySelector('conv-scope')?.shadowRoot;
    return {
      blog: of(document.getElementById('before')),
      button: of(root?.querySelector('summary')),
      scope: of(root?.querySelector('.scope')),
    };
  });
  assert.deepEqual(looks.blog, ['rgb(1, 2, 3)', '20px', '3px', 'right', '7px']);
  assert.equal(looks.scope[1], '14.5px');
  assert.equal(looks.scope[2], 'normal');
  assert.equal(looks.scope[3], 'start');
  assert.equal(looks.button[4], '1px');
  assert.deepEqual(complaints, []);
  await page.close();
});

test('a figure far below loads when it is scrolled to', async () => {
  const { page, fetched } = await host.open(`<div class="far"></div>${tag(OPENING)}`);
  await page.waitForLoadState('networkidle');
  const engine = () => fetched.filter((url) => url.endsWith('.wasm')).length;
  assert.equal(engine(), 0);
  assert.equal(await page.locator('conv-scope').getByRole('grid').count(), 0);
  await page.locator('conv-scope').scrollIntoViewIfNeeded();
  assert.deepEqual(await numbersIn(page.locator('conv-scope'), 'Output'), OPENING_OUTPUT);
  assert.equal(engine(), 1);
  await page.close();
});

test('attributes that change are followed, in one go, and keep what the reader typed', async () => {
  const { page, complaints } = await host.open(tag({ ...OPENING, views: 'maps' }));
  const figure = page.locator('conv-scope');
  await numbersIn(figure, 'Output');
  await figure.getByRole('grid', { name: 'Input' }).getByRole('gridcell').first().click();
  await page.keyboard.type('7');
  await page.keyboard.press('Enter');
  await page.evaluate(() => {
    const element = document.querySelector('conv-scope');
    element?.setAttribute('stride', '1');
    element?.setAttribute('padding', '1');
    element?.setAttribute('kernel', '1 1 1; 1 1 1; 1 1 1');
  });
  await figure.getByText('Stride 1').waitFor();
  assert.deepEqual(await numbersIn(figure, 'Input'), [
    [7, 2],
    [0, 1],
  ]);
  assert.deepEqual(await numbersIn(figure, 'Output'), [
    [10, 10],
    [10, 10],
  ]);
  // What is refused counts as not there; once it fits, it is taken.
  await page.evaluate(() =>
    document.querySelector('conv-scope')?.setAttribute('output-padding', '1'),
  );
  await figure.getByRole('alert').waitFor();
  assert.match((await figure.getByRole('alert').textContent()) ?? '', /^output-padding: /);
  assert.equal((await numbersIn(figure, 'Output')).length, 2);
  await page.evaluate(() => document.querySelector('conv-scope')?.setAttribute('stride', '2'));
  await figure.getByText('Output padding 1').waitFor();
  assert.equal(await figure.getByRole('alert').count(), 0);
  assert.equal((await numbersIn(figure, 'Output')).length, 4);
  await page.evaluate(() => {
    const element = document.querySelector('conv-scope');
    element?.setAttribute('link', 'v=1&op=conv1d&i=4&k=2&x=1,2,3,4&w=1,1');
    for (const name of ['input', 'kernel', 'stride', 'padding', 'output-padding'])
      element?.removeAttribute(name);
  });
  await figure.getByText('Conv1d').waitFor();
  assert.deepEqual(await numbersIn(figure, 'Output'), [[3, 5, 7]]);
  assert.deepEqual(complaints, []);
  await page.close();
});

test('what the reader typed outlives an attribute that reshapes its map', async () => {
  const { page } = await host.open(
    tag({ op: 'conv2d', input: '1 | 2', kernel: '3 | 4 | 5 | 6', views: 'maps' }),
  );
  const figure = page.locator('conv-scope');
  const kernel = (/** @type {string} */ name) => figure.getByRole('grid', { name, exact: true });
  await kernel('Kernel from input channel 0 to output channel 1').getByRole('gridcell').click();
  await page.keyboard.type('9');
  await page.keyboard.press('Enter');
  await page.evaluate(() => document.querySelector('conv-scope')?.setAttribute('groups', '2'));
  await kernel('Kernel from input channel 1 to output channel 2').waitFor();
  for (const [channel, output] of [3, 4, 18, 12].entries())
    assert.deepEqual(await numbersIn(figure, `Output channel ${channel}`), [[output]]);
  await page.close();
});

test('a change of the reader is told by an event, and no other', async () => {
  const { page } = await host.open(
    `<section id="around">${tag({ ...OPENING, views: 'maps' })}</section>`,
  );
  const figure = page.locator('conv-scope');
  await numbersIn(figure, 'Output');
  await page.evaluate(() => {
    const told = /** @type {any} */ (window);
    told.told = [];
    document.getElementById('around')?.addEventListener('change', (e) => {
      const { detail, composed } = /** @type {any} */ (e);
      told.told.push({
        custom: e instanceof CustomEvent,
        composed,
        link: detail.link,
        op: detail.request.op,
        input: [...detail.request.input.data],
        output: [...detail.output.data],
        shape: detail.output.shape,
      });
      detail.output.data.fill(99); // is the listener's own
    });
    document.querySelector('conv-scope')?.setAttribute('stride', '2 2');
  });
  const told = () => page.evaluate(() => /** @type {any} */ (window).told);
  await page.waitForTimeout(50);
  assert.deepEqual(await told(), []);
  await figure.getByRole('grid', { name: 'Input' }).getByRole('gridcell').last().hover();
  assert.deepEqual(await told(), [], 'looking is no change');
  await figure.getByRole('grid', { name: 'Input' }).getByRole('gridcell').first().click();
  await page.keyboard.type('3');
  await page.keyboard.press('Enter');
  const last = (await told()).at(-1);
  assert.equal(last.op, 'conv_transpose2d');
  assert.deepEqual(last.input, [3, 2, 0, 1]);
  assert.deepEqual(last.shape, [1, 1, 5, 5]);
  assert.equal(last.output[0], 3);
  assert.match(last.link, /^v=1&op=conv_transpose2d&i=2&s=2&x=3,2,0,1&w=/);
  assert.ok(last.composed && last.custom);
  assert.equal((await numbersIn(figure, 'Output'))[0][0], 3);
  await page.close();
});

test('a read-only figure cannot be edited, and one of steps can only be stepped', async () => {
  const { page } = await host.open(
    tag({ ...OPENING, readonly: '', views: 'settings board terms' }) +
      tag({ ...OPENING, 'steps-only': '', method: 'scatter' }),
    { context: { viewport: { width: 1100, height: 3000 } } },
  );
  const [reading, stepping] = [
    page.locator('conv-scope').nth(0),
    page.locator('conv-scope').nth(1),
  ];
  await numbersIn(reading, 'Output');
  assert.equal(await reading.getByLabel('Stride height').count(), 0);
  assert.equal(await reading.getByText('Fill').count(), 0);
  await reading.getByRole('grid', { name: 'Input' }).getByRole('gridcell').first().click();
  await page.keyboard.type('5');
  await page.keyboard.press('Delete');
  await page.keyboard.press('Control+z');
  assert.deepEqual(await numbersIn(reading, 'Input'), [
    [1, 2],
    [0, 1],
  ]);
  await reading.getByText('Input [0, 0]').waitFor();

  assert.equal(await stepping.getByRole('group', { name: 'Method' }).count(), 0);
  await stepping.getByText('0 of 5').waitFor();
  for (let step = 0; step < 5; step++)
    await stepping.getByRole('button', { name: 'Step forward' }).click();
  await stepping.getByText('5 of 5').waitFor();
  assert.deepEqual(await numbersIn(stepping, 'Output'), OPENING_OUTPUT);
  await page.close();
});

test('what stands between the tags shows without scripts, without the engine and until it is there', async () => {
  const body = tag(OPENING, '<p>A table of the numbers.</p>');
  const fallback = (/** @type {import('playwright-core').Page} */ page) =>
    page.getByText('A table of the numbers.');

  const without = await host.open(body, { context: { javaScriptEnabled: false } });
  assert.ok(await fallback(without.page).isVisible());
  await without.page.close();

  const broken = await host.open(body, {
    before: (page) => page.route('**/*.wasm', (route) => route.abort()),
  });
  await broken.page.getByRole('status').waitFor();
  assert.match((await broken.page.getByRole('status').textContent()) ?? '', /could not be loaded/);
  assert.ok(await fallback(broken.page).isVisible());
  await broken.page.close();

  const { page } = await host.open(body);
  await numbersIn(page.locator('conv-scope'), 'Output');
  assert.ok(!(await fallback(page).isVisible()));
  await page.close();
});

test('figures speak the language that they stand in', async () => {
  const { page, complaints } = await host.open(
    `<div lang="zh-CN">${tag(OPENING)}${tag({ op: 'conv2d', stride: '0' })}</div>`,
  );
  const figure = page.locator('conv-scope');
  assert.deepEqual(await numbersIn(figure.first(), '输出'), OPENING_OUTPUT);
  assert.equal(await figure.first().locator('figure.scope').getAttribute('lang'), 'zh-CN');
  assert.match((await figure.last().getByRole('alert').textContent()) ?? '', /步幅/);
  await page.goto(`${host.url}convscope/embed.html?lang=zh`);
  assert.deepEqual(await numbersIn(page.locator('conv-scope'), '输出'), OPENING_OUTPUT);
  assert.deepEqual(complaints, []);
  await page.close();
});

test('hostile attributes change nothing but a message', async () => {
  const long = '1 '.repeat(2_500_000);
  const hostile = {
    op: ['<script>alert(1)</script>', 'conv9d', '__proto__'],
    input: [
      '<img src=x onerror=alert(1)>',
      long,
      '\ud800',
      '[[1]]',
      '['.repeat(100_000),
      '1 2; 3',
      'NaN; 1 2',
      ';;|',
      '',
    ],
    kernel: ['javascript:alert(1)', `${'9'.repeat(5000)}x`, '1|2|3; 4'],
    bias: ['', '1 2 3', '"><script>'],
    'input-size': ['1e9', '-1', '1e309', '0', '4294967296 4294967296'],
    'kernel-size': ['1e9', 'NaN', '3 3 3 3'],
    stride: ['0', '-1', '1e9', 'NaN', '1.5', '2;alert(1)'],
    padding: ['1e9', '-4', '1:2:3', 'same', '\udfff:1', 'valid <b>'],
    'padding-mode': ['reflect', '<svg onload=alert(1)>'],
    dilation: ['1e9', '0'],
    'output-padding': ['7', '-1'],
    groups: ['3', '0', '1e9'],
    'in-channels': ['1e9', '0', '3'],
    'out-channels': ['1e9', 'x'],
    batch: ['1e9'],
    method: ['constructor', 'phases<script>'],
    step: ['1e9', '-1', '9'.repeat(4000)],
    selected: ['output 9999999', 'output 1 2 3 4 5', 'kernel <b>'],
    link: [
      '#v=1&op=conv2d&x=<script>',
      'v=2',
      'v=2&z=abc',
      `v=2&z=${'A'.repeat(100_000)}`,
      `v=1&op=conv2d&x=${'1,'.repeat(100_000)}`,
      'javascript:',
    ],
    views: ['<script>', 'board nothing', 'constructor'],
    theme: ['dark"><script>', 'url(javascript:alert(1))'],
    home: ['javascript:alert(1)', 'data:text/html,<script>alert(1)</script>', 'http://['],
  };
  const { page, complaints, fetched } = await host.open(tag({ ...OPENING, views: 'board terms' }), {
    context: { viewport: { width: 1100, height: 4000 } }, // both figures are in view, whatever the first shows
  });
  const figure = page.locator('conv-scope');
  await numbersIn(figure, 'Output');
  page.on('dialog', () => complaints.push('a dialog'));
  for (const [name, texts] of Object.entries(hostile)) {
    for (const text of texts) {
      const what = `${name}="${text.slice(0, 30)}"`;
      // A step beyond the last is the last, which is no fault.
      const quiet = name === 'step' && text === '1e9';
      const opening = { ...OPENING, views: 'board terms' };
      const cells = '.grid.output .cell';
      const selectors = { there: cells, shown: cells, quiet };
      const found = await withAttribute(page, opening, name, text, selectors);
      for (const { alerts, shown, script, links } of found) {
        assert.ok(shown.length > 0, `${what}: numbers are shown`);
        assert.equal(script, 0, what);
        assert.ok(
          links.every((protocol) => /^https?:$/.test(protocol)),
          what,
        );
        if (!quiet) assert.ok(alerts.length > 0, `${what} is refused`);
        assert.ok(
          alerts.every((text) => text.length < 400),
          `${what}: ${alerts}`,
        );
      }
    }
  }
  assert.deepEqual(await numbersIn(figure, 'Output'), OPENING_OUTPUT, 'all is as it was');
  assert.equal(await figure.getByRole('alert').count(), 0);
  assert.deepEqual(complaints, []);
  assert.ok(fetched.every((url) => url.startsWith(host.url) || url.startsWith('data:')));
  await page.close();
});

test('the frame tells its height, a number, and hears no message', async () => {
  const source = 'convscope/embed.html?views=maps&amp;id=one';
  const { page, complaints } = await host.open(
    `<iframe title="A figure" width="700" height="150" src="${source}"></iframe>`,
    {
      before: (tab) =>
        tab.addInitScript(() => {
          const told = /** @type {any} */ (window);
          told.told = [];
          if (window === parent) addEventListener('message', (e) => told.told.push(e.data));
        }),
    },
  );
  const frame = page.frameLocator('iframe').locator('conv-scope');
  assert.deepEqual(await numbersIn(frame, 'Output'), OPENING_OUTPUT);
  const told = () => page.evaluate(() => /** @type {any} */ (window).told);
  await page.waitForFunction(() => /** @type {any} */ (window).told.length > 1);
  const first = (await told()).at(-1);
  assert.deepEqual(Object.keys(first).sort(), ['height', 'id', 'type']);
  assert.equal(first.type, 'convscope:height');
  assert.equal(first.id, 'one');
  const real = await frame.evaluate((e) => Math.ceil(e.getBoundingClientRect().height));
  assert.equal(first.height, real);
  const link = await frame.getByRole('link', { name: 'Open in Convscope' }).getAttribute('href');
  assert.match(String(link), /\/convscope\/\?lang=en#v=1&op=conv_transpose2d&i=2&s=2&x=1,2,0,1/);
  // Nothing that is sent to it has an effect.
  await page.evaluate(() => {
    const { contentWindow } = /** @type {HTMLIFrameElement} */ (document.querySelector('iframe'));
    for (const message of [{ type: 'convscope:height', height: 1 }, 'v=1', { link: 'v=1' }, null])
      contentWindow?.postMessage(message, '*');
  });
  // More rows, more height.
  await frame.evaluate((e) => e.setAttribute('input', '1;2;3;4;5'));
  await page.waitForFunction(
    (height) => /** @type {any} */ (window).told.at(-1).height > height,
    first.height,
  );
  assert.deepEqual(complaints, []);
  await page.close();
});

test('a frame with a damaged link shows its opening example and says why', async () => {
  const { page } = await host.open(
    '<iframe title="A figure" width="700" height="900" src="convscope/embed.html?theme=dark#v=1&amp;op=conv2d&amp;x=1,2"></iframe>',
  );
  const frame = page.frameLocator('iframe').locator('conv-scope');
  assert.deepEqual(await numbersIn(frame, 'Output'), OPENING_OUTPUT);
  assert.match((await frame.getByRole('alert').textContent()) ?? '', /^link: /);
  await page.close();
});

for (const scheme of /** @type {const} */ (['light', 'dark'])) {
  test(`axe finds nothing, ${scheme}, wide and narrow`, async () => {
    const every = 'settings board terms steps formula channels gradients overlap';
    const { page } = await host.open(
      tag({ ...OPENING, views: every, theme: 'auto' }) +
        tag({ ...OPENING, 'steps-only': '' }, '<span slot="caption">Stepping.</span>') +
        tag({ op: 'conv2d', stride: '0', readonly: '' }),
      { context: { colorScheme: scheme, viewport: { width: 1100, height: 6000 } } },
    );
    for (let i = 0; i < 3; i++) await numbersIn(page.locator('conv-scope').nth(i), 'Output');
    for (const width of [1100, 390]) {
      await page.setViewportSize({ width, height: 6000 });
      await assertAccessible(page, { within: 'conv-scope' });
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    }
    for (const [lang, output] of [
      ['en', 'Output'],
      ['zh', '输出'],
    ]) {
      await page.goto(`${host.url}convscope/embed.html?theme=${scheme}&lang=${lang}`);
      await numbersIn(page.locator('conv-scope'), output);
      await assertAccessible(page, { message: lang });
    }
    await page.close();
  });
}

test('everything can be reached and done by keyboard', async () => {
  const { page } = await host.open(tag({ ...OPENING }));
  const figure = page.locator('conv-scope');
  await numbersIn(figure, 'Output');
  const focused = () =>
    page.evaluate(() => {
      const inner = document.activeElement?.shadowRoot?.activeElement;
      return `${inner?.getAttribute('role') ?? inner?.localName} ${inner?.closest('[role=grid]')?.getAttribute('aria-label') ?? inner?.getAttribute('aria-label') ?? inner?.textContent?.trim()}`;
    });
  const visited = [];
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press('Tab');
    const at = await focused();
    if (at.startsWith('undefined')) break;
    visited.push(at);
    if (at === 'gridcell Input') {
      await page.keyboard.press('ArrowRight');
      await page.keyboard.type('4');
      await page.keyboard.press('Enter');
    }
    if (at === 'gridcell Output') await page.keyboard.press('Home');
    if (at === 'input Step') await page.keyboard.press('Home');
  }
  for (const place of [
    'gridcell Input',
    'gridcell Kernel',
    'gridcell Output',
    'button Play',
    'input Step',
  ])
    assert.ok(visited.includes(place), `${place} in ${visited.join(', ')}`);
  assert.ok(
    visited.some((place) => place.startsWith('a Open in Convscope')),
    visited.join(', '),
  );
  assert.deepEqual(await numbersIn(figure, 'Input'), [
    [1, 4],
    [0, 1],
  ]);
  await figure.getByText('0 of 28').waitFor();
  await page.close();
});
