// The state of a stack without a browser: what is typed, the line of text, links, undo; and the presets through the
// engine, with the numbers of parameters and the output shapes that PyTorch 1.13 gives for the same networks.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEngine } from '../../web/engine/index.js';
import { createStackModel } from '../../web/stack/model.js';
import { FAMILIES, fieldsOf, OP_GROUPS, STACK_FIELDS } from '../../web/state/stack/kinds.js';
import { readLayers, withOp, writeLayers } from '../../web/state/stack/layers.js';
import { isAsked, readStackLink, writeStackLink } from '../../web/state/stack/link.js';
import { presetState, STACK_PRESETS } from '../../web/state/stack/presets.js';
import { readQuestion, readRange } from '../../web/state/stack/solver.js';
import { createStackStore, makeStackState } from '../../web/state/stack/store.js';
import { layersText, readLayersText } from '../../web/state/stack/text.js';
import { readField, readShape, writeField } from '../../web/state/stack/values.js';
import { stackText } from '../../web/state/url.js';
import { bytesText } from '../../web/views/stack/counts.js';

/** @param {string} text @returns {import('../../web/state/stack/layers.js').EditLayer[]} */
const layersOf = (text) => {
  const layers = readLayersText(text);
  assert.ok(layers, text);
  return layers;
};
const storeOf = (/** @type {string} */ text, shape = '1,3,16,16') =>
  createStackStore(makeStackState({ layers: layersOf(text), shape }));

test('arguments are read as they are typed', () => {
  for (const [key, text, value] of /** @type {[string, string, unknown][]} */ ([
    ['kernelSize', '3', 3],
    ['kernelSize', '3x5', [3, 5]],
    ['kernelSize', '(3, 5)', [3, 5]],
    ['kernelSize', ' 3 × 5 ', [3, 5]],
    ['kernelSize', '', undefined],
    ['padding', 'same', 'same'],
    ['padding', '-1', -1],
    [
      'padding',
      '1/2x0/3',
      [
        [1, 2],
        [0, 3],
      ],
    ],
    ['padding', '2/0', [[2, 0]]],
    ['outputSize', '_', null],
    ['outputSize', 'None, 7', [null, 7]],
    ['size', '4x4', [4, 4]],
    ['size', '8', [8]],
    ['scaleFactor', '1.5x2', [1.5, 2]],
    ['bias', '0', false],
    ['eps', '1e-5', 1e-5],
  ])) {
    assert.deepEqual(readField(key, text), { value }, `${key} ${text}`);
    if (value !== undefined) {
      const again = writeField(key, value);
      assert.deepEqual(readField(key, again), { value }, `${key} ${again}`);
    }
  }
});

test('what is no argument says of which kind it should be', () => {
  assert.deepEqual(readField('kernelSize', '3x'), { id: 'notWholes' });
  assert.deepEqual(readField('outChannels', '3x4'), { id: 'notWholes' });
  assert.deepEqual(readField('outChannels', '1.5'), { id: 'notWholes' });
  assert.deepEqual(readField('padding', '1/x'), { id: 'notPadding' });
  assert.deepEqual(readField('eps', 'small'), { id: 'notNumber' });
  assert.deepEqual(readField('outputSize', 'big'), { id: 'notSizes' });
});

test('a shape is read from numbers, brackets and what PyTorch prints', () => {
  assert.deepEqual(readShape('1, 3, 64, 64'), [1, 3, 64, 64]);
  assert.deepEqual(readShape('(1,3,8)'), [1, 3, 8]);
  assert.deepEqual(readShape('torch.Size([1, 3, 8])'), [1, 3, 8]);
  assert.deepEqual(readShape('1x3x8x8'), [1, 3, 8, 8]);
  assert.equal(readShape(''), null);
  assert.equal(readShape('1,a'), null);
});

test('every operation stands in one group, with arguments that are known', () => {
  const grouped = OP_GROUPS.flatMap(([, ops]) => ops);
  const all = Object.values(FAMILIES).flatMap(({ ops }) => ops);
  assert.deepEqual(grouped.toSorted(), all.toSorted());
  for (const op of all) {
    const urls = fieldsOf(op).map((key) => STACK_FIELDS[key].url);
    assert.equal(new Set(urls).size, urls.length, `${op}: two arguments share a name in links`);
  }
});

test('a line of text becomes layers and the same line again', () => {
  const line =
    'conv2d(co=64,k=7x5,s=2,p=1/2x0/0,b=0,name=features.0);relu(add=in);conv2d(co=8,k=1,from=0,add=1,cat=in)';
  const layers = layersOf(line);
  assert.equal(layersText(layers), line);
  assert.deepEqual(readLayers(layers).layers[2], {
    op: 'conv2d',
    outChannels: 8,
    kernelSize: 1,
    from: 0,
    skip: [
      { from: 1, merge: 'add' },
      { from: -1, merge: 'concat' },
    ],
  });
  assert.deepEqual(readLayersText(''), []);
});

test('what is no line of layers is refused', () => {
  for (const text of [
    'conv2d(co=1',
    'nonsense',
    'conv2d(zz=1)',
    'conv2d(k)',
    'relu(add=9)',
    'conv2d(k=1,k=2);;',
    'relu(name=%E0%A4%A)',
    `relu${';relu'.repeat(2000)}`,
    '__proto__',
  ])
    assert.equal(readLayersText(text), null, text.slice(0, 40));
});

test('a link brings back layers, shape, panel, layer and cell, whatever was typed', () => {
  const store = storeOf('conv2d(co=8,k=3);relu;max_pool2d(k=2)');
  const [first, second] = store.state.layers;
  store.dispatch.setField(first.id, 'padding', '(é; &=+,%)');
  store.dispatch.setShape('1, 3, 16, 16');
  store.dispatch.select(second.id, [2, 3]);
  store.dispatch.setPanel('solve');
  const link = writeStackLink(store.state);
  assert.match(link, /^v=1&stack=conv2d\(co=8,k=3,p=[%\w]+\);relu;max_pool2d\(k=2\)&in=1,3,16,16/);
  assert.equal(stackText(`#${link}`), link);
  const read = readStackLink(link);
  assert.ok('state' in read);
  assert.equal(writeStackLink(read.state), link);
  assert.equal(read.state.layers[0].text.padding, '(é; &=+,%)');
  assert.deepEqual([read.state.selected, read.state.cell], [second.id, [2, 3]]);
});

test('a link tells what the solver was asked, the size aimed at and the channels looked at', () => {
  const store = createStackStore(presetState(STACK_PRESETS[0]));
  const { dispatch } = store;
  assert.doesNotMatch(writeStackLink(store.state), /[&](q|ch|goal)=/);
  assert.equal(isAsked(store.state), false);
  dispatch.ask({ op: 'max_pool2d', from: '14', to: '7', layers: '1,5' });
  dispatch.ask({ ranges: { ...store.state.question.ranges, kernelSize: '2..3' } });
  dispatch.aim({ layer: 2, size: '14, 7' });
  dispatch.setChannel(12);
  const link = writeStackLink(store.state);
  assert.match(link, /&ch=12&q=max_pool2d,14,7,1%205,2\.\.3,1-4,0-3,1,0-1&goal=2:14,%207$/);
  assert.equal(isAsked(store.state), true);
  const read = readStackLink(link);
  assert.ok('state' in read);
  const { question, goal, channel } = read.state;
  assert.deepEqual(goal, { layer: 2, size: '14, 7' });
  assert.equal(channel, 12);
  assert.deepEqual({ ...question, layers: '1,5' }, store.state.question);
  assert.equal(writeStackLink(read.state), link);
  for (const bad of ['q=conv9d,1,2,3,4,5,6,7,8', 'q=conv2d,1', 'goal=x', 'ch=-1', 'ch=1e9']) {
    const { state } = /** @type {any} */ (readStackLink(`v=1&stack=relu&in=1,1,4,4&${bad}`));
    assert.equal(isAsked(state), false, bad);
  }
});

test('a mangled link of a stack is told, and a link of one layer is none', () => {
  assert.deepEqual(readStackLink('v=9&stack=relu'), { problem: 'version' });
  assert.deepEqual(readStackLink('v=1&stack=nothing'), { problem: 'settings' });
  assert.equal(stackText('#v=1&op=conv2d'), null);
  assert.equal(stackText('#v=2&z=broken'), null);
});

test('layers name each other also after moving and inserting; who is removed is forgotten', () => {
  const store = storeOf('conv2d(co=8,k=1);relu;tanh;relu(add=0);conv2d(co=8,k=1,from=2)');
  const [conv, , tanh] = store.state.layers;
  store.dispatch.add(0, 'identity');
  assert.match(layersText(store.state.layers), /relu\(add=1\);conv2d\(co=8,k=1,from=3\)$/);
  store.dispatch.move(tanh.id, -1);
  assert.match(layersText(store.state.layers), /from=2\)$/);
  store.dispatch.remove(conv.id);
  store.dispatch.remove(tanh.id);
  assert.equal(layersText(store.state.layers), 'identity;relu;relu;conv2d(co=8,k=1)');
  for (let i = 0; i < 4; i++) store.undo();
  assert.match(layersText(store.state.layers), /^conv2d.*from=2\)$/);
  assert.equal(store.canUndo(), false);
});

test('keys in one field are one step of undo', () => {
  const store = storeOf('conv2d(co=8,k=1)');
  const [{ id }] = store.state.layers;
  for (const text of ['', '1', '12']) store.dispatch.setField(id, 'outChannels', text);
  store.dispatch.setField(id, 'kernelSize', '3');
  store.undo();
  store.undo();
  assert.equal(layersText(store.state.layers), 'conv2d(co=8,k=1)');
  assert.equal(store.canUndo(), false);
});

test('another operation keeps what it takes too', () => {
  const [layer] = layersOf('conv2d(co=8,k=5,pm=reflect)');
  assert.equal(layersText([withOp(layer, 'conv_transpose2d')]), 'conv_transpose2d(co=8,k=5)');
  assert.equal(layersText([withOp(layer, 'relu')]), 'relu');
  assert.equal(layersText([withOp(layersOf('relu')[0], 'max_pool2d')]), 'max_pool2d(k=2)');
});

test('layers of the engine become layers to edit, and the same again', () => {
  for (const { layers, id } of STACK_PRESETS) {
    const read = readLayers(layersOf(layers)).layers;
    assert.deepEqual(readLayers(writeLayers(read, 7)).layers, read, id);
  }
});

test('a question is read, and what cannot be is named', () => {
  assert.deepEqual(readRange('1-7'), [1, 7]);
  assert.deepEqual(readRange('3'), [3, 3]);
  assert.equal(readRange('1-2-3'), null);
  const { question } = makeStackState({ layers: [], shape: '' });
  const read = readQuestion(question);
  assert.ok('question' in read);
  assert.deepEqual([read.question.from, read.question.to, read.question.layers], [1, 64, 5]);
  const ranges = { ...question.ranges, stride: '?' };
  assert.deepEqual(readQuestion({ ...question, to: 'x', ranges }), { wrong: ['to', 'stride'] });
});

/** Parameters and output shape, from the same networks written in PyTorch. @type {Record<string, [number, number[]]>} */
const PYTORCH = {
  dcgan_g64: [3576704, [1, 3, 64, 64]],
  dcgan_g32: [1068928, [1, 3, 32, 32]],
  dcgan_g128: [12786560, [1, 3, 128, 128]],
  dcgan_d64: [2765568, [1, 1, 1, 1]],
  dcgan_d32: [663296, [1, 1, 1, 1]],
  dcgan_d128: [11164416, [1, 1, 1, 1]],
  lenet5: [61706, [1, 10]],
  alexnet: [61100840, [1, 1000]],
  vgg16: [138357544, [1, 1000]],
  resnet50_stem: [84544, [1, 256, 56, 56]],
  unet: [31030658, [1, 2, 64, 64]],
  autoencoder: [210369, [1, 1, 28, 28]],
  wavenet: [27360, [1, 256, 128]],
};

test('every preset has the parameters and the output shape of its network in PyTorch', async () => {
  const compute = createStackModel(await createEngine());
  assert.deepEqual(STACK_PRESETS.map(({ id }) => id).sort(), Object.keys(PYTORCH).sort());
  for (const preset of STACK_PRESETS) {
    const { result, problem } = compute(presetState(preset));
    assert.equal(problem, null, preset.id);
    const found = [result?.totals.parameters, result?.layers.at(-1)?.outputShape];
    assert.deepEqual(found, PYTORCH[preset.id], preset.id);
  }
});

test('the first layer that fails is told, by the engine or by what was typed, and a repair mends it', async () => {
  const compute = createStackModel(await createEngine());
  const store = storeOf('conv2d(co=8,k=3);conv2d(co=4,k=3,ci=5);relu');
  const { problem, result } = compute(store.state);
  assert.equal(problem?.layer, 1);
  assert.equal(problem?.field, 'inChannels');
  assert.equal(result?.layers.length, 1);
  const repair = problem?.repairs.find(({ layer }) => layer === 1);
  assert.ok(repair);
  store.dispatch.repair(repair.layer, repair.changes);
  assert.equal(compute(store.state).problem, null);
  store.dispatch.setField(store.state.layers[2].id, 'kernelSize', 'no argument of relu');
  assert.equal(compute(store.state).problem, null);
  store.dispatch.setField(store.state.layers[0].id, 'stride', 'two');
  const typed = compute(store.state).problem;
  assert.deepEqual([typed?.layer, typed?.field, typed?.typed?.id], [0, 'stride', 'notWholes']);
});

test('a shape survives a link however it is typed, and what cannot be read stays as it is', () => {
  for (const [typed, shape] of [
    ['1 3 64 64', '1,3,64,64'],
    ['(1, 3, 64 64)', '1,3,64,64'],
    [' 3x8×8 ', '3,8,8'],
    ['1, 3 banana', '1, 3 banana'],
  ]) {
    const store = storeOf('leaky_relu(ns=+1e+2)', typed);
    const read = readStackLink(writeStackLink(store.state));
    assert.ok('state' in read, typed);
    assert.equal(read.state.shape, shape);
    assert.equal(layersText(read.state.layers), layersText(store.state.layers));
  }
});

test('undo of a layer keeps what was typed beside it, and a shape is one step', () => {
  const store = storeOf('conv2d(co=8,k=3)');
  const [{ id }] = store.state.layers;
  store.dispatch.setField(id, 'kernelSize', '5');
  for (const text of ['1,3,1', '1,3,12', '1,3,128,128']) store.dispatch.setShape(text);
  store.dispatch.setPanel('solve');
  store.dispatch.ask({ from: '224' });
  store.dispatch.aim({ size: '7' });
  store.dispatch.setPasted('nn.Sequential(');
  store.undo();
  assert.equal(store.state.shape, '1,3,16,16');
  store.undo();
  assert.equal(layersText(store.state.layers), layersText(layersOf('conv2d(co=8,k=3)')));
  const { panel, question, goal, pasted } = store.state;
  assert.deepEqual(
    [panel, question.from, goal.size, pasted],
    ['solve', '224', '7', 'nn.Sequential('],
  );
  assert.equal(store.canUndo(), false);
});

test('bytes are told to three digits, and never fewer than there are before the point', () => {
  assert.deepEqual([252 * 4, 1008 * 1024, 1536, 100, 123 * 1024 ** 2].map(bytesText), [
    '1008 B',
    '1008 KiB',
    '1.5 KiB',
    '100 B',
    '123 MiB',
  ]);
});

test('a size that a layer is to get is refused where it cannot be read', async () => {
  const compute = createStackModel(await createEngine());
  const store = storeOf('conv2d(co=8,k=3);relu');
  const of = (/** @type {string} */ size) => {
    store.dispatch.aim({ layer: 0, size });
    return compute(store.state).mended();
  };
  assert.deepEqual(of(' '), { layer: 0, found: null, refusal: null });
  for (const bad of ['-7,banana', '7 7 7', 'NaN', '1e99']) {
    const { found, refusal } = of(bad);
    assert.equal(found, null, bad);
    assert.ok(refusal, bad);
    assert.equal(store.state.goal.size, bad);
  }
  assert.ok(of('16, 16').found?.total);
});

test('a skip that does not meet is mended by joining', async () => {
  const compute = createStackModel(await createEngine());
  const store = storeOf('conv2d(co=8,k=3,p=1);relu(add=in)');
  const { problem } = compute(store.state);
  assert.deepEqual([problem?.layer, problem?.field], [1, 'skip']);
  const joined = problem?.repairs.find(({ changes }) => changes.skip);
  assert.ok(joined);
  store.dispatch.repair(joined.layer, joined.changes);
  assert.match(layersText(store.state.layers), /relu\(cat=in\)$/);
  assert.equal(compute(store.state).problem, null);
});

test('a shape that no stack has is refused, and nothing else is lost', async () => {
  const compute = createStackModel(await createEngine());
  const store = storeOf('relu', 'x');
  assert.equal(compute(store.state).inputShape, null);
  store.dispatch.setShape('0,3');
  assert.ok(compute(store.state).inputRefusal);
  store.dispatch.setShape('1e9,1e9,9,9');
  const huge = compute(store.state);
  assert.deepEqual(
    [huge.inputRefusal, huge.result],
    [{ id: 'stack.error.hugeShape', values: {} }, null],
  );
  store.dispatch.setShape('1,3,8');
  assert.deepEqual(compute(store.state).result?.layers[0].outputShape, [1, 3, 8]);
});

test('a chosen cell is looked at where it exists, else the middle one', async () => {
  const compute = createStackModel(await createEngine());
  const store = storeOf('conv2d(co=8,k=3);conv2d(co=8,k=3)');
  assert.deepEqual(compute(store.state).seen()?.cell, [6, 6]);
  store.dispatch.select(store.state.layers[0].id, [0, 1]);
  const seen = compute(store.state).seen();
  assert.deepEqual([seen?.layer, seen?.cell], [0, [0, 1]]);
  assert.ok(seen && 'field' in seen.found);
  assert.deepEqual(Array.from(seen.found.field.axes[1].positions), [1, 2, 3]);
  store.dispatch.select(store.state.layers[0].id, [99, 1]);
  assert.deepEqual(compute(store.state).seen()?.cell, [7, 7]);
});

test('an input too large to count paths in is told, and all else is there', async () => {
  const compute = createStackModel(await createEngine());
  const model = compute(storeOf('conv2d(co=8,k=3)', '1,3,20000,20000').state);
  assert.deepEqual(model.result?.layers[0].outputShape, [1, 8, 19998, 19998]);
  const found = model.seen()?.found;
  assert.ok(found && 'refusal' in found);
  assert.match(found.refusal.message, /Use a smaller input/);
});
