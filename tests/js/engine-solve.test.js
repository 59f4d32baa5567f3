// engine.solve and engine.repair: every answer is run, and all others in the ranges are tried.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEngine } from '../../web/engine/index.js';

const engine = await createEngine();

/** @typedef {import('../../web/engine/stack.js').StackLayer} StackLayer */
/** @typedef {import('../../web/engine/stack.js').SizeArguments} SizeArguments */
/** @typedef {Required<import('../../web/engine/stack.js').SolveRanges>} Ranges */

/** @param {[number, number]} range */
const numbers = ([least, most]) => Array.from({ length: most - least + 1 }, (_, at) => least + at);

/** Every combination in the ranges. @param {Ranges} ranges @returns {Required<SizeArguments>[]} */
const combinations = (ranges) =>
  numbers(ranges.kernelSize).flatMap((kernelSize) =>
    numbers(ranges.stride).flatMap((stride) =>
      numbers(ranges.padding).flatMap((padding) =>
        numbers(ranges.dilation).flatMap((dilation) =>
          numbers(ranges.outputPadding).map((outputPadding) => ({
            ...{ kernelSize, stride, padding, dilation, outputPadding },
          })),
        ),
      ),
    ),
  );

/** The size that such layers give, by the stack; 0: it is refused. @param {any} op @param {number} from @param {SizeArguments[]} layers */
function sizeOf(op, from, layers) {
  const stack = engine.stack(
    layers.map((layer) => ({ op, outChannels: 1, ...layer })),
    [1, 1, from],
  );
  return stack.failure ? 0 : (stack.layers.at(-1)?.outputShape[2] ?? 0);
}

/** The same by torch's formula for one layer, as `inferShape` has it. @param {any} op @param {number} from @param {SizeArguments} layer */
function sizeOfRequest(op, from, layer) {
  try {
    const { kernelSize, ...rest } = layer;
    const weight = { shape: [1, 1, kernelSize] };
    return engine.inferShape({ op, input: { shape: [1, 1, from] }, weight, ...rest })
      .outputShape[2];
  } catch {
    return 0;
  }
}

const key = (/** @type {SizeArguments} */ a) =>
  [a.kernelSize, a.stride, a.padding, a.dilation ?? 1, a.outputPadding ?? 0].join();

test('which arguments turn one size into another: all of them, and no other', () => {
  /** @type {[any, number, number][]} */
  const questions = [
    ['conv_transpose1d', 7, 14],
    ['conv_transpose1d', 3, 6],
    ['conv_transpose1d', 5, 4],
    ['conv1d', 14, 7],
    ['conv1d', 6, 6],
    ['conv1d', 2, 9],
    ['max_pool1d', 13, 6],
    ['avg_pool1d', 8, 4],
  ];
  for (const [op, from, to] of questions) {
    const { answers, total, ranges } = engine.solve({ op, from, to, limit: 10000 });
    assert.equal(answers.length, total);
    const brute = combinations(ranges).filter((layer) =>
      op.includes('pool')
        ? sizeOf(op, from, [layer]) === to
        : sizeOfRequest(op, from, layer) === to,
    );
    assert.deepEqual(
      answers.map(({ layers }) => key(layers[0])).sort(),
      brute.map(key).sort(),
      `${op} ${from} ${to}`,
    );
    for (const { layers, sizes } of answers) {
      assert.equal(sizeOf(op, from, layers), to);
      assert.deepEqual(sizes, [from, to]);
    }
  }
});

test('the customary answers come first, the small ones among them', () => {
  const up = engine.solve({ op: 'conv_transpose2d', from: 7, to: 14 });
  assert.deepEqual(
    up.answers.slice(0, 3).map(({ layers }) => key(layers[0])),
    ['2,2,0,1,0', '4,2,1,1,0', '6,2,2,1,0'],
  );
  assert.deepEqual(
    up.answers.map(({ customary }) => customary),
    [...up.answers].map(({ customary }) => customary).sort((a, b) => Number(b) - Number(a)),
  );
  const same = engine.solve({ op: 'conv2d', from: 32, to: 32 });
  assert.deepEqual(
    same.answers.slice(0, 3).map(({ layers }) => key(layers[0])),
    ['1,1,0,1,0', '3,1,1,1,0', '5,1,2,1,0'],
  );
  const pool = engine.solve({ op: 'max_pool2d', from: 28, to: 14 });
  assert.equal(key(pool.answers[0].layers[0]), '2,2,0,1,0');
});

test('several layers: 1 to 64 in five, all answers and no other', () => {
  /** @type {import('../../web/engine/stack.js').SolveRanges} */
  const ranges = { kernelSize: [2, 4], stride: [1, 2], padding: [0, 1], outputPadding: [0, 1] };
  for (const [from, to, layers] of [
    [1, 64, 5],
    [4, 32, 3],
    [3, 9, 2],
  ]) {
    const found = engine.solve({ op: 'conv_transpose1d', from, to, layers, ranges, limit: 10000 });
    const choices = combinations(found.ranges);
    const brute = choices.flatMap((first) => {
      const size = sizeOfRequest('conv_transpose1d', from, first);
      return choices.flatMap((rest) => {
        let last = size;
        for (let at = 1; at < layers && last > 0; at++)
          last = sizeOfRequest('conv_transpose1d', last, rest);
        return last === to ? [`${key(first)} ${key(rest)}`] : [];
      });
    });
    assert.deepEqual(
      found.answers.map((answer) => `${key(answer.layers[0])} ${key(answer.layers[1])}`).sort(),
      brute.sort(),
    );
    for (const answer of found.answers) {
      assert.equal(answer.layers.length, layers);
      assert.equal(sizeOf('conv_transpose1d', from, answer.layers), to);
      assert.equal(answer.sizes.at(-1), to);
    }
  }
  const { answers } = engine.solve({ op: 'conv_transpose2d', from: 1, to: 64, layers: 5 });
  const dcgan = answers.filter(({ customary }) => customary).map(({ sizes }) => sizes.join());
  assert.ok(dcgan.includes('1,4,8,16,32,64'));
  assert.ok(
    answers.some(({ layers }) => key(layers[0]) === '4,1,0,1,0' && key(layers[1]) === '4,2,1,1,0'),
  );
});

/** @param {number} outChannels @param {Partial<StackLayer>} [more] @returns {StackLayer} */
const conv = (outChannels, more) => ({
  ...{ op: 'conv2d', outChannels, kernelSize: 3, padding: 1 },
  ...more,
});

/** A U-Net of one level whose skip does not meet at odd sizes. @type {StackLayer[]} */
const unet = [
  conv(8),
  { op: 'max_pool2d', kernelSize: 2 },
  conv(16),
  { op: 'conv_transpose2d', outChannels: 8, kernelSize: 2, stride: 2 },
  conv(8, { skip: { from: 0, merge: 'concat' } }),
];

/** @param {StackLayer[]} layers @param {import('../../web/engine/stack.js').Repair} repair */
const repaired = (layers, { layer, changes }) =>
  layers.map((one, at) => (at === layer ? { ...one, ...changes } : one));

test('every repair of a failing stack repairs it', () => {
  /** @type {[StackLayer[], number[]][]} */
  const stacks = [
    [unet, [1, 3, 33, 33]],
    [unet, [1, 3, 33, 32]],
    [
      [conv(8), conv(4, { inChannels: 6 })],
      [1, 3, 8, 8],
    ],
    [
      [conv(8), conv(6, { groups: 3 })],
      [1, 3, 8, 8],
    ],
    [[conv(8, { kernelSize: 7, padding: 0 })], [1, 3, 5, 6]],
    [
      [conv(10), { op: 'pixel_shuffle', upscaleFactor: 2 }],
      [1, 3, 5, 5],
    ],
    [
      [conv(4), { op: 'flatten' }, { op: 'linear', inFeatures: 99, outFeatures: 2 }],
      [1, 3, 5, 5],
    ],
    [
      [conv(4), { op: 'batch_norm2d', numFeatures: 5 }],
      [1, 3, 5, 5],
    ],
    [
      [conv(9), { op: 'group_norm', numGroups: 4 }],
      [1, 3, 5, 5],
    ],
    [
      [conv(4), { op: 'relu', skip: { from: -1, merge: 'add' } }],
      [1, 3, 5, 5],
    ],
    [[{ op: 'max_pool2d', kernelSize: 3, padding: 2 }], [1, 3, 5, 5]],
    [
      [
        { op: 'upsample', scaleFactor: 3 },
        { op: 'relu', skip: { from: -1, merge: 'add' } },
      ],
      [1, 3, 5, 5],
    ],
  ];
  for (const [layers, shape] of stacks) {
    const { failure } = engine.stack(layers, shape);
    assert.ok(failure && failure.repairs.length > 0, JSON.stringify(layers));
    for (const repair of failure.repairs) {
      const stack = engine.stack(repaired(layers, repair), shape);
      assert.equal(stack.failure, null, JSON.stringify(repair));
      assert.deepEqual(stack.layers[failure.layer].outputShape, repair.outputShape);
    }
  }
  const { failure } = engine.stack(unet, [1, 3, 33, 33]);
  assert.deepEqual(failure?.repairs[0], {
    layer: 3,
    changes: { outputPadding: 1 },
    outputShape: [1, 8, 33, 33],
  });
  const uneven = engine.stack(unet, [1, 3, 33, 32]).failure;
  assert.ok(
    uneven?.repairs.some(
      ({ layer, changes }) => layer === 3 && String(changes.outputPadding) === '1,0',
    ),
  );
});

test('the changes that give a size are all that brute force finds', () => {
  /** @type {StackLayer[]} */
  const layers = [
    { op: 'conv1d', outChannels: 2, kernelSize: 3, padding: 1, stride: 2 },
    { op: 'conv_transpose1d', outChannels: 2, kernelSize: 3, stride: 2, padding: 1 },
  ];
  const shape = [1, 1, 14];
  /** The ranges of cpp/stack/repair.hpp. @type {Record<string, [number, number]>} */
  const ranges = {
    ...{ kernelSize: [1, 11], stride: [1, 8], padding: [0, 5], dilation: [1, 4] },
    outputPadding: [0, 3],
  };
  for (const size of [9, 14, 21]) {
    /** @type {string[]} */
    const brute = [];
    const found = engine.repair({ layers, inputShape: shape, layer: 1, size: [size], limit: 1000 });
    for (const [at, layer] of layers.entries())
      for (const [name, range] of Object.entries(ranges)) {
        if (name === 'outputPadding' && at === 0) continue;
        for (const value of numbers(range)) {
          if (/** @type {any} */ (layer)[name] === value) continue;
          const changed = repaired(layers, {
            layer: at,
            changes: { [name]: value },
            outputShape: [],
          });
          const stack = engine.stack(changed, shape);
          if (!stack.failure && stack.layers[1].outputShape[2] === size)
            brute.push(`${at} ${name} ${value}`);
        }
      }
    assert.equal(found.total, found.repairs.length);
    assert.ok(found.complete);
    assert.deepEqual(
      found.repairs
        .map(({ layer, changes }) => `${layer} ${Object.entries(changes).join().replace(',', ' ')}`)
        .sort(),
      brute.sort(),
    );
    assert.ok(brute.length >= 2, `${size}`);
    for (const repair of found.repairs) assert.deepEqual(repair.outputShape, [1, 2, size]);
  }
});

test('a long stack is searched near the layer that fails, and says so', () => {
  const layers = Array.from({ length: 300 }, () => conv(4));
  const long = [...layers, conv(4, { skip: { from: -1, merge: 'add' } })];
  const found = engine.repair({ layers: long, inputShape: [1, 3, 9, 9], layer: 300 });
  assert.equal(found.complete, false);
  const [merge, channels] = found.repairs;
  assert.deepEqual(merge.changes, { skip: { from: -1, merge: 'concat' } });
  assert.deepEqual(channels, {
    layer: 299,
    changes: { outChannels: 3 },
    outputShape: [1, 4, 9, 9],
  });
});
