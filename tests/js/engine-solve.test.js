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

/** Whether dilation is 1, and by the operation what people write. @param {string} op @param {SizeArguments} a */
const isCustomary = (op, { kernelSize: k, stride: s, padding: p, dilation: d = 1, ...a }) =>
  op.startsWith('conv_transpose')
    ? k % s === 0 && d === 1 && a.outputPadding === 0
    : op.includes('pool')
      ? s === k && p === 0
      : k % 2 === 1 && p === (d * (k - 1)) / 2;

/** The order that answers are listed in, as numbers to compare. @param {string} op @param {SizeArguments[]} layers */
function rankOf(op, layers) {
  const keys = layers.map(key);
  const isAlike = keys.slice(1).every((k) => k === keys[1]);
  const sum = (/** @type {(a: SizeArguments) => number} */ of) =>
    layers.reduce((total, layer) => total + of(layer), 0);
  return [
    Number(!layers.every((layer) => isCustomary(op, layer))),
    isAlike ? Number(keys[0] !== keys.at(-1)) : 2,
    sum((a) => (a.dilation ?? 1) - 1 + (a.outputPadding ?? 0)),
    sum((a) => a.kernelSize),
    sum((a) => a.padding + a.stride),
  ];
}

/** @param {number[]} a @param {number[]} b */
function compare(a, b) {
  const at = a.findIndex((n, i) => n !== b[i]);
  return at < 0 ? 0 : a[at] - b[at];
}

test('several layers: every sequence that leads there, and no other, in order', () => {
  /** @type {[any, number, number, number, import('../../web/engine/stack.js').SolveRanges][]} */
  const questions = [
    ['conv_transpose1d', 1, 8, 3, { kernelSize: [2, 4], stride: [1, 2], padding: [0, 1] }],
    ['conv_transpose1d', 3, 9, 2, { kernelSize: [1, 4], stride: [1, 3], outputPadding: [0, 2] }],
    ['conv_transpose1d', 5, 4, 3, { kernelSize: [1, 3], stride: [1, 2], padding: [0, 2] }],
    ['conv1d', 16, 4, 3, { kernelSize: [1, 3], stride: [1, 2], padding: [0, 1] }],
    ['conv1d', 6, 6, 4, { kernelSize: [2, 3], stride: [1, 1], padding: [0, 2] }],
    ['conv1d', 9, 3, 2, { kernelSize: [1, 3], stride: [1, 2], padding: [0, 1], dilation: [1, 2] }],
    ['max_pool1d', 27, 3, 3, { kernelSize: [2, 3], stride: [1, 3], padding: [0, 1] }],
    ['avg_pool1d', 7, 9, 2, { kernelSize: [1, 2], stride: [1, 2], padding: [0, 1] }],
  ];
  for (const [op, from, to, layers, ranges] of questions) {
    const what = `${op} ${from} ${to} ${layers}`;
    const found = engine.solve({ op, from, to, layers, ranges, limit: 100000 });
    const after = (/** @type {number} */ size, /** @type {SizeArguments} */ layer) =>
      op.includes('pool') ? sizeOf(op, size, [layer]) : sizeOfRequest(op, size, layer);
    /** Sizes are asked for once. @type {Map<string, number>} */
    const known = new Map();
    const choices = combinations(found.ranges).filter(
      (c) =>
        op.includes('pool') ||
        c.outputPadding < Math.max(c.stride, c.dilation) ||
        !op.includes('transpose'),
    );
    /** @type {string[]} */
    const brute = [];
    const walk = (/** @type {number} */ size, /** @type {string[]} */ keys) => {
      if (keys.length === layers) {
        if (size === to) brute.push(keys.join(' '));
        return;
      }
      for (const choice of choices) {
        const id = `${size} ${key(choice)}`;
        const next = known.get(id) ?? after(size, choice);
        known.set(id, next);
        if (next > 0) walk(next, [...keys, key(choice)]);
      }
    };
    walk(from, []);
    const listed = found.answers.map((answer) => answer.layers.map(key).join(' '));
    assert.deepEqual([...listed].sort(), brute.sort(), what);
    assert.equal(found.total, brute.length, what);
    assert.ok(brute.length > 0 || what === 'avg_pool1d 7 9 2', what);
    for (const [i, { layers: one, sizes, customary }] of found.answers.entries()) {
      assert.equal(sizes.length, layers + 1);
      assert.deepEqual([sizes[0], sizes.at(-1)], [from, to]);
      assert.equal(
        customary,
        one.every((layer) => isCustomary(op, layer)),
      );
      const before = found.answers[i - 1];
      if (before)
        assert.ok(compare(rankOf(op, before.layers), rankOf(op, one)) <= 0, `${what}: ${i}`);
    }
    // A shorter list is the beginning of the longer one.
    const few = engine.solve({ op, from, to, layers, ranges, limit: 7 });
    assert.deepEqual(few.answers, found.answers.slice(0, 7));
    assert.equal(few.total, found.total);
  }
});

test('1 to 64 in five layers: all are counted, the customary and alike come first', () => {
  const { answers, total, tried } = engine.solve({
    op: 'conv_transpose2d',
    from: 1,
    to: 64,
    layers: 5,
  });
  assert.equal(answers.length, 100);
  assert.equal(answers[0].sizes.join(), '1,4,8,16,32,64');
  assert.deepEqual(answers[0].layers.map(key), ['4,1,0,1,0', ...Array(4).fill('2,2,0,1,0')]);
  assert.ok(
    answers.some(({ layers }) => key(layers[0]) === '4,1,0,1,0' && key(layers[1]) === '4,2,1,1,0'),
  );
  assert.ok(total > 1e6 && total < tried, `${total} of ${tried}`);
  for (const { layers } of answers)
    assert.equal(sizeOf('conv_transpose2d'.replace('2d', '1d'), 1, layers), 64);
});

test('more than can be gone through is refused, and says so', () => {
  const wide = { kernelSize: [1, 60], stride: [1, 60], padding: [0, 60] };
  assert.throws(
    () =>
      engine.solve({
        op: 'conv2d',
        from: 1000,
        to: 10,
        layers: 3,
        ranges: /** @type {any} */ (wide),
      }),
    /more than are searched\. Narrow them/,
  );
  const { total, answers } = engine.solve({
    op: 'conv2d',
    from: 64,
    to: 64,
    layers: 100,
    limit: 3,
  });
  assert.ok(total > 1e30 && answers.length === 3);
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

test('one number of a size stands for all axes; too many or too few are refused', () => {
  /** @type {StackLayer[]} */
  const layers = [{ op: 'conv2d', outChannels: 8, kernelSize: 3 }];
  const of = (/** @type {number[]} */ size) =>
    engine.repair({ layers, inputShape: [1, 3, 16, 16], layer: 0, size });
  assert.deepEqual(of([16]), of([16, 16]));
  assert.ok(of([16]).total > 0);
  assert.throws(() => of([16, 16, 16]), {
    code: 'argument_length',
    field: 'size',
    message:
      '`size` is [16, 16, 16], but there are 2 spatial axes. Give one number, or one per axis.',
  });
  /** @type {StackLayer[]} */
  const failing = [...layers, { op: 'conv2d', outChannels: 8, kernelSize: 3, inChannels: 5 }];
  const first = [{ ...layers[0], inChannels: 4, padding: 1 }];
  const single = engine.repair({ layers: first, inputShape: [1, 3, 32, 32], layer: 0, size: [32] });
  assert.deepEqual(single.repairs[0]?.changes, { inChannels: 3 });
  const { total } = engine.repair({
    layers: failing,
    inputShape: [1, 3, 16, 16],
    layer: 1,
    size: [12, 12],
  });
  assert.ok(total > 0);
});
