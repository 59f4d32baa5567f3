// The view of a stack as a visitor uses it: the switch, editing by keyboard, repairs, what a cell sees, the solver, a
// pasted Sequential, links; axe in both themes and languages and at three widths.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createEngine } from '../../web/engine/index.js';
import { seededInput } from '../../web/stack/values.js';
import { assertAccessible, assertShareAccessible } from './axe.js';
import { numbersIn } from './host.js';
import { openSite } from './page.js';

/** @typedef {Awaited<ReturnType<typeof openSite>>} Site */
let site = /** @type {Site} */ (/** @type {unknown} */ (null));
before(async () => {
  site = await openSite({ permissions: ['clipboard-read', 'clipboard-write'] });
});
after(() => site.close());

const SMALL =
  'v=1&stack=conv2d(co=8,k=3);max_pool2d(k=2);conv_transpose2d(co=4,k=3,s=2);relu&in=1,3,16,16';

/** @param {string} hash @param {string} [query] @param {string} [table] what the table is called */
async function open(hash, query = '?lang=en', table = 'Layers') {
  const page = await site.context.newPage();
  page.setDefaultTimeout(8000);
  /** @type {string[]} */
  const complaints = [];
  page.on('console', (m) => {
    const isOurs = !m.text().startsWith('Service Worker registration blocked');
    if (isOurs && ['warning', 'error'].includes(m.type())) complaints.push(m.text());
  });
  page.on('pageerror', (e) => complaints.push(String(e)));
  await page.goto(`${site.url}${query}#${hash}`);
  const layers = page.getByRole('table', { name: table });
  await layers.waitFor();
  const row = (/** @type {number} */ at) => layers.getByRole('row').nth(at + 1);
  return {
    ...{ page, complaints, layers, row },
    /** @param {number} at @param {string} name of the column */
    fact: async (at, name) => (await row(at).locator(`.fact-${name}`).textContent())?.trim(),
    hash: async (/** @type {RegExp} */ pattern) => {
      await page.waitForFunction((p) => new RegExp(p).test(location.hash), pattern.source);
    },
  };
}

test('the switch opens the stack beside the layer, fetching it then only, and back', async () => {
  const { page, complaints } = await site.open();
  /** @type {string[]} */
  const fetched = [];
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  await page.getByRole('button', { name: 'Stack of layers' }).click();
  await page.getByRole('table', { name: 'Layers' }).waitFor();
  assert.ok(fetched.some((path) => /\/stack-[\w-]+\.js$/.test(path)));
  const totals = page.getByRole('row').filter({ hasText: 'All 14 layers that work' });
  assert.match((await totals.textContent()) ?? '', /3,576,704/);
  assert.equal(await page.getByRole('grid', { name: 'Kernel' }).count(), 0);
  await page.getByRole('button', { name: 'One layer' }).click();
  await page.getByRole('grid', { name: 'Kernel', exact: true }).waitFor();
  assert.deepEqual(complaints, []);
  await page.close();
});

test('a link opens the stack; editing changes every number and the link', async () => {
  const { page, complaints, row, fact, hash } = await open(SMALL);
  assert.equal(await fact(0, 'shape'), '1×3×16×16 → 1×8×14×14');
  assert.equal(await fact(0, 'parameters'), '224');
  assert.equal(await fact(2, 'overlap'), 'uneven 6–12');
  await page.getByLabel('kernel, layer 0').fill('5');
  assert.equal(await fact(0, 'parameters'), '608');
  assert.equal(await fact(0, 'field'), '5');
  await hash(/conv2d\(co=8,k=5\)/);
  await row(1).getByRole('button', { name: 'Duplicate layer 1' }).click();
  assert.equal(await fact(2, 'shape'), '1×8×6×6 → 1×8×3×3');
  await row(2).getByRole('button', { name: 'Remove layer 2' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  assert.equal(await fact(0, 'parameters'), '224');
  await page.getByRole('button', { name: 'Redo' }).click();
  assert.equal(await fact(0, 'parameters'), '608');
  assert.deepEqual(complaints, []);
  await page.close();
});

test('layers are added, moved and removed by keyboard, which keeps the focus', async () => {
  const { page, row, fact } = await open(SMALL);
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  await row(0).getByRole('button', { name: 'Move layer 0 down' }).focus();
  await page.keyboard.press('Enter');
  assert.equal(await focused(), 'Move layer 1 down');
  assert.equal(await fact(0, 'shape'), '1×3×16×16 → 1×3×8×8');
  await row(1).getByRole('button', { name: 'Remove layer 1' }).focus();
  await page.keyboard.press('Enter');
  assert.equal(await focused(), 'Operation of layer 1');
  await page.getByRole('button', { name: 'Add a layer', exact: true }).focus();
  await page.keyboard.press('Enter');
  assert.equal(await row(3).getByLabel('Operation of layer 3').inputValue(), 'relu');
  await page.getByLabel('kernel, layer 0').focus();
  await page.keyboard.press('ArrowUp');
  assert.equal(await page.getByLabel('kernel, layer 0').inputValue(), '3');
  await page.close();
});

test('the first layer that fails is named with its reason, and a click repairs it', async () => {
  const { page, row, fact } = await open(
    'v=1&stack=conv2d(co=8,k=3);conv2d(co=4,k=3,ci=5);relu&in=1,3,16,16',
  );
  const alert = row(1).getByRole('alert');
  assert.match((await alert.textContent()) ?? '', /^Layer 1 fails: The input has 8 channels/);
  assert.match((await row(2).textContent()) ?? '', /not reached/);
  assert.equal(await page.getByLabel('in, layer 1').getAttribute('aria-invalid'), 'true');
  await row(1)
    .getByRole('button', { name: /^layer 1: in 8/ })
    .click();
  assert.equal(await alert.count(), 0);
  assert.equal(await fact(2, 'shape'), '1×4×12×12 → 1×4×12×12');
  await page.getByLabel('kernel, layer 0').fill('three');
  assert.match(
    (await row(0).getByRole('alert').textContent()) ?? '',
    /kernel: “three” is no whole number/,
  );
  await page.getByLabel('Input shape').fill('1, 3,');
  await page.getByLabel('Input shape').fill('one');
  assert.match((await page.getByRole('alert').first().textContent()) ?? '', /“one” is no shape/);
  await page.getByLabel('Input shape').fill('1e9,1e9,9,9');
  const huge = page.locator('.settings').getByRole('alert');
  assert.match((await huge.textContent()) ?? '', /more than a million million values/);
  await page.close();
});

test('skip connections are added, and must meet', async () => {
  const { page, row, fact } = await open(
    'v=1&stack=conv2d(co=8,k=3,p=1);conv2d(co=8,k=3,p=1);relu&in=1,3,16,16',
  );
  await row(2).getByRole('button', { name: 'Skip connections of layer 2' }).click();
  await row(2).getByRole('button', { name: 'Add a skip connection' }).click();
  assert.equal(await fact(2, 'shape'), '1×8×16×16 → 1×8×16×16');
  await row(2).getByLabel('How it is merged').selectOption('concat');
  assert.equal(await fact(2, 'shape'), '1×16×16×16 → 1×16×16×16');
  await row(2).getByLabel('How it is merged').selectOption('add');
  await row(2).getByLabel('Skip connection from').selectOption({ label: 'the input' });
  assert.match((await row(2).getByRole('alert').textContent()) ?? '', /^Layer 2 fails: /);
  assert.ok(await row(2).getByRole('button', { name: 'layer 2: concat → 1×11×16×16' }).isVisible());
  await row(2).getByRole('button', { name: 'Remove this skip connection' }).click();
  assert.equal(await row(2).getByRole('alert').count(), 0);
  await page.close();
});

test('the input shows what a chosen cell sees, the output how evenly it is reached', async () => {
  const { page, row, hash } = await open(SMALL);
  await row(1).getByRole('button', { name: 'Look at layer 1' }).click();
  await page.getByLabel('height', { exact: true }).fill('0');
  await page.getByLabel('width', { exact: true }).fill('1');
  assert.ok(
    await page
      .getByText('Cell [0, 1] depends on height 0 to 3 (4 of 16), width 2 to 5 (4 of 16).')
      .isVisible(),
  );
  await hash(/sel=1:0:1/);
  const input = page.getByRole('grid', { name: 'Input of the stack' });
  const numbers = await input
    .getByRole('row')
    .nth(1)
    .getByRole('gridcell')
    .evaluateAll((cells) => cells.map((cell) => Number(cell.textContent)));
  assert.deepEqual(numbers, [0, 0, 2, 4, 4, 2, ...Array(10).fill(0)]);
  await row(2).getByRole('button', { name: 'Look at layer 2' }).click();
  const output = page.getByRole('grid', { name: 'Output of layer 2' });
  await output.getByRole('gridcell').first().click();
  await page.getByText('Cell [0, 0] depends on').waitFor();
  assert.match(
    (await page.locator('.seen-maps .remark').first().textContent()) ?? '',
    /^Checkerboard: along the height and width, .* by 6 to 12 paths\.$/,
  );
  await page.close();
});

test('the solver lists what reaches a size, and a click builds it', async () => {
  const { page, layers, fact } = await open(SMALL);
  await page.getByRole('button', { name: 'Solve for sizes' }).click();
  const answers = page.getByRole('listitem');
  assert.match(
    (await answers.first().textContent()) ?? '',
    /kernel 4, stride 1, padding 0.*1 → 4 → 8 → 16 → 32 → 64.*customary/s,
  );
  await answers.first().getByRole('button', { name: 'New stack' }).click();
  assert.equal(await layers.getByRole('row').count(), 5 + 2);
  assert.equal(await fact(4, 'shape'), '1×16×32×32 → 1×16×64×64');
  await page.getByLabel('size', { exact: true }).fill('128, 128');
  const repairs = page.getByRole('group', { name: 'What mends it:' });
  await repairs.getByRole('button').first().click();
  assert.match((await fact(4, 'shape')) ?? '', /→ 1×16×128×128$/);
  await page.close();
});

test('a Sequential is read from a paste anywhere, and what is none says why', async () => {
  const { page, layers, fact } = await open(SMALL);
  const paste = (/** @type {string} */ text) =>
    page.evaluate((content) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', content);
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
    }, text);
  await paste(
    'Sequential(\n  (0): Conv2d(1, 20, kernel_size=(5, 5), stride=(1, 1))\n  (1): ReLU()\n)',
  );
  assert.ok(await page.getByText('2 layers were read.').isVisible());
  assert.equal(await layers.getByRole('row').count(), 2 + 2);
  assert.equal(await fact(0, 'shape'), '1×1×16×16 → 1×20×12×12');
  await page.getByLabel(/^A Sequential/).fill('nothing of the kind');
  await page.getByRole('button', { name: 'Read the layers' }).click();
  assert.ok(await page.getByRole('alert').isVisible());
  assert.equal(await layers.getByRole('row').count(), 2 + 2);
  await page.close();
});

test('the stack is copied as source, saved as a model, and a layer of it opens by itself', async () => {
  const { page, row, layers } = await open(SMALL);
  await page.getByRole('button', { name: 'Take it away' }).click();
  const source = page.getByLabel('What is copied');
  await source.waitFor();
  assert.match(await source.inputValue(), /nn\.ConvTranspose2d\(8, 4, kernel_size=3, stride=2\)/);
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await page.getByRole('button', { name: 'Copied.' }).waitFor();
  assert.equal(
    await page.evaluate(() => navigator.clipboard.readText()),
    await source.inputValue(),
  );
  await page.getByRole('button', { name: 'ONNX', exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download stack.onnx' }).click(),
  ]);
  assert.equal(download.suggestedFilename(), 'stack.onnx');
  await row(2).getByRole('button', { name: 'All arguments of layer 2' }).click();
  await row(2).getByRole('button', { name: 'Open this layer' }).click();
  await page.getByRole('grid', { name: 'Output channel 3', exact: true }).waitFor();
  assert.equal(await page.getByLabel('Input size height').inputValue(), '7');
  await page.goBack();
  await layers.waitFor();
  await page.close();
});

test('a stack is shared as link, frame, element and Markdown, which show the same', async () => {
  const { page, row, complaints } = await open(SMALL);
  await row(1).getByRole('button', { name: 'Look at layer 1' }).click();
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Share what you see' });
  const text = () => dialog.getByLabel('To paste').inputValue();
  const link = await text();
  assert.match(link, /\/\?lang=en#v=1&stack=conv2d\(co=8,k=3\);.*&sel=1$/);
  assert.ok(await dialog.getByText(`${link.length} characters`).isVisible());
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  await dialog.getByRole('status').filter({ hasText: 'Copied.' }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), link);
  await dialog.getByRole('button', { name: 'Markdown' }).click();
  assert.equal(await text(), `[Stack of 4 layers, 1×3×16×16 → 1×4×15×15](${link})`);

  await dialog.getByRole('button', { name: 'Element' }).click();
  await dialog.getByLabel('Shows').selectOption('Everything, to edit');
  assert.equal(await dialog.getByLabel('Read-only').count(), 0);
  await dialog.getByLabel('Shows').selectOption('What a cell sees only');
  await dialog.getByLabel('Read-only').check();
  const [, attributes] = /<conv-scope\n([\s\S]*?)>\n<\/conv-scope>$/.exec(await text()) ?? [];
  assert.deepEqual(attributes.trim().split(/\n\s*/), [
    'stack="conv2d(co=8,k=3);max_pool2d(k=2);conv_transpose2d(co=4,k=3,s=2);relu"',
    'shape="1,3,16,16"',
    'selected="1"',
    'views="field overlap"',
    'readonly',
  ]);
  await dialog.getByRole('button', { name: 'Frame' }).click();
  const source = /src="([^"]*)"/.exec(await text())?.[1].replaceAll('&amp;', '&');
  await page.keyboard.press('Escape');
  await page.goto(String(source));
  const figure = page.locator('conv-scope');
  await figure.getByText('Cell of layer 1 (max_pool2d):').waitFor();
  assert.equal(await figure.getByRole('table').count(), 0);
  assert.deepEqual(complaints, []);
  await page.close();
});

test('a long stack is packed, and what cannot be read is not shared', async () => {
  const { page } = await site.open('', '?lang=zh', '输出');
  await page.getByRole('button', { name: '多层堆叠' }).click();
  await page.getByRole('table', { name: '各层' }).waitFor();
  const share = page.getByRole('button', { name: '分享', exact: true });
  await share.click();
  const box = page.getByRole('dialog').locator('textarea');
  assert.match(await box.inputValue(), /\?lang=zh#v=2&z=/);
  await page.keyboard.press('Escape');
  await page.locator('#stack-shape').fill('one');
  await share.click();
  await page.getByRole('dialog').getByRole('alert').waitFor();
  assert.equal(await box.count(), 0);
  await page.close();
});

for (const theme of /** @type {const} */ (['light', 'dark'])) {
  test(`axe finds nothing in the dialog of a stack, ${theme}, and it fits 390 px`, async () => {
    const { page } = await open(SMALL);
    await assertShareAccessible(page, theme);
    await page.close();
  });
}

test('the numbers that go into a layer and come out of it are those of the engine', async () => {
  const engine = await createEngine();
  const layers = [
    { op: 'conv2d', outChannels: 6, kernelSize: 3 },
    { op: 'conv_transpose2d', outChannels: 1, kernelSize: 2, stride: 2 },
  ];
  for (const shape of [
    [1, 2, 5, 5],
    [2, 5, 5],
  ]) {
    const { outputs } = engine.runStack(/** @type {any} */ (layers), seededInput(shape));
    const rows = (/** @type {ArrayLike<number>} */ data, /** @type {number} */ at, n = 3) =>
      Array.from({ length: n }, (_, row) =>
        Array.from({ length: n }, (_, col) => Number(data[(at * n + row) * n + col].toFixed(4))),
      );
    const { page } = await open(
      `v=1&stack=conv2d(co=6,k=3);conv_transpose2d(co=1,k=2,s=2)&in=${shape}&pn=values&sel=0`,
    );
    const { data } = seededInput(shape);
    assert.deepEqual(
      await numbersIn(page.locator('main'), 'What goes in, channel 1'),
      rows(data, 1, 5),
    );
    assert.deepEqual(
      await numbersIn(page.locator('main'), 'What comes out, channel 3'),
      rows(outputs[0].data, 3),
    );
    await page.getByRole('spinbutton', { name: 'first channel' }).fill('5');
    assert.deepEqual(
      await numbersIn(page.locator('main'), 'What comes out, channel 5'),
      rows(outputs[0].data, 5),
    );
    assert.deepEqual(
      await numbersIn(page.locator('main'), 'What goes in, channel 1'),
      rows(data, 1, 5),
    );
    await page.getByRole('button', { name: 'Look at layer 1' }).click();
    assert.deepEqual(
      await numbersIn(page.locator('main'), 'What comes out, all of it'),
      rows(outputs[1].data, 0, 6),
    );
    await page.close();
  }
});

test('numbers that take long to compute come from a worker, with Cancel', async () => {
  const { page } = await open('v=1&stack=conv2d(co=64,k=7,p=3)&in=1,64,32,32&pn=values');
  await page.getByText('Computing the numbers').waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Cancel' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Compute' }).click();
  await page.getByText('Channels 0 to 3 of 64.').first().waitFor({ timeout: 30000 });
  await page.close();
});

test('a mangled link of a stack opens the default with a message', async () => {
  const { page, layers } = await open('v=1&stack=conv9d(k=1)&in=1,1,8,8');
  assert.equal(await layers.getByRole('row').count(), 14 + 2);
  assert.ok(await page.getByRole('alert').isVisible());
  await page.close();
});

for (const [theme, lang, width] of /** @type {const} */ ([
  ['light', 'en', 1440],
  ['dark', 'zh', 1024],
  ['dark', 'en', 390],
  ['light', 'zh', 390],
])) {
  test(`axe finds nothing at ${width} px, ${theme}, ${lang}, and nothing scrolls sideways`, async () => {
    const failing = SMALL.replace('relu', 'conv2d(co=1,k=99);relu');
    const { page } = await open(failing, `?lang=${lang}`, lang === 'en' ? 'Layers' : '各层');
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize({ width, height: 900 });
    await page.locator('.acts button').first().click();
    const panels = page.locator('.stack-panels button');
    for (let at = 0; at < (await panels.count()); at++) {
      await panels.nth(at).click();
      await assertAccessible(page, { within: '.stack', message: `panel ${at}` });
      assert.ok(
        await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
        `panel ${at} scrolls sideways`,
      );
    }
    await page.close();
  });
}
