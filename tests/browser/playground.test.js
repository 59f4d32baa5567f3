// The playground in a real browser: edit, see every map, select, be refused, lose nothing.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { makeState } from '../../web/state/initial.js';
import { PRESETS } from '../../web/state/presets.js';
import { writeLink } from '../../web/state/url.js';
import { OPENING_OUTPUT, openSite } from './page.js';

/** @typedef {Awaited<ReturnType<typeof openSite>>} Site */
let site = /** @type {Site} */ (/** @type {unknown} */ (null));
before(async () => {
  site = await openSite({ permissions: ['clipboard-read', 'clipboard-write'] });
});
after(() => site.close());

const { examples } = JSON.parse(
  readFileSync(new URL('../oracle/worked_examples.json', import.meta.url), 'utf8'),
);
/** @param {string} name */
const worked = (name) => examples.find((/** @type {any} */ e) => e.name === name);
/** @param {any} example as a link */
const linkOf = (example) =>
  writeLink(
    makeState({
      op: example.op === 'Conv2d' ? 'conv2d' : 'conv_transpose2d',
      inputSize: example.input_shape.slice(2),
      kernelSize: example.kernel_size,
      stride: example.stride,
      padding: example.padding,
      dilation: example.dilation,
      outputPadding: example.output_padding,
      groups: example.groups,
      inChannels: example.in_channels,
      outChannels: example.out_channels,
      input: example.input.flat(3),
      weight: example.weight.flat(3),
      bias: example.bias,
    }),
  );

test('it opens on the worked example, with each map in its numbers', async () => {
  const { page, numbers, complaints } = await site.open();
  const { maps, output, input, weight } = worked('transposed_2x2_k3_s2');
  assert.deepEqual(await numbers('Input'), input[0][0]);
  assert.deepEqual(await numbers('Kernel'), weight[0][0]);
  assert.deepEqual(await numbers('Zero-inserted input'), maps.zero_inserted[0][0]);
  assert.deepEqual(await numbers('Padded input'), maps.padded[0][0]);
  assert.deepEqual(await numbers('Flipped kernel'), maps.flipped_weight[0][0]);
  assert.deepEqual(await numbers('Output'), output[0][0]);
  assert.deepEqual(complaints, []);
  await page.close();
});

for (const name of [
  'transposed_3x3_k3_s2_p1_op1',
  'transposed_dilated',
  'transposed_padding_cuts',
  'padding_strides_odd',
  'dilation',
  'transposed_groups',
]) {
  test(`the page shows every number of ${name}`, async () => {
    const example = worked(name);
    const { page, numbers, grid } = await site.open(linkOf(example));
    const channel = (
      /** @type {string} */ label,
      /** @type {number} */ c,
      /** @type {number} */ of,
    ) => (of > 1 ? `${label} channel ${c}` : label);
    for (let c = 0; c < example.out_channels; c++)
      assert.deepEqual(
        await numbers(channel('Output', c, example.out_channels)),
        example.output[0][c],
      );
    const padded = example.maps.padded ?? example.maps.padded_input;
    for (let c = 0; c < example.in_channels; c++)
      assert.deepEqual(
        await numbers(channel('Padded input', c, example.in_channels)),
        padded[0][c],
      );
    if (example.maps.uncropped) {
      await page.getByRole('button', { name: 'Scatter' }).click();
      await grid(channel('Output before the crop', 0, example.out_channels)).waitFor();
      for (let c = 0; c < example.out_channels; c++)
        assert.deepEqual(
          await numbers(channel('Output before the crop', c, example.out_channels)),
          example.maps.uncropped[0][c],
        );
    }
    await page.close();
  });
}

test('editing a cell changes the output while one types', async () => {
  const { page, cell, numbers } = await site.open();
  await cell('Input', 0, 0).click();
  await page.keyboard.type('5');
  assert.deepEqual((await numbers('Output'))[0], [5, 0, 7, 0, 2]);
  await page.keyboard.press('Escape');
  assert.deepEqual(await numbers('Output'), OPENING_OUTPUT);
  await page.keyboard.type('-2.5');
  await page.keyboard.press('Enter');
  assert.deepEqual((await numbers('Output'))[0], [-2.5, 0, -0.5, 0, 2]);
  assert.equal(
    await page.evaluate(() => document.activeElement?.textContent),
    '0',
    'Enter moves down',
  );
  await page.keyboard.press('ControlOrMeta+z');
  assert.deepEqual(
    await numbers('Input'),
    [
      [1, 2],
      [0, 1],
    ],
    'undo takes back the whole entry',
  );
  await page.close();
});

test('the keyboard alone walks, edits, selects and leaves', async () => {
  const { page, cell, numbers } = await site.open();
  await cell('Kernel', 0, 0).focus();
  await page.keyboard.type('2');
  await page.keyboard.press('Tab');
  await page.keyboard.type('3');
  await page.keyboard.press('Enter');
  assert.deepEqual((await numbers('Kernel'))[0], [2, 3, 1]);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+End');
  await page.keyboard.press('Delete');
  assert.deepEqual((await numbers('Kernel'))[0], [0, 0, 0]);
  await page.keyboard.press('Tab');
  const inGrid = await page.evaluate(
    () => document.activeElement?.closest('[role=grid]')?.getAttribute('aria-label') ?? null,
  );
  assert.notEqual(inGrid, 'Kernel', 'Tab leaves the grid');
  await page.close();
});

test('a block from a spreadsheet is pasted, and enlarges the map', async () => {
  const { page, cell, numbers } = await site.open();
  await page.evaluate(() => navigator.clipboard.writeText('1\t2\t3\n4\t5\t6'));
  await cell('Input', 0, 0).click();
  await page.keyboard.press('ControlOrMeta+v');
  assert.deepEqual(await numbers('Input'), [
    [1, 2, 3],
    [4, 5, 6],
  ]);
  assert.equal(await page.getByLabel('Input size width', { exact: true }).inputValue(), '3');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('ControlOrMeta+c');
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), '1\t2\t3\n4\t5\t6');
  await page.close();
});

test('pasted garbage is refused beside the map and changes nothing', async () => {
  const { page, cell, numbers, alerts } = await site.open();
  await page.evaluate(() => navigator.clipboard.writeText('<img src=x onerror=alert(1)>\t2'));
  await cell('Input', 0, 0).click();
  await page.keyboard.press('ControlOrMeta+v');
  assert.match((await alerts()).join(), /Nothing was pasted: “<img/);
  assert.deepEqual(await numbers('Input'), [
    [1, 2],
    [0, 1],
  ]);
  assert.equal(await page.locator('img').count(), 0);
  await page.close();
});

test('fills: zeros, ones, ramp, seeded random, impulse, identity', async () => {
  const { page, numbers } = await site.open();
  const fill = async (/** @type {string} */ name) => {
    await page.getByLabel('Fill: Kernel').click();
    await page.getByRole('button', { name, exact: true }).click();
    return numbers('Kernel');
  };
  assert.deepEqual(await fill('Ones'), [
    [1, 1, 1],
    [1, 1, 1],
    [1, 1, 1],
  ]);
  assert.deepEqual(await fill('Ramp 1, 2, 3 …'), [
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 9],
  ]);
  assert.deepEqual(await fill('Impulse'), [
    [0, 0, 0],
    [0, 1, 0],
    [0, 0, 0],
  ]);
  assert.deepEqual(await fill('Identity'), [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]);
  const first = await fill('Random');
  assert.deepEqual(await fill('Zeros'), [
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ]);
  assert.deepEqual(await fill('Random'), first, 'the same seed gives the same numbers');
  await page.close();
});

test('an output cell shows its sum and lights where it comes from', async () => {
  const { page, cell } = await site.open();
  await cell('Output', 0, 2).click();
  const terms = page.getByRole('region', { name: 'Output [0, 2]' });
  await terms.waitFor();
  assert.match((await terms.innerText()).replaceAll('\n', ' '), /1·1.*2·1.*= ?3/);
  assert.equal(await cell('Output', 0, 2).getAttribute('aria-selected'), 'true');
  const lit = (/** @type {string} */ name) =>
    page.getByRole('grid', { name, exact: true }).locator('.lit').count();
  assert.deepEqual(
    await Promise.all(['Input', 'Zero-inserted input', 'Padded input', 'Flipped kernel'].map(lit)),
    [2, 3, 9, 9],
  );
  await page.close();
});

test('an input cell lights what it reaches', async () => {
  const { page, cell } = await site.open();
  await cell('Input', 1, 1).click();
  const reached = await page
    .getByRole('grid', { name: 'Output', exact: true })
    .locator('.lit')
    .count();
  assert.equal(reached, 9);
  assert.match(
    await page.getByRole('region', { name: 'Input [1, 1]' }).innerText(),
    /reaches 9 output cells/,
  );
  await page.close();
});

test('every gallery entry opens and gives the size it promises', async () => {
  const { page } = await site.open();
  for (const preset of PRESETS) {
    await page.getByRole('button', { name: 'Gallery' }).click();
    await page
      .getByRole('link', { name: preset.id })
      .and(page.locator(`:has(code:text-is("${preset.id}"))`))
      .click();
    await page.locator('.card.output .size', { hasText: preset.output.join(' × ') }).waitFor();
    assert.deepEqual(await page.getByRole('alert').count(), 0, preset.id);
  }
  await page.close();
});

test('a double click on what opens a dialog leaves it open; a click beside it closes it', async () => {
  const { page, complaints } = await site.open();
  const dialog = page.locator('dialog[open]');
  for (const name of ['Gallery', 'Share', 'Picture']) {
    await page.getByRole('button', { name, exact: true }).dblclick();
    await dialog.getByRole('heading').first().waitFor();
    await page.waitForTimeout(100); // for a click that came late
    assert.equal(await dialog.count(), 1, name);
    await page.mouse.click(4, 4);
    await dialog.waitFor({ state: 'detached' });
  }
  assert.deepEqual(complaints, []);
  await page.close();
});

test('refusals stand beside their field, and the last result stays, marked as stale', async () => {
  const { page, type, alerts, numbers } = await site.open();
  for (const [field, text, message] of /** @type {[string, string, RegExp][]} */ ([
    ['Stride height', '0', /stride/i],
    ['Stride height', '', /Stride height is empty/],
    ['Stride height', '-1', /stride/i],
    ['Stride width', '1e9', /4096/],
    ['Dilation width', '0', /dilation/i],
    ['Padding height', '-1', /padding/i],
    ['Padding height', '9', /output/i],
    ['Output padding width', '5', /output padding/i],
    ['Input size height', '0', /at least 1/],
    ['Input size height', '200', /at most 128/],
    ['Kernel size width', 'NaN', /not a number/],
    ['Groups', '3', /group/i],
    ['In channels', '1.5', /fraction/],
  ])) {
    const box = page.getByLabel(field, { exact: true });
    const before = await box.inputValue();
    await type(field, text);
    const said = await alerts();
    assert.equal(said.length, 1, `${field} = "${text}": ${said}`);
    assert.match(said[0], message, `${field} = "${text}"`);
    assert.equal(await box.inputValue(), text, 'what was typed stays');
    assert.equal(await page.locator('.card.output.stale').count(), 1);
    assert.deepEqual(await numbers('Output'), OPENING_OUTPUT);
    const beside = await box.evaluate((el) =>
      Boolean(el.closest('.setting')?.querySelector('[role=alert]')),
    );
    assert.ok(beside, `the message is beside ${field}`);
    await type(field, before);
    assert.deepEqual(await alerts(), []);
    assert.equal(await page.locator('.stale').count(), 0);
  }
  await page.close();
});

test('a cell text that is no number is kept, marked and explained', async () => {
  const { page, cell, alerts } = await site.open();
  await cell('Input', 0, 1).click();
  await page.keyboard.type('1,5');
  await page.keyboard.press('Enter');
  assert.equal(await cell('Input', 0, 1).textContent(), '1,5');
  assert.match((await alerts()).join(), /comma.*1\.5/);
  await cell('Input', 0, 1).click();
  await page.keyboard.type('1.5');
  await page.keyboard.press('Enter');
  assert.deepEqual(await alerts(), []);
  await page.close();
});

test('floor remainders are said in words', async () => {
  const { page } = await site.open(linkOf(worked('padding_strides_odd')));
  assert.match(
    await page.locator('.formula').innerText(),
    /the last row of the padded input is never read/,
  );
  assert.match(
    await page.locator('.formula').innerText(),
    /the last column of the padded input is never read/,
  );
  await page.close();
});

test('resizing keeps the values that still fit and brings the others back', async () => {
  const { numbers, page, type } = await site.open();
  await type('Kernel size height', '2');
  assert.deepEqual(await numbers('Kernel'), [
    [1, 0, 1],
    [1, 1, 0],
  ]);
  await type('Kernel size height', '3');
  assert.deepEqual(await numbers('Kernel'), [
    [1, 0, 1],
    [1, 1, 0],
    [0, 0, 1],
  ]);
  await page.close();
});

test('a mangled link opens the default with a message', async () => {
  for (const hash of [
    'v=1&op=conv2d&i=1e9',
    'v=7',
    '%E0%A4%A',
    'v=1&op=<script>',
    linkOf(worked('dilation')).slice(0, -9),
  ]) {
    const { page, numbers, alerts, complaints } = await site.open(hash);
    assert.deepEqual(await numbers('Output'), OPENING_OUTPUT, hash);
    assert.equal((await alerts()).length, 1, hash);
    assert.deepEqual(complaints, []);
    await page.close();
  }
});

test('the address follows the state, and opening it elsewhere shows the same numbers', async () => {
  const { page, cell, numbers, type } = await site.open();
  await type('Padding width', '1');
  await cell('Kernel', 2, 2).click();
  await page.keyboard.type('-4.25');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => location.hash.includes('-4.25'));
  const there = await site.open(new URL(page.url()).hash.slice(1));
  assert.deepEqual(await there.numbers('Output'), await numbers('Output'));
  await there.page.close();
  await page.close();
});

test('128 × 128 is a picture whose numbers can be read and edited', async () => {
  const { page, type } = await site.open();
  await page.getByLabel('Operation').selectOption('conv2d');
  for (const axis of ['height', 'width']) {
    await type(`Stride ${axis}`, '1');
    await type(`Input size ${axis}`, '128');
  }
  const output = page.getByRole('grid', { name: 'Output', exact: true });
  assert.equal(await output.getAttribute('aria-rowcount'), '126');
  await output.getByRole('gridcell').focus();
  await page.keyboard.press('ArrowRight');
  const sum = page.getByRole('region', { name: 'Output [0, 1]' });
  await sum.waitFor();
  const before = await sum.innerText();
  const input = page.getByRole('grid', { name: 'Input', exact: true });
  await input.getByRole('gridcell').focus();
  await page.keyboard.press('ArrowRight');
  await page.getByLabel('Value of Input [0, 1]', { exact: true }).fill('-3');
  await page.keyboard.press('Enter');
  await output.getByRole('gridcell').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  assert.notEqual(await sum.innerText(), before);
  assert.match(await sum.innerText(), /-3·/);
  await page.close();
});

test('a picture of one’s own becomes the input, and a file that is none is refused', async () => {
  const { page, numbers, alerts } = await site.open();
  const file = page.getByLabel('Open a picture …');
  const png = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 3;
    canvas.height = 2;
    const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    for (let i = 0; i < 6; i++) {
      pen.fillStyle = `rgb(${i * 40}, ${i * 40}, ${i * 40})`;
      pen.fillRect(i % 3, Math.floor(i / 3), 1, 1);
    }
    return canvas.toDataURL('image/png').split(',')[1];
  });
  await file.setInputFiles({
    name: 'six.png',
    mimeType: 'image/png',
    buffer: Buffer.from(png, 'base64'),
  });
  await page.locator('.card.input .size', { hasText: '2 × 3' }).waitFor();
  assert.deepEqual(await numbers('Input'), [
    [0, 40, 80],
    [120, 160, 200],
  ]);
  await file.setInputFiles({
    name: 'no.png',
    mimeType: 'image/png',
    buffer: Buffer.from('<svg onload=alert(1)>'),
  });
  await page.getByRole('alert').waitFor();
  assert.match((await alerts()).join(), /not a picture/);
  assert.equal((await numbers('Input')).length, 2);
  await page.close();
});
