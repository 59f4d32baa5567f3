// Every row of what the product explains, each seen on the page. The numbers of the rows are those of the
// design's table; rows 12 and 15 belong to the stack view.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { makeState } from '../../web/state/initial.js';
import { PRESETS } from '../../web/state/presets.js';
import { writeLink } from '../../web/state/url.js';
import { openSite } from './page.js';

/** @typedef {Awaited<ReturnType<typeof openSite>>} Site */
let site = /** @type {Site} */ (/** @type {unknown} */ (null));
before(async () => {
  site = await openSite({ permissions: ['clipboard-read', 'clipboard-write'] });
});
after(() => site.close());

const { examples } = JSON.parse(
  readFileSync(new URL('../oracle/worked_examples.json', import.meta.url), 'utf8'),
);
const opening = examples.find((/** @type {any} */ e) => e.name === 'transposed_2x2_k3_s2');
/** @param {string} id */
const preset = (id) => writeLink(makeState(PRESETS.find((p) => p.id === id)));
/** @param {import('playwright-core').Page} page @param {string} name */
const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

test('row 1: four steps, one after the other, by keyboard, number by number', async () => {
  const { page, numbers, grid } = await site.open();
  const slider = page.getByRole('slider', { name: 'Step', exact: true });
  const blank = async (/** @type {string} */ name) =>
    (await grid(name).getByRole('gridcell').allTextContents()).every((text) => text === '');
  await slider.focus();
  await page.keyboard.press('Home');
  for (const name of ['Zero-inserted input', 'Padded input', 'Flipped kernel', 'Output'])
    assert.ok(await blank(name), `${name} is still to come`);
  await page.keyboard.press('ArrowRight');
  assert.deepEqual(await numbers('Zero-inserted input'), opening.maps.zero_inserted[0][0]);
  assert.ok(await blank('Padded input'));
  await page.keyboard.press('ArrowRight');
  assert.deepEqual(await numbers('Padded input'), opening.maps.padded[0][0]);
  await page.keyboard.press('ArrowRight');
  assert.deepEqual(await numbers('Flipped kernel'), opening.maps.flipped_weight[0][0]);
  const output = opening.output.flat(3);
  for (let n = 0; n < output.length; n++) {
    await page.keyboard.press('ArrowRight');
    const shown = await grid('Output').getByRole('gridcell').allTextContents();
    assert.deepEqual(
      shown,
      output.map((/** @type {number} */ v, /** @type {number} */ i) => (i <= n ? String(v) : '')),
    );
  }
  await page.keyboard.press('ArrowLeft');
  assert.equal((await grid('Output').getByRole('gridcell').allTextContents()).at(-1), '');
  await page.keyboard.press('End');
  assert.deepEqual(await numbers('Output'), opening.output[0][0]);
  await page.close();
});

test('row 2: independent methods are shown equal, and the script for PyTorch is copied with one click', async () => {
  const { page } = await site.open();
  assert.match(await page.locator('.agreement').innerText(), /Equal: .*difference 0/);
  await press(page, 'Copy PyTorch script');
  const script = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(script, /x = torch\.tensor\(\[1\., 2\., 0\., 1\.\]\)\.reshape\(1, 1, 2, 2\)/);
  assert.match(script, /F\.conv_transpose2d\(x, w, b, stride=\(2, 2\)/);
  assert.match(script, /F\.conv2d\(z, v, b/);
  await page.close();
});

test('row 3: the size formula with the numbers, per axis, and its derivation line by line', async () => {
  const { page, type } = await site.open();
  await type('Input size width', '3');
  await type('Output padding height', '1');
  const text = (await page.locator('.formula').innerText()).replaceAll(/\s+/g, '');
  assert.ok(text.includes('(2−1)·2−2·0+1·(3−1)+1+1=6'), text);
  assert.ok(text.includes('(3−1)·2−2·0+1·(3−1)+0+1=7'), text);
  await page.getByText('Where this formula comes from').click();
  assert.match(
    await page.locator('.derivation').innerText(),
    /H′ = H \+ \(s − 1\)\(H − 1\) = 2 \+ 1·1 = 3/,
  );
  await page.close();
});

test('row 4: a larger kernel and a smaller padding enlarge a transposed convolution, not a convolution', async () => {
  const { page, type } = await site.open(preset('padding_strides_transposed'));
  const size = () => page.locator('.card.output .size').innerText();
  assert.equal(await size(), '5 × 5');
  await type('Kernel size height', '4');
  assert.equal(await size(), '6 × 5');
  await type('Padding height', '0');
  assert.equal(await size(), '8 × 5');
  await page.getByLabel('Operation').selectOption('conv2d');
  await type('Kernel size height', '2');
  assert.equal(await size(), '1 × 2');
  await type('Padding height', '1');
  assert.equal(await size(), '2 × 2');
  await page.close();
});

test('row 5: an argument has a field for each axis, height first', async () => {
  const { page, type } = await site.open();
  await type('Stride height', '1');
  assert.equal(await page.locator('.card.output .size').innerText(), '4 × 5');
  await type('Stride height', '2');
  await type('Stride width', '1');
  assert.equal(await page.locator('.card.output .size').innerText(), '5 × 4');
  await page.close();
});

test('row 6: the switch to true convolution turns the kernel, and groups are drawn as wiring', async () => {
  const { page, numbers } = await site.open(preset('no_padding_no_strides'));
  const before = await numbers('Output');
  await page.getByLabel('True convolution').check();
  const turned = await numbers('Output');
  assert.notDeepEqual(turned, before);
  const kernel = (await numbers('Kernel')).flat().reverse();
  const again = await site.open(
    preset('no_padding_no_strides').replace(/&w=[^&]*/, `&w=${kernel.join(',')}`),
  );
  assert.deepEqual(await again.numbers('Output'), turned);
  await again.page.close();
  await page.close();
  const groups = await site.open(preset('depthwise'));
  await press(groups.page, 'Channels and parameters');
  assert.equal(await groups.page.locator('.wiring line').count(), 3);
  assert.match(await groups.page.locator('.channels').innerText(), /Depthwise/);
  await groups.page.close();
});

for (const [op, input, output] of /** @type {const} */ ([
  ['conv1d', [5], [2]],
  ['conv2d', [5, 4], [2, 1]],
  ['conv3d', [5, 4, 3], [2, 1, 1]],
  ['conv_transpose1d', [3], [7]],
  ['conv_transpose2d', [3, 2], [7, 5]],
  ['conv_transpose3d', [3, 2, 1], [7, 5, 3]],
])) {
  test(`row 7: ${op} with every argument`, async () => {
    const sizes = /** @type {readonly number[]} */ (input);
    const count = sizes.reduce((a, b) => a * b, 1) * 2;
    const link = `v=1&op=${op}&i=${input}&k=3&s=2&g=2&ci=2&co=2&b=1,-1&x=${Array.from({ length: count }, (_, i) => i % 4)}&w=${Array(2 * 3 ** input.length).fill(1)}`;
    const { page, complaints } = await site.open(link);
    assert.equal(await page.locator('.card.output .size').innerText(), output.join(' × '));
    assert.equal(await page.getByRole('alert').count(), 0);
    assert.deepEqual(complaints, []);
    await page.close();
  });
}

test('row 8: the fifteen animations stand in the gallery by name', async () => {
  const { page } = await site.open();
  await press(page, 'Gallery');
  const names = await page.locator('.gallery code').allTextContents();
  for (const name of [
    'no_padding_no_strides',
    'arbitrary_padding_no_strides',
    'same_padding_no_strides',
    'full_padding_no_strides',
    'no_padding_strides',
    'padding_strides',
    'padding_strides_odd',
  ]) {
    assert.ok(names.includes(name) && names.includes(`${name}_transposed`), name);
  }
  assert.ok(names.includes('dilation'));
  await page.close();
});

test('row 9: output padding: the sizes that fall together, and the real sums in the added row', async () => {
  const { page, numbers } = await site.open(preset('transposed_3x3_k3_s2_p1_op1'));
  const rows = (await page.locator('.sizes tbody tr').allInnerTexts()).map((r) => r.split(/\s+/));
  assert.deepEqual(rows.slice(0, 2), [
    ['height', '0', '5', '3'],
    ['height', '1', '6', '3'],
  ]);
  assert.ok(
    (await numbers('Output')).at(-1)?.some((v) => v !== 0),
    'the added row holds sums',
  );
  await page.close();
});

test('row 10: 3 → 5 → 7 (padded) → 5', async () => {
  const { numbers, page } = await site.open(preset('transposed_3x3_k3_s2_p1'));
  assert.deepEqual(
    (
      await Promise.all(['Input', 'Zero-inserted input', 'Padded input', 'Output'].map(numbers))
    ).map((m) => m.length),
    [3, 5, 7, 5],
  );
  await page.close();
});

test('row 11: the same cells are lit in the matrix and in its transpose', async () => {
  const { page, cell, grid } = await site.open();
  await press(page, 'Matrix');
  await cell('Output', 0, 2).click();
  const lit = (/** @type {string} */ name) =>
    grid(name)
      .getByRole('row')
      .evaluateAll((rows) =>
        rows.flatMap((row, r) =>
          Array.from(row.children, (c, i) =>
            c.classList.contains('lit') ? `${r},${i}` : '',
          ).filter(Boolean),
        ),
      );
  const here = await lit('Matrix Cᵀ');
  assert.deepEqual(here, ['2,0', '2,1']);
  assert.deepEqual(
    await lit('Matrix C'),
    here.map((p) => p.split(',').reverse().join(',')),
  );
  await press(page, 'Gradients');
  const identity = await page.locator('.gradients .remark').innerText();
  const [left, right] = [...identity.matchAll(/summed: (-?[\d.]+)\./g)].map((m) => m[1]);
  assert.equal(left, right);
  await page.close();
});

test('row 13: a selected cell lists its terms over channels and the bias, and parameters are counted', async () => {
  const { page, cell } = await site.open(preset('transposed_channels'));
  await press(page, 'Direct');
  await cell('Output channel 1', 2, 2).click();
  const sum = await page.getByRole('region', { name: 'Output [0, 1, 2, 2]' }).innerText();
  assert.match(sum.replaceAll('\n', ' '), /1·1.*-3·0.*-2 bias.*= ?-1/);
  await press(page, 'Channels and parameters');
  assert.match(await page.locator('.channels').innerText(), /2·3·3 = 18 weights.*57 parameters/);
  await page.close();
});

test('row 14: stamps add up on the canvas, padding crops it, and where nothing is left the reason is given', async () => {
  const { page, numbers, type, alerts } = await site.open(preset('transposed_3x3_k3_s2_p1'));
  await press(page, 'Scatter');
  await page.getByRole('slider', { name: 'Step', exact: true }).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  const first = await numbers('Output before the crop');
  assert.deepEqual(
    first.slice(0, 3).map((r) => r.slice(0, 3)),
    await numbers('Kernel'),
    'input 1 stamps the kernel',
  );
  assert.ok(first.flat().every((v, i) => (i % 7 < 3 && i < 21) || v === 0));
  await page.keyboard.press('End');
  const all = await numbers('Output before the crop');
  assert.deepEqual(
    all.slice(1, -1).map((r) => r.slice(1, -1)),
    await numbers('Output'),
  );
  for (const axis of ['height', 'width']) await type(`Padding ${axis}`, '4');
  assert.match((await alerts()).join(), /output/i);
  await page.close();
});

test('row 16: the way there and back restores the shape, not the values', async () => {
  const { page, numbers } = await site.open();
  await press(page, 'Matrix');
  const [x, back] = [await numbers('x, the input'), await numbers('Round trip')];
  assert.deepEqual([back.length, back[0].length], [x.length, x[0].length]);
  assert.notDeepEqual(back, x);
  await page.close();
});

test('row 17: gradients of input, weight and bias as maps, for an output gradient that one may edit', async () => {
  const { page, numbers, cell } = await site.open();
  await page.getByLabel('Add a bias').check();
  await press(page, 'Gradients');
  assert.deepEqual(await numbers('Gradient of the input'), [
    [5, 5],
    [5, 5],
  ]);
  assert.deepEqual(await numbers('Gradient of the kernel'), [
    [4, 4, 4],
    [4, 4, 4],
    [4, 4, 4],
  ]);
  assert.deepEqual(await numbers('Gradient of the bias'), [[25]]);
  await cell('Gradient of the output', 0, 0).click();
  await page.keyboard.type('3');
  await page.keyboard.press('Enter');
  assert.deepEqual(await numbers('Gradient of the input'), [
    [7, 5],
    [5, 5],
  ]);
  await page.close();
});
