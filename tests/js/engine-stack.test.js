// engine.stack and engine.receptiveField: the published receptive fields, PyTorch's shapes, counts and numbers, and exact
// sets of cells as those that change an output when they are changed.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createEngine } from '../../web/engine/index.js';
import { seeded } from '../../web/state/tensors.js';
import { NETWORKS, VGG_LADDER } from './networks.js';
import { refusal } from './refusal.js';

const engine = await createEngine();

/** @typedef {import('../../web/engine/stack.js').StackLayer} StackLayer */

/** @param {Partial<StackLayer>} more @returns {StackLayer} */
const conv = (more) => ({ op: 'conv2d', outChannels: 1, kernelSize: 3, ...more });
/** @param {Partial<StackLayer>} more @returns {StackLayer} */
const up = (more) => ({ op: 'conv_transpose2d', outChannels: 1, kernelSize: 4, ...more });

test('the published receptive fields are found, in every entry', () => {
  for (const { name, size, layers, published } of NETWORKS) {
    const { failure, layers: results } = engine.stack(layers, [1, 1, size, size]);
    assert.equal(failure, null, name);
    for (const axis of results.at(-1)?.axes ?? []) {
      const { receptiveField, jump, effectivePadding, closedForm } = axis;
      assert.deepEqual([receptiveField, jump, effectivePadding], published, name);
      assert.ok(closedForm, name);
    }
  }
  const { layers } = NETWORKS[1];
  const fields = engine.stack(layers, [1, 1, 224, 224]).layers.map(({ axes }) => axes[0]);
  assert.deepEqual(
    fields.map(({ receptiveField }) => receptiveField),
    VGG_LADDER,
  );
});

test('a Sequential that PyTorch printed has its shapes, its parameters and its numbers', () => {
  const file = new URL('../oracle/stacks.jsonl', import.meta.url);
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  let compared = 0;
  for (const line of lines) {
    const { print, input, layers } = JSON.parse(line);
    const parsed = engine.parseStack(print);
    assert.deepEqual(parsed.ignored, [], print);
    const stack = engine.stack(parsed.layers, input);
    assert.equal(stack.failure, null, `${print} ${stack.failure?.message}`);
    for (const [at, { shape, parameters }] of layers.entries()) {
      assert.deepEqual(stack.layers[at].outputShape, shape, print);
      assert.equal(stack.layers[at].parameters.total, parameters, print);
    }
    if (!layers[0].data) continue;
    const count = input.reduce((/** @type {number} */ a, /** @type {number} */ b) => a * b, 1);
    const data = Float32Array.from({ length: count }, (_, at) => (at % 7) - 3);
    const run = engine.runStack(parsed.layers, { shape: input, data }, { weights: 'ones' });
    for (const [at, { data: expected }] of layers.entries()) {
      if (!expected) continue;
      compared++;
      for (const [cell, number] of expected.entries()) {
        const actual = run.outputs[at].data[cell];
        const isNear = Math.abs(actual - number) <= 2e-5 * Math.max(1, Math.abs(number));
        assert.ok(isNear, `${print}: layer ${at}, cell ${cell}: ${actual}, not ${number}`);
      }
    }
  }
  assert.ok(lines.length > 80 && compared > 100, `${compared} of ${lines.length}`);
});

test('DCGAN grows from 1 to 64, with the counts of PyTorch', () => {
  /** @param {number} inChannels @param {number} outChannels @param {Partial<StackLayer>} more @returns {StackLayer[]} */
  const block = (inChannels, outChannels, more) => [
    up({ inChannels, outChannels, bias: false, stride: 2, padding: 1, ...more }),
    { op: 'batch_norm2d' },
    { op: 'relu' },
  ];
  const layers = [
    ...block(100, 512, { stride: 1, padding: 0 }),
    ...block(512, 256, {}),
    ...block(256, 128, {}),
    ...block(128, 64, {}),
    ...block(64, 3, {}).slice(0, 1),
  ];
  const stack = engine.stack([...layers, { op: 'tanh' }], [1, 100, 1, 1]);
  const ups = stack.layers.filter(({ op }) => op === 'conv_transpose2d');
  assert.deepEqual(
    ups.map(({ outputShape }) => outputShape[3]),
    [4, 8, 16, 32, 64],
  );
  assert.equal(stack.totals.parameters, 3576704);
  // 100·512·16 + 512·256·16·4² + 256·128·16·8² + 128·64·16·16² + 64·3·16·32²
  assert.equal(stack.totals.multiplyAdds, 819200 + 3 * 33554432 + 3145728);
  assert.deepEqual(
    ups.map(({ axes }) => axes[0].jump),
    [1, 1 / 2, 1 / 4, 1 / 8, 1 / 16],
  );
  assert.ok(ups.every(({ axes }) => axes[0].overlap?.regular));
});

test('a kernel that its stride does not divide leaves a checkerboard, through all layers', () => {
  const stack = engine.stack(
    [up({ kernelSize: 3, stride: 2 }), up({ kernelSize: 3, stride: 2 }), conv({})],
    [1, 1, 8, 8],
  );
  const [once, twice, blurred] = stack.layers.map(({ axes }) => axes[0].overlap);
  assert.deepEqual([once?.interiorMin, once?.interiorMax, once?.regular], [1, 2, false]);
  assert.deepEqual([twice?.interiorMin, twice?.interiorMax, twice?.regular], [1, 3, false]);
  assert.equal(blurred?.regular, false);
  const [{ counts }] = engine.overlap([up({ kernelSize: 3, stride: 2 })], [1, 1, 4, 4], 0);
  assert.deepEqual([...counts], [1, 1, 2, 1, 2, 1, 2, 1, 1]);
});

// ---- exact sets, by changing one cell of the input ---------------------------------------------

/** Layers of one channel whose sums count paths when all weights are 1. @param {() => number} random @returns {StackLayer} */
function countingLayer(random) {
  const whole = (/** @type {number} */ least, /** @type {number} */ most) =>
    least + Math.floor(random() * (most - least + 1));
  const kernelSize = whole(1, 4);
  const dilation = whole(1, 2);
  const stride = whole(1, 3);
  const padding = whole(0, 2);
  switch (whole(0, 6)) {
    case 0:
    case 1:
      return { op: 'conv1d', outChannels: 1, kernelSize, dilation, stride, padding };
    case 2:
    case 3:
      return { op: 'conv_transpose1d', outChannels: 1, kernelSize, dilation, stride, padding };
    case 4:
      return { op: 'upsample', scaleFactor: [2, 1.5, 3][whole(0, 2)] };
    case 5:
      return { op: 'pad1d', padding, paddingMode: ['zeros', 'replicate', 'reflect'][whole(0, 2)] };
    default:
      return { op: 'conv1d', outChannels: 1, kernelSize: 3, padding: 1, paddingMode: 'circular' };
  }
}

/** @param {StackLayer[]} layers @param {number[]} shape @param {number} length @returns {Float64Array[]} outputs of the last layer, one per input cell */
function responses(layers, shape, length) {
  return Array.from({ length }, (_, cell) => {
    const data = new Float64Array(length);
    data[cell] = 1;
    const { outputs } = engine.runStack(layers, { shape, data }, { weights: 'ones' });
    return /** @type {Float64Array} */ (outputs[outputs.length - 1].data);
  });
}

test('the set of cells and the counts are those of a changed input cell: random stacks', () => {
  const random = seeded(11);
  let tried = 0;
  for (let round = 0; round < 400 && tried < 120; round++) {
    const layers = Array.from({ length: 1 + (round % 4) }, () => countingLayer(random));
    for (const [at, layer] of layers.entries()) if (at > 1 && round % 3 === 0) layer.from = at - 2;
    if (round % 5 === 0) layers.push({ op: 'relu', skip: { from: -1, merge: 'add' } });
    const length = 5 + (round % 4);
    const shape = [1, 1, length];
    const stack = engine.stack(layers, shape);
    const last = stack.layers.at(-1);
    if (stack.failure || !last || last.outputShape[2] > 60) continue;
    tried++;
    const all = responses(layers, shape, length);
    /** @type {number[]} */
    const extents = [];
    for (let cell = 0; cell < last.outputShape[2]; cell++) {
      const field = engine.receptiveField(layers, shape, {
        layer: layers.length - 1,
        cell: [cell],
      });
      const expected = all.map((output) => output[cell]);
      assert.deepEqual([...field.map.data], expected, JSON.stringify({ layers, cell }));
      const [axis] = field.axes;
      assert.deepEqual(
        [...axis.positions],
        [...expected.keys()].filter((at) => expected[at] !== 0),
      );
      assert.deepEqual(
        [...axis.counts],
        expected.filter((count) => count !== 0),
      );
      const seen = axis.positions;
      if (seen.length > 0) extents.push(seen[seen.length - 1] - seen[0] + 1);
    }
    const { overlap, receptiveField } = last.axes[0];
    const sums = [...all[0].keys()].map((cell) => all.reduce((sum, one) => sum + one[cell], 0));
    assert.equal(overlap?.min, Math.min(...sums));
    assert.equal(overlap?.max, Math.max(...sums));
    assert.deepEqual([...engine.overlap(layers, shape, layers.length - 1)[0].counts], sums);
    const padded = layers.some(({ paddingMode }) => paddingMode && paddingMode !== 'zeros');
    if (!padded) assert.ok(Number(receptiveField) >= Math.max(0, ...extents));
  }
  assert.equal(tried, 120);
});

test('away from borders the receptive field is as large as one that was changed cell by cell', () => {
  const random = seeded(12);
  let tried = 0;
  for (let round = 0; round < 300 && tried < 60; round++) {
    const layers = Array.from({ length: 1 + (round % 3) }, () => countingLayer(random));
    if (layers.some(({ op, paddingMode }) => op === 'pad1d' || paddingMode)) continue;
    const length = 48;
    const stack = engine.stack(layers, [1, 1, length]);
    const last = stack.layers.at(-1);
    if (stack.failure || !last) continue;
    const size = last.outputShape[2];
    let largest = 0;
    for (let cell = Math.floor(size / 3); cell < Math.ceil((2 * size) / 3); cell++) {
      const query = { layer: layers.length - 1, cell: [cell] };
      const { positions } = engine.receptiveField(layers, [1, 1, length], query).axes[0];
      if (positions.length === 0) continue;
      largest = Math.max(largest, positions[positions.length - 1] - positions[0] + 1);
    }
    // of 48 cells, the middle ones see no border; their pattern repeats within a third of the output
    if (size < 36 || Number(last.axes[0].receptiveField) > 12) continue;
    tried++;
    assert.equal(last.axes[0].receptiveField, largest, JSON.stringify(layers));
  }
  assert.equal(tried, 60);
});

test('in two dimensions, with pools, skips and features', () => {
  /** @type {StackLayer[]} */
  const layers = [
    conv({ padding: 2, dilation: [1, 2] }),
    { op: 'max_pool2d', kernelSize: 2, stride: [2, 1] },
    conv({ padding: 1, skip: { from: 1, merge: 'concat' } }),
    up({ stride: 2, padding: 1 }),
    { op: 'identity', skip: { from: 3, merge: 'add' } },
  ];
  const shape = [1, 1, 6, 5];
  const all = responses(layers, shape, 30);
  const { outputShape } = engine.stack(layers, shape).layers[4];
  for (const cell of [
    [0, 0],
    [3, 4],
    [outputShape[2] - 1, outputShape[3] - 2],
  ]) {
    const field = engine.receptiveField(layers, shape, { layer: 4, cell });
    const flat = cell[0] * outputShape[3] + cell[1];
    assert.deepEqual(
      [...field.map.data].map((count) => count > 0),
      all.map((output) => output[flat] > 0),
    );
    const rows = [...field.map.data.keys()].filter((at) => field.map.data[at] > 0);
    assert.deepEqual(
      [...field.axes[0].positions],
      [...new Set(rows.map((at) => Math.floor(at / 5)))].sort((a, b) => a - b),
    );
    assert.deepEqual(
      field.through.map(({ layer }) => layer),
      [4, 3, 2, 1, 0],
    );
  }
  /** @type {StackLayer[]} */
  const classifier = [
    conv({}),
    { op: 'adaptive_avg_pool2d', outputSize: 2 },
    { op: 'flatten' },
    { op: 'relu' },
    { op: 'linear', outFeatures: 3 },
  ];
  const flat = engine.receptiveField(classifier, shape, { layer: 3, cell: [1] });
  assert.deepEqual([...flat.axes[1].positions], [1, 2, 3, 4]);
  assert.deepEqual([...flat.axes[0].positions], [0, 1, 2, 3]);
  const every = engine.receptiveField(classifier, shape, { layer: 4, cell: [2] });
  assert.deepEqual([...every.axes[0].positions], [0, 1, 2, 3, 4, 5]);
  assert.equal(engine.stack(classifier, shape).layers[4].global, true);
});

test('the input of a layer where skips meet is given, merged', () => {
  /** @type {StackLayer[]} */
  const layers = [
    conv({ padding: 1 }),
    { op: 'relu', skip: { from: -1, merge: 'add' } },
    conv({ skip: { from: 0, merge: 'concat' } }),
  ];
  const input = { shape: [2, 1, 3, 4], data: Float32Array.from({ length: 24 }, (_, at) => at % 5) };
  const { inputs, outputs, parameters } = engine.runStack(layers, input, { seed: 4 });
  assert.equal(inputs[0], null);
  assert.deepEqual(
    inputs[1]?.data,
    outputs[0].data.map((x, at) => x + input.data[at]),
  );
  const [sum, first] = [outputs[1].data, outputs[0].data];
  assert.deepEqual(inputs[2]?.shape, [2, 2, 3, 4]);
  assert.deepEqual(
    [...(inputs[2]?.data ?? [])],
    [sum.slice(0, 12), first.slice(0, 12), sum.slice(12), first.slice(12)].flatMap((x) => [...x]),
  );
  const { weight, bias } = parameters[2] ?? assert.fail();
  const request = { op: /** @type {const} */ ('conv2d'), input: inputs[2] ?? input, weight, bias };
  assert.deepEqual(engine.run(request), outputs[2]);
});

test('features keep their places through skips, flatten and unflatten', () => {
  /** @type {StackLayer[]} */
  const layers = [
    { op: 'linear', outFeatures: 3 },
    { op: 'relu', skip: { from: -1, merge: 'concat' } },
    { op: 'unflatten', size: [1, 7] },
    { op: 'conv1d', outChannels: 1, kernelSize: 2 },
  ];
  const shape = [1, 4];
  const all = responses(layers, shape, 4);
  for (let cell = 0; cell < 6; cell++) {
    const { map } = engine.receptiveField(layers, shape, { layer: 3, cell: [cell] });
    assert.deepEqual(
      [...map.data],
      all.map((output) => output[cell]),
    );
  }
  const { layers: results } = engine.stack(layers, shape);
  assert.equal(results[3].axes[0].receptiveField, null);
  assert.deepEqual(results[3].axes[0].overlap?.max, 2);
});

test('source is read with the names that it gives to numbers', () => {
  const { layers, inputShape, ignored } = engine.parseStack(`
import torch.nn as nn
nz = 100
ngf = 64
class Generator(nn.Module):
    def __init__(self, nc=3):
        super(Generator, self).__init__()
        self.main = nn.Sequential(
            # the input is z, a nn.Conv2d(1, 2, 3) is not meant
            nn.ConvTranspose2d( nz, ngf * 8, 4, 1, 0, bias=False),
            nn.BatchNorm2d(ngf * 8),
            nn.ReLU(True),
            nn.ConvTranspose2d(ngf * 8, nc, kernel_size=(4, 2 + 2), stride=2, padding=1),
            nn.LSTM(3, 4),
            nn.ReflectionPad2d((1, 2, 3, 4)),
            nn.Tanh()
        )
x = torch.randn(16, nz, 1, 1)
`);
  assert.deepEqual(inputShape, [16, 100, 1, 1]);
  assert.deepEqual(ignored, ['LSTM']);
  const channels = { inChannels: 100, outChannels: 512 };
  assert.deepEqual(layers, [
    { op: 'conv_transpose2d', ...channels, kernelSize: 4, stride: 1, padding: 0, bias: false },
    { op: 'batch_norm2d', numFeatures: 512 },
    { op: 'relu' },
    {
      ...{ op: 'conv_transpose2d', inChannels: 512, outChannels: 3 },
      ...{ kernelSize: [4, 4], stride: 2, padding: 1 },
    },
    {
      ...{ op: 'pad2d', paddingMode: 'reflect' },
      padding: [
        [3, 4],
        [1, 2],
      ],
    },
    { op: 'tanh' },
  ]);
  assert.deepEqual(
    engine.stack(layers, [16, 100, 1, 1]).layers.at(-1)?.outputShape,
    [16, 3, 15, 11],
  );
});

test('without a batch, and with nothing but a batch and features', () => {
  const unbatched = engine.stack([conv({ outChannels: 4 }), { op: 'relu' }], [3, 8, 7]);
  assert.equal(unbatched.batched, false);
  assert.deepEqual(unbatched.axes, ['height', 'width']);
  assert.deepEqual(unbatched.layers[1].outputShape, [4, 6, 5]);
  const input = { shape: [1, 8, 7], data: new Float32Array(56).fill(1) };
  const { outputs } = engine.runStack([conv({})], input, { weights: 'ones' });
  assert.deepEqual([outputs[0].shape, outputs[0].data[0]], [[1, 6, 5], 9]);
  const features = engine.stack(
    [{ op: 'batch_norm1d' }, { op: 'linear', outFeatures: 2 }],
    [8, 10],
  );
  assert.equal(features.batched, true);
  assert.deepEqual(
    features.layers.map(({ outputShape, parameters }) => [outputShape, parameters.total]),
    [
      [[8, 10], 20],
      [[8, 2], 22],
    ],
  );
  const alone = engine.stack([{ op: 'linear', outFeatures: 2 }], [10]);
  assert.deepEqual(alone.layers[0].outputShape, [2]);
});

test('a volume, and a causal stack that pads in front only', () => {
  /** @type {StackLayer[]} */
  const causal = [1, 2, 4, 8].map((dilation) => ({
    ...{ op: /** @type {const} */ ('conv1d'), outChannels: 1, kernelSize: 2, dilation },
    padding: /** @type {[number, number][]} */ ([[dilation, 0]]),
  }));
  const { layers } = engine.stack(causal, [1, 1, 32]);
  const [axis] = layers[3].axes;
  assert.deepEqual([axis.output, axis.receptiveField, axis.effectivePadding], [32, 16, 15]);
  const field = engine.receptiveField(causal, [1, 1, 32], { layer: 3, cell: [20] }).axes[0];
  assert.deepEqual(field.extent, { first: 5, last: 20 });
  assert.deepEqual(
    [...field.positions],
    [...Array(16).keys()].map((at) => at + 5),
  );
  const volume = engine.stack(
    [
      { op: 'conv3d', outChannels: 2, kernelSize: [1, 2, 3] },
      { op: 'max_pool3d', kernelSize: 2 },
    ],
    [1, 1, 4, 5, 6],
  );
  assert.deepEqual(volume.layers[1].outputShape, [1, 2, 2, 2, 2]);
  assert.deepEqual(
    volume.layers[1].axes.map(({ name, receptiveField }) => [name, receptiveField]),
    [
      ['depth', 2],
      ['height', 3],
      ['width', 4],
    ],
  );
});

test('seeded weights are the same every time, within the bounds that PyTorch begins with', () => {
  const layers = [
    conv({ outChannels: 4, kernelSize: 2 }),
    { op: /** @type {const} */ ('batch_norm2d') },
  ];
  const input = { shape: [1, 3, 5, 5], data: new Float32Array(75).fill(0.5) };
  const [a, b, c] = [1, 1, 2].map((seed) => engine.runStack(layers, input, { seed }));
  assert.deepEqual(a, b);
  assert.notDeepEqual(a.outputs[0].data, c.outputs[0].data);
  const bound = 1 / Math.sqrt(12);
  const { weight, bias } = a.parameters[0] ?? assert.fail();
  assert.deepEqual([weight.shape, bias?.shape], [[4, 3, 2, 2], [4]]);
  assert.ok(weight.data.every((x) => Math.abs(x) <= bound));
  assert.ok(Math.max(...weight.data) > bound / 2 && Math.min(...weight.data) < -bound / 2);
  // the same as the one layer by itself, to the last digit
  const request = { op: /** @type {const} */ ('conv2d'), input, weight, bias };
  assert.deepEqual(engine.run(request), a.outputs[0]);
});

// ---- what is refused ---------------------------------------------------------------------------

test('the first layer that fails is named, with the reason; those before it keep their results', () => {
  const { failure, layers } = engine.stack(
    [conv({ outChannels: 8 }), { op: 'relu' }, conv({ inChannels: 4 }), { op: 'nonsense' }].map(
      (layer) => /** @type {StackLayer} */ (layer),
    ),
    [1, 3, 8, 8],
  );
  assert.equal(layers.length, 2);
  assert.equal(failure?.layer, 2);
  assert.equal(failure.code, 'channels_mismatch');
  assert.match(String(failure.torch), /expected input\[1, 8, 6, 6\] to have 4 channels/);
  assert.deepEqual(failure.repairs[0].changes, { inChannels: 8 });
  assert.ok(failure.repairs.some(({ layer, changes }) => layer === 0 && changes.outChannels === 4));
  const error = refusal(() =>
    engine.receptiveField([conv({ kernelSize: 9 })], [1, 1, 4, 4], { layer: 0, cell: [0, 0] }),
  );
  assert.equal(error.code, 'kernel_exceeds_input');
  assert.equal(error.layer, 0);
});

test('a skip that does not meet names both shapes', () => {
  const { failure } = engine.stack(
    [
      conv({ stride: 2, padding: 1 }),
      up({ stride: 2, padding: 1, skip: { from: -1, merge: 'add' } }),
    ],
    [1, 1, 9, 9],
  );
  assert.equal(failure?.code, 'skip_mismatch');
  assert.match(failure.message, /stack's input has shape \[1, 1, 9, 9\].* shape \[1, 1, 5, 5\]/);
  assert.equal(
    failure.torch,
    'RuntimeError: The size of tensor a (5) must match the size of tensor b (9) at non-singleton dimension 3',
  );
});

test('what is no stack is refused with the key at fault', () => {
  const any = /** @type {any} */ (engine);
  const layer = conv({});
  /** @type {[() => unknown, string, string][]} */
  const cases = [
    [() => any.stack('conv', [1, 1, 4, 4]), 'wrong_type', 'layers'],
    [() => any.stack([3], [1, 1, 4, 4]), 'wrong_type', 'layers'],
    [() => any.stack([layer]), 'wrong_type', 'inputShape'],
    [() => any.stack([layer], [1, 0, 4, 4]), 'input_empty', 'inputShape'],
    [() => any.stack([layer], [1, 1, 1, 1, 4, 4]), 'input_rank', 'inputShape'],
    [
      () => any.receptiveField([layer], [1, 1, 4, 4], { layer: 1, cell: [0, 0] }),
      'index_out_of_range',
      'layer',
    ],
    [
      () => any.receptiveField([layer], [1, 1, 4, 4], { layer: 0, cell: [2, 0] }),
      'index_out_of_range',
      'cell',
    ],
    [() => any.overlap([layer], [1, 1, 4, 4], 0.5), 'not_an_integer', 'layer'],
    [() => any.runStack([layer], { shape: [1, 1, 4, 4] }), 'data_missing', 'input'],
    [
      () =>
        any.runStack([conv({ outChannels: 512 }), conv({ outChannels: 512 })], {
          shape: [1, 1, 128, 128],
          data: new Float32Array(128 * 128),
        }),
      'limit_operations',
      'layers',
    ],
    [() => any.solve({ op: 'linear', from: 1, to: 2 }), 'not_applicable', 'op'],
    [() => any.solve({ op: 'conv2d', from: 1 }), 'missing_argument', 'to'],
    [
      () => any.solve({ op: 'conv2d', from: 5, to: 2, ranges: { stride: [0, 3] } }),
      'index_out_of_range',
      'stride',
    ],
    [() => any.parseStack('nothing here'), 'nothing_found', 'text'],
    [() => any.parseStack('nn.Conv2d(3, width, 3)'), 'parse_error', 'text'],
  ];
  for (const [call, code, field] of cases) {
    const error = refusal(call);
    assert.deepEqual([error.code, error.field], [code, field], error.message);
  }
});

test('norms and softmax refuse what PyTorch refuses', () => {
  const first = conv({ outChannels: 8, kernelSize: 3, padding: 1 });
  const noBatch = [3, 16, 16];
  /** @type {[any[], number[], string, RegExp | null][]} layers, input, code, and PyTorch's words */
  const cases = [
    [[first, { op: 'batch_norm2d' }], noBatch, 'input_rank', /expected 4D input \(got 3D input\)/],
    [[first, { op: 'group_norm', numGroups: 2 }], noBatch, 'input_rank', /weight of shape \[8\]/],
    [
      [first, { op: 'prelu', numParameters: 8 }],
      noBatch,
      'input_rank',
      /parameter numbers = 8 and channel size = 16\./,
    ],
    [
      [
        { op: 'conv1d', outChannels: 8, kernelSize: 3 },
        { op: 'batch_norm1d', numFeatures: 8 },
      ],
      [3, 32],
      'input_rank',
      /should contain 30 elements not 8/,
    ],
    [[{ op: 'instance_norm2d' }], [1, 8, 1, 1], 'input_rank', /torch\.Size\(\[1, 8, 1, 1\]\)/],
    [
      [{ op: 'group_norm', numGroups: 8 }],
      [1, 16, 1],
      'none',
      null, // two channels of a group are two values
    ],
    [[{ op: 'group_norm', numGroups: 8 }], [1, 8, 1], 'input_rank', /per channel .* \[1, 8, 1\]/],
    [[{ op: 'group_norm', numGroups: 8 }], [2, 8, 1, 1], 'none', null],
    [[{ op: 'instance_norm2d' }], [8, 4, 4], 'none', null],
    [[{ op: 'prelu' }], noBatch, 'none', null],
    [[{ op: 'softmax' }], [2, 2, 1], 'missing_argument', null],
    [[{ op: 'softmax' }], [2, 2, 3, 1], 'none', null],
    [
      [{ op: 'upsample', scaleFactor: 2, alignCorners: true }],
      [1, 1, 2, 2],
      'mode_unknown',
      /align_corners option can only be set/,
    ],
    [
      [{ op: 'avg_pool2d', kernelSize: 2, divisorOverride: 0 }],
      [1, 1, 2, 2],
      'argument_not_positive',
      /divisor must be not zero/,
    ],
    [[{ op: 'upsample', scaleFactor: 2 }], [4, 8, 8], 'none', null], // four samples of a line
    [[first, { op: 'upsample', scaleFactor: 2 }], noBatch, 'input_rank', null],
    [
      [first, { op: 'upsample', scaleFactor: 2, mode: 'bilinear' }],
      noBatch,
      'input_rank',
      /Got 3D input, but bilinear mode needs 4D input/,
    ],
    [
      [{ op: 'avg_pool1d', kernelSize: 2, divisorOverride: 3 }],
      [1, 1, 4],
      'not_applicable',
      /unexpected keyword argument 'divisor_override'/,
    ],
    [
      [{ op: 'pixel_unshuffle', downscaleFactor: 2 ** 17 }],
      [1, 3 * 2 ** 28, 2 ** 17, 2 ** 17],
      'too_large',
      null,
    ],
  ];
  for (const [layers, shape, code, torch] of cases) {
    const { failure } = engine.stack(layers, shape);
    assert.equal(failure?.code ?? 'none', code, JSON.stringify(layers));
    if (torch) assert.match(failure?.torch ?? '', torch);
  }
  const { outputs } = engine.runStack([{ op: 'softmax' }], {
    shape: [2, 2],
    data: new Float32Array([1, 2, 3, 4]),
  });
  assert.deepEqual(
    [...outputs[0].data].map((x) => x.toFixed(3)),
    ['0.269', '0.731', '0.269', '0.731'],
  );
});

test('source: names that change, comments, repetitions, and arguments that a stack cannot carry', () => {
  const read = (/** @type {string} */ text) => engine.parseStack(text);
  for (const change of [
    'ch = ch * 2',
    'ch *= 2',
    'ch //= 2',
    'ch = pick()',
    'ch = 3 if big else 5',
  ])
    assert.match(
      refusal(() => read(`ch = 64\nnn.Conv2d(3, ch, 3)\n${change}\nnn.Conv2d(64, ch, 3)`)).message,
      /does not tell what "ch" is/,
      change,
    );
  assert.equal(
    /** @type {any} */ (read('ch = 64\nself.ch = ch\nf(ch=ch)\nnn.Conv2d(3, self.ch, 3)').layers[0])
      .outChannels,
    64,
  );
  assert.deepEqual(
    read('nn.Conv2d(3, 16, (3, # rows\n 5),  # 1) columns\n 2 # stride\n, padding=1)').layers,
    [
      {
        ...{ op: 'conv2d', inChannels: 3, outChannels: 16, kernelSize: [3, 5] },
        ...{ stride: 2, padding: 1 },
      },
    ],
  );
  assert.match(refusal(() => read('nn.Conv2d(3, 16, 3 if big else 5)')).message, /3 if big else 5/);
  const ops = (/** @type {string} */ text) => read(text).layers.map(({ op }) => op);
  assert.deepEqual(ops('ModuleList(\n  (0-2): 3 x Conv2d(3, 3, kernel_size=(3, 3))\n)'), [
    ...['conv2d', 'conv2d', 'conv2d'],
  ]);
  assert.deepEqual(
    ops(
      'Sequential(\n  (0-1): 2 x Sequential(\n    (0): Conv2d(8, 8, kernel_size=(3, 3))\n    (1): ReLU()\n  )\n  (2): Tanh()\n)',
    ),
    ['conv2d', 'relu', 'conv2d', 'relu', 'tanh'],
  );
  assert.equal(ops('n = 4\nnn.Sequential(*[nn.Conv2d(3, 3, 3) for _ in range(n)])').length, 4);
  assert.ok(ops('[nn.ReLU() for _ in range(999999999)]').length <= 2001);
  assert.ok(ops(`${'9 x A('.repeat(200_000)}Tanh()`).length <= 2001); // in no time
  assert.deepEqual(
    read(
      'nn.Conv2d(3, 8, 3)\nself.g = nn.Parameter(torch.ones(1, 8, 1, 1))\ntorch.rand(1, 3, 9, 9)',
    ).inputShape,
    [1, 3, 9, 9],
  );
  const { ignored, layers } = read(
    "nn.Sequential(nn.GELU(approximate='tanh'), nn.GELU('none'), nn.Softplus(1, 20), nn.PReLU(init=0.5), nn.PReLU(1, 0.25), nn.BatchNorm2d(8, track_running_stats=True), nn.InstanceNorm2d(8, track_running_stats=True))",
  );
  assert.equal(layers.length, 7);
  assert.deepEqual(ignored, ["approximate='tanh'", 'init=0.5', 'track_running_stats=True']);
});
