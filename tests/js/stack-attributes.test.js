// The attributes of <conv-scope> that say a stack, read and written, without a browser.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEngine } from '../../web/engine/index.js';
import { createStackModel } from '../../web/stack/model.js';
import { readStackAttributes, stackAttributes } from '../../web/state/stack/attributes.js';
import { writeStackLink } from '../../web/state/stack/link.js';
import { named, presetState, STACK_PRESETS } from '../../web/state/stack/presets.js';

const engine = await createEngine();
const opening = () => presetState(STACK_PRESETS[0]);

/** @param {string} text @returns {import('../../web/state/stack/attributes.js').Reading} */
const parse = (text) => {
  try {
    return { parsed: engine.parseStack(text) };
  } catch (error) {
    return { refusal: /** @type {any} */ (error) };
  }
};

/** @param {Record<string, string>} attributes @param {import('../../web/state/stack/store.js').StackState|null} [base] @param {string[]} [names] */
const read = (attributes, base = null, names = Object.keys(attributes)) =>
  readStackAttributes(base, new Map(Object.entries(attributes)), new Set(names), parse, opening);

/** @param {import('../../web/state/stack/store.js').StackState} state */
const linkOf = (state) => writeStackLink(state);

test('every preset survives the attributes of an element, and is known by its name again', () => {
  for (const preset of STACK_PRESETS) {
    const state = { ...presetState(preset), selected: 2, cell: [0] };
    const { state: again, problems, refusal } = read(stackAttributes(state));
    assert.deepEqual([problems, refusal], [[], null], preset.id);
    assert.equal(linkOf(again), linkOf(state));
    assert.equal(named(again).example, preset.id);
  }
});

test('a Sequential, printed or as source, and the short text say the same', () => {
  const texts = [
    'conv2d(co=8,k=3,p=1,ci=4); relu ;max_pool2d(k=2);',
    'nn.Sequential(nn.Conv2d(4, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2))',
    'Sequential(\n  (0): Conv2d(4, 8, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1))\n  (1): ReLU()\n  (2): MaxPool2d(kernel_size=2, stride=2, padding=0, dilation=1, ceil_mode=False)\n)',
  ];
  const compute = createStackModel(engine);
  for (const stack of texts) {
    const { state, problems, refusal } = read({ stack });
    assert.deepEqual([problems, refusal], [[], null]);
    // As many channels as the first layer says.
    assert.equal(state.shape, '1, 4, 64, 64');
    assert.deepEqual(compute(state).result?.layers.at(-1)?.outputShape, [1, 8, 32, 32]);
    assert.equal(read({ stack, shape: '(2, 4, 9, 9)' }).state.shape, '2, 4, 9, 9');
  }
});

test('without a shape, there is one that such layers take', () => {
  for (const [stack, shape] of [
    ['linear(out=3)', '1, 64'],
    ['linear(out=3,in=20)', '1, 20'],
    ['conv1d(co=2,k=3)', '1, 3, 64'],
    ['relu;conv3d(co=2,k=3,ci=5)', '1, 5, 16, 16, 16'],
    ['relu', '1, 3, 64, 64'],
  ])
    assert.equal(read({ stack }).state.shape, shape);
});

test('a link says all, and attributes add to it', () => {
  const link = linkOf({ ...opening(), selected: 3, cell: [1, 1] });
  assert.equal(linkOf(read({ link }).state), link);
  assert.equal(linkOf(read({ link: `https://example.org/?lang=en#${link}` }).state), link);
  const added = read({ link, shape: '2,100,1,1', selected: '4' }).state;
  assert.deepEqual([added.shape, added.selected, added.cell], ['2, 100, 1, 1', 5, null]);
});

test('what changes later leaves the rest, and what cannot be read leaves everything', () => {
  const { state } = read({ stack: 'conv2d(co=8,k=3);relu', shape: '1,3,8,8', selected: '0 1 1' });
  const shaped = read({ stack: 'ignored', shape: '1,3,9,9' }, state, ['shape']).state;
  assert.equal(linkOf(shaped), linkOf({ ...state, shape: '1,3,9,9' }));
  for (const [name, text, id] of [
    ['stack', 'x'.repeat((1 << 20) + 1), 'long'],
    ['shape', 'one', 'shape'],
    ['shape', '', 'shape'],
    ['selected', '2', 'layerCell'],
    ['selected', '0 1 1 1 1', 'layerCell'],
    ['selected', '<b>', 'layerCell'],
    ['link', 'v=1&op=conv2d', 'link.settings'],
    ['link', 'v=1&stack=conv9d', 'link.settings'],
    ['link', 'v=3&stack=relu', 'link.version'],
    ['link', 'v=2&z=abc', 'link.settings'],
    ['link', 'x'.repeat((1 << 22) + 1), 'long'],
  ]) {
    const { state: left, problems } = read({ [name]: text }, state);
    assert.deepEqual(
      problems.map((problem) => [problem.attribute, problem.id]),
      [[name, id]],
    );
    assert.equal(linkOf(left), linkOf(state), name);
  }
  for (const stack of ['', ';', 'conv9d(k=1)', '<script>', 'nn.Sequential()']) {
    const { state: left, refusal } = read({ stack }, state);
    assert.match(String(refusal?.message), /no layer of a stack/, stack);
    assert.equal(linkOf(left), linkOf(state));
  }
});

test('modules that a stack has no layers for are named', () => {
  const { state, ignored } = read({ stack: 'nn.Sequential(nn.Conv2d(3, 8, 3), nn.LSTM(8, 8))' });
  assert.equal(state.layers.length, 1);
  assert.deepEqual(ignored, ['LSTM']);
});

test('a shape that goes leaves one that the layers take, and one that cannot be read is none', () => {
  const { state } = read({ stack: 'conv2d(co=8,k=3,ci=4);relu', shape: '1,4,8,8' });
  assert.equal(read({}, state, ['shape']).state.shape, '1, 4, 64, 64');
  const { state: first, problems } = read({ stack: 'conv1d(co=8,k=3)', shape: 'one' });
  assert.equal(first.shape, '1, 3, 64');
  assert.deepEqual(problems, [{ attribute: 'shape', id: 'shape', values: { text: 'one' } }]);
});
