// The page's state without a browser: fields, tensors, undo, links, presets.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeState } from '../../web/state/initial.js';
import { packLink, readyFor } from '../../web/state/packed.js';
import { OPENING, PRESETS } from '../../web/state/presets.js';
import { readSettings, readWhole, requestOf } from '../../web/state/settings.js';
import { createStore } from '../../web/state/store.js';
import { fill, makeTensor, readBlock, readNumber, resize } from '../../web/state/tensors.js';
import { readLink, writeLink } from '../../web/state/url.js';

const opening = () => createStore(makeState(OPENING));
const numbers = (/** @type {ArrayLike<number>} */ data) => Array.from(data);

test('a whole number is read as typed, and what is none says why', () => {
  assert.deepEqual(readWhole(' 12 '), { value: 12 });
  assert.deepEqual(readWhole('1e3'), { value: 1000 });
  assert.deepEqual(readWhole('−2'), { value: -2 });
  assert.deepEqual(readWhole(''), { id: 'empty' });
  assert.deepEqual(readWhole('abc'), { id: 'notNumber' });
  assert.deepEqual(readWhole('0x10'), { id: 'notNumber' });
  assert.deepEqual(readWhole('1.5'), { id: 'notWhole' });
  assert.deepEqual(readWhole('NaN'), { id: 'notNumber' });
});

test('a cell takes numbers, nan and inf, and nothing else', () => {
  for (const [text, value] of /** @type {[string, number|null][]} */ ([
    ['1.5', 1.5],
    ['.5', 0.5],
    ['3.', 3],
    ['-2e-3', -0.002],
    ['−4', -4],
    ['', 0],
    ['nan', Number.NaN],
    ['-inf', Number.NEGATIVE_INFINITY],
    ['1,5', null],
    ['1 2', null],
    ['abc', null],
    ['0x10', null],
    ['1e', null],
  ])) {
    assert.deepEqual(readNumber(text), value, JSON.stringify(text));
  }
});

test('shrinking and growing again brings every typed value back', () => {
  const four = makeTensor([1, 1, 2, 2], [1, 2, 3, 4]);
  const one = resize(four, [1, 1, 1, 1]);
  assert.deepEqual(numbers(one.data), [1]);
  assert.deepEqual(numbers(resize(one, [1, 1, 3, 3]).data), [1, 2, 0, 3, 4, 0, 0, 0, 0]);
});

test('a new channel is not empty, and the old one stays', () => {
  const two = resize(makeTensor([1, 1, 2, 2], [1, 2, 3, 4]), [1, 2, 2, 2]);
  assert.deepEqual(numbers(two.data.slice(0, 4)), [1, 2, 3, 4]);
  assert.ok(two.data.slice(4).some((v) => v !== 0));
});

test('typing "12" into a size passes through "1" and loses nothing', () => {
  const store = opening();
  store.dispatch.setField('inputSize', 1, '1');
  store.dispatch.setField('inputSize', 1, '12');
  assert.deepEqual(store.state.input.shape, [1, 1, 2, 12]);
  assert.deepEqual([store.state.input.data[1], store.state.input.data[13]], [2, 1]);
});

test('an unreadable size keeps the text and the tensor', () => {
  const store = opening();
  for (const text of ['', '0', '-1', '1e9', 'NaN', 'abc', '1.5']) {
    store.dispatch.setField('inputSize', 0, text);
    assert.equal(store.state.text.inputSize[0], text);
    assert.deepEqual(numbers(store.state.input.data), [1, 2, 0, 1]);
    assert.equal(readSettings(store.state).errors.length, 1, text);
  }
});

test('text that is no number waits in the cell until it is mended', () => {
  const store = opening();
  store.dispatch.setCell('input', 1, '1,5');
  assert.equal(store.state.drafts['input:1'], '1,5');
  assert.equal(store.state.input.data[1], 2);
  store.dispatch.setCell('input', 1, '1.5');
  assert.deepEqual(store.state.drafts, {});
  assert.equal(store.state.input.data[1], 1.5);
});

test('undo and redo walk through edits but not through selections', () => {
  const store = opening();
  store.dispatch.setCell('input', 0, '7');
  store.dispatch.select({ map: 'output', index: 3 });
  store.dispatch.setField('stride', 0, '1');
  store.undo();
  assert.equal(store.state.text.stride[0], '2');
  store.undo();
  assert.equal(store.state.input.data[0], 1);
  assert.equal(store.canUndo(), false);
  store.redo();
  assert.equal(store.state.input.data[0], 7);
});

test('a tolerance that is typed key by key is one step of undo, and undo keeps what is copied out', () => {
  const store = createStore(makeState({ op: 'conv2d' }));
  for (const text of ['1', '1e', '1e-', '1e-3']) store.dispatch.setTolerance('rtol', text);
  store.dispatch.setTolerance('atol', '2');
  store.dispatch.setCopyOut({ what: 'input' });
  store.undo();
  assert.equal(store.state.paste.rtol, '1e-3');
  store.undo();
  assert.notEqual(store.state.paste.rtol, '1e-3');
  assert.equal(store.canUndo(), false);
  assert.equal(store.state.copyOut.what, 'input');
});

test('fills are laid out per map, and a seed always gives the same numbers', () => {
  const tensor = makeTensor([1, 2, 3, 3]);
  assert.deepEqual(
    numbers(fill(tensor, null, 'identity', 1).data),
    [1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1],
  );
  assert.deepEqual(
    numbers(fill(tensor, null, 'impulse', 1).data),
    [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0],
  );
  assert.deepEqual(
    numbers(fill(tensor, [0, 1, 3, 4], 'ramp', 1).data.slice(0, 5)),
    [1, 2, 0, 3, 4],
  );
  assert.deepEqual(fill(tensor, null, 'random', 5).data, fill(tensor, null, 'random', 5).data);
  assert.notDeepEqual(fill(tensor, null, 'random', 5).data, fill(tensor, null, 'random', 6).data);
});

test('blocks are read from spreadsheets, CSV and plain columns', () => {
  for (const text of ['1\t2\n3\t4\n', '1,2\r\n3,4', '1 2\n3 4', '1;2\n3;4']) {
    assert.deepEqual(
      readBlock(text),
      {
        rows: [
          [1, 2],
          [3, 4],
        ],
      },
      JSON.stringify(text),
    );
  }
  assert.deepEqual(readBlock('1\t\t3'), { rows: [[1, 0, 3]] });
});

test('a block that is ragged, not numeric or full of decimal commas is refused, not guessed', () => {
  assert.deepEqual(readBlock('1 2\n3'), { bad: '3', line: 2, reason: 'ragged' });
  assert.deepEqual(readBlock('1 x'), { bad: 'x', line: 1, reason: 'number' });
  assert.deepEqual(readBlock('1,5\t2,5'), { bad: '1,5\t2,5', line: 1, reason: 'comma' });
  assert.deepEqual(readBlock('   '), { bad: '', line: 1, reason: 'empty' });
});

test('a pasted block that does not fit enlarges the map and keeps the rest', () => {
  const store = opening();
  store.dispatch.pasteBlock('input', 3, [
    [5, 6],
    [7, 8],
  ]);
  assert.deepEqual(store.state.text.inputSize, ['3', '3']);
  assert.deepEqual(numbers(store.state.input.data), [1, 2, 0, 0, 5, 6, 0, 7, 8]);
});

test('every preset survives its own link', () => {
  for (const preset of PRESETS) {
    const state = makeState(preset);
    const read = readLink(writeLink(state));
    assert.ok(read && 'state' in read, preset.id);
    assert.deepEqual(read.state.text, state.text, preset.id);
    assert.deepEqual(read.state.input.data, state.input.data, preset.id);
    assert.deepEqual(read.state.weight.data, state.weight.data, preset.id);
    assert.deepEqual(
      read.state.hasBias ? read.state.bias.data : null,
      state.hasBias ? state.bias.data : null,
      preset.id,
    );
  }
});

test('numbers of any magnitude survive a link, those of links before too', () => {
  const numbers = [1e21, -3.4e38, 1e-45, Number.POSITIVE_INFINITY];
  const state = makeState({ op: 'conv2d', inputSize: [2, 2], kernelSize: [1, 1], input: numbers });
  const link = writeLink(state);
  assert.doesNotMatch(link, /\+/);
  for (const text of [link, link.replace('1e21', '1e+21')]) {
    const read = readLink(text);
    assert.ok(read && 'state' in read, text);
    assert.deepEqual([...read.state.input.data], numbers);
  }
});

test('a mangled link is reported, never half applied', () => {
  const good = writeLink(makeState(OPENING));
  assert.equal(readLink(''), null);
  for (const [hash, problem] of [
    ['hello', 'version'],
    [good.replace('v=1', 'v=99'), 'version'],
    [good.replace('conv_transpose2d', 'conv9d'), 'settings'],
    [good.slice(0, -3), 'values'],
    [good.replace(/x=[^&]*/, 'x=1,2,<b>,1'), 'values'],
    [good.replace(/i=[^&]*/, 'i=1e9'), 'settings'],
    [good.replace(/i=[^&]*/, 'i=2,2,2'), 'settings'],
  ]) {
    assert.deepEqual(readLink(hash), { problem }, hash);
  }
});

test('a long link is packed to a fraction and opens the same state, changed or cut it is reported', async () => {
  const blur = PRESETS.find(({ id }) => id === 'blur');
  const state = makeState(/** @type {any} */ (blur));
  const plain = writeLink(state);
  const packed = await packLink(plain);
  assert.match(packed, /^v=2&z=[\w-]+$/);
  assert.ok(packed.length * 10 < plain.length, `${plain.length} to ${packed.length}`);
  await readyFor(`#${packed}`);
  assert.deepEqual(readLink(`#${packed}`), readLink(plain));
  const short = writeLink(makeState(OPENING));
  assert.equal(await packLink(short), short);

  const changed = (/** @type {number} */ at) =>
    `${packed.slice(0, at)}${packed[at] === 'A' ? 'B' : 'A'}${packed.slice(at + 1)}`;
  const mangled = [
    packed.slice(0, -1),
    packed.slice(0, 400),
    'v=2&z=',
    'v=2&z=%F0\ud800',
    'v=2&z=AAAA',
  ];
  for (let at = 6; at < packed.length - 1; at += 7) mangled.push(changed(at));
  for (const link of mangled) assert.deepEqual(readLink(link), { problem: 'mangled' }, link);
});

test('a link of a few letters cannot unpack to hundreds of megabytes', async () => {
  const link = await packLink(`v=1&op=conv2d&x=${'0'.repeat(5e6)}`);
  assert.ok(link.length < 10000);
  await readyFor(link);
  assert.deepEqual(readLink(link), { problem: 'mangled' });
});

test('links that were once given away keep opening', async () => {
  for (const link of [
    'v=1&op=conv_transpose2d&i=2&k=3&s=2&x=1,2,0,1&w=1,0,1,1,1,0,0,0,1',
    'v=2&z=eJwrszVUyy-wTc7PK4svKUrMKy7IL041SlHLtDVSy7Y1VisG0hW2hjpGOgY6hmrlQBaQBkMDMDQEAKMdEco',
  ]) {
    await readyFor(link);
    const read = /** @type {any} */ (readLink(link));
    assert.deepEqual(
      [numbers(read.state.input.data), read.state.text.stride[0]],
      [[1, 2, 0, 1], '2'],
      link,
    );
  }
});

test('the request carries what the fields say', () => {
  const store = opening();
  store.dispatch.setField('outputPadding', 1, '1');
  const { values } = readSettings(store.state);
  const request = requestOf(store.state, values);
  assert.deepEqual(
    [request.op, request.stride, request.outputPadding],
    ['conv_transpose2d', [2, 2], [0, 1]],
  );
  assert.deepEqual(request.weight.shape, [1, 1, 3, 3]);
});

test('changing the operation keeps sizes, arguments and values', () => {
  const store = opening();
  store.dispatch.setOp('conv2d');
  assert.deepEqual(store.state.text.stride, ['2', '2']);
  assert.deepEqual(numbers(store.state.weight.data), OPENING.weight);
});
