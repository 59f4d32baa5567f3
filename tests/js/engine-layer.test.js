// engine.layer: the same output as engine.run within rounding, the same refusals, arrays of one's own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEngine } from '../../web/engine/index.js';
import { seeded } from '../../web/state/tensors.js';
import { refusal } from './refusal.js';

const engine = await createEngine();
const random = seeded(5);

/** @param {number[]} shape */
const tensor = (...shape) => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random() * 2 - 1),
});

/** @param {any} request @param {any} input */
function assertNear(request, input, layer = engine.layer(request)) {
  const expected = engine.run({ ...request, input });
  const actual = layer.run(input);
  assert.deepEqual(actual.shape, expected.shape);
  assert.equal(actual.data.constructor, expected.data.constructor);
  let largest = 0;
  let error = 0;
  for (const [at, x] of expected.data.entries()) {
    largest = Math.max(largest, Math.abs(x));
    error = Math.max(error, Math.abs(x - actual.data[at]));
  }
  assert.ok(error <= 1e-5 * largest, `${error} of ${largest}`);
  return layer;
}

test('every kind of layer gives what run gives', () => {
  /** @type {[any, ...number[][]][]} */
  const cases = [
    [{ op: 'conv2d', weight: tensor(20, 18, 3, 3), padding: 1 }, [1, 18, 13, 17]],
    [{ op: 'conv2d', weight: tensor(20, 18, 3, 3), stride: 2, bias: tensor(20) }, [2, 18, 13, 17]],
    [{ op: 'conv2d', weight: tensor(12, 1, 3, 3), groups: 12, padding: 'same' }, [1, 12, 30, 31]],
    [
      {
        op: 'conv2d',
        weight: tensor(1, 1, 5, 5),
        padding: [
          [1, 3],
          [0, 2],
        ],
      },
      [1, 1, 50, 60],
    ],
    [{ op: 'conv2d', weight: tensor(9, 20, 4, 5) }, [2, 20, 4, 5]],
    [
      { op: 'conv1d', weight: tensor(5, 3, 4), dilation: 3, paddingMode: 'circular', padding: 2 },
      [3, 40],
    ],
    [
      { op: 'conv3d', weight: tensor(9, 4, 2, 3, 3), padding: 1, flipKernel: true },
      [1, 4, 5, 6, 7],
    ],
    [{ op: 'conv_transpose1d', weight: tensor(4, 3, 5), stride: 3, outputPadding: 2 }, [2, 4, 9]],
    [{ op: 'conv_transpose2d', weight: tensor(16, 8, 4, 4), stride: 2, padding: 1 }, [1, 16, 8, 9]],
    [{ op: 'conv_transpose2d', weight: tensor(16, 3, 2, 2), stride: 2, groups: 2 }, [1, 16, 8, 9]],
    [{ op: 'conv_transpose2d', weight: tensor(20, 16, 4, 4) }, [1, 20, 1, 1]],
    [{ op: 'conv_transpose3d', weight: tensor(2, 3, 3, 3, 3), stride: [1, 2, 2] }, [1, 2, 4, 5, 6]],
  ];
  for (const [request, shape] of cases) {
    const layer = assertNear(request, tensor(...shape));
    assertNear(request, tensor(...shape), layer); // ready now
    assertNear(
      request,
      tensor(...shape.slice(0, -1), /** @type {number} */ (shape.at(-1)) + 5),
      layer,
    );
    layer.dispose();
  }
});

test('an output that is no longer read is overwritten, one of another length is not', () => {
  const layer = engine.layer({ op: 'conv_transpose2d', weight: tensor(3, 4, 3, 3), stride: 2 });
  const first = layer.run(tensor(1, 3, 5, 5));
  const other = tensor(1, 3, 5, 5);
  const fresh = layer.run(other);
  const reused = layer.run(other, first);
  assert.equal(reused.data, first.data);
  assert.deepEqual(reused, fresh);

  const before = Float32Array.from(first.data);
  const larger = layer.run(tensor(2, 3, 5, 5), first);
  assert.deepEqual(larger.shape, [2, 4, 11, 11]);
  assert.deepEqual(first.data, before);
});

test('float64 is computed by the reference, and so are numbers that would spread', () => {
  const wide = { shape: [1, 1, 2, 2], data: new Float64Array([0.1, 0.2, 0.3, 0.4]) };
  const request = { op: /** @type {const} */ ('conv2d'), weight: wide };
  const input = { shape: [1, 1, 3, 3], data: Float64Array.from({ length: 9 }, (_, i) => i / 7) };
  const layer = engine.layer(request);
  assert.deepEqual(layer.run(input), engine.run({ ...request, input }));
  assert.equal(refusal(() => layer.run(tensor(1, 1, 3, 3))).code, 'dtype_mismatch');

  const many = { op: /** @type {const} */ ('conv2d'), weight: tensor(16, 16, 3, 3), padding: 1 };
  const winograd = engine.layer(many);
  const wild = tensor(1, 16, 12, 12);
  for (const number of [Number.POSITIVE_INFINITY, Number.NaN, 3e38]) {
    wild.data[200] = number;
    assert.deepEqual(winograd.run(wild), engine.run({ ...many, input: wild }));
  }
  wild.data[200] = 0;
  assertNear(many, wild, winograd);

  many.weight.data[5] = Number.NEGATIVE_INFINITY; // the layer keeps what it was given
  assert.ok(winograd.run(wild).data.every(Number.isFinite));
  const infinite = engine.layer(many);
  assert.deepEqual(infinite.run(wild), engine.run({ ...many, input: wild }));
});

test('a wrong input is refused with the words of run, and the layer goes on', () => {
  const request = {
    op: /** @type {const} */ ('conv2d'),
    weight: tensor(4, 3, 3, 3),
    bias: tensor(4),
    dilation: 2,
  };
  const layer = engine.layer(request);
  const good = tensor(1, 3, 9, 9);
  assertNear(request, good, layer);
  const wrong = /** @type {any[]} */ ([
    tensor(1, 2, 9, 9),
    tensor(1, 3, 4, 9),
    tensor(9, 9),
    { ...good, data: new Float32Array(7) },
    { shape: [1, 3, 9, 9] },
    { shape: [1, 3, 9, 9], data: 'numbers' },
    { shape: 5, data: good.data },
    { data: good.data },
    null,
    undefined,
    7,
  ]);
  for (const input of wrong) {
    const expected = refusal(() => engine.run({ ...request, input }));
    assert.deepEqual({ ...refusal(() => layer.run(input)) }, { ...expected });
    assertNear(request, good, layer);
  }
});

test('what is wrong whatever the input is refused when the layer is made', () => {
  const weight = tensor(4, 3, 3, 3);
  const op = /** @type {const} */ ('conv2d');
  const input = tensor(1, 3, 20, 20);
  for (const request of /** @type {any[]} */ ([
    { op, weight, stride: 0 },
    { op, weight, padding: -1 },
    { op, weight, groups: 3 },
    { op, weight, bias: tensor(5) },
    { op: 'conv9d', weight },
    { op, weight: tensor(4, 3, 3) },
    { op },
    { op, weight: { shape: [4, 3, 3, 3] } },
    { op, weight, paddingMode: 'mirror' },
    { op: 'conv_transpose2d', weight: tensor(3, 4, 3, 3), outputPadding: 1 },
  ])) {
    const expected = refusal(() => engine.run({ ...request, input }));
    assert.deepEqual({ ...refusal(() => engine.layer(request)) }, { ...expected });
  }
});

test('a layer that was disposed of does not run', () => {
  const layer = engine.layer({ op: 'conv2d', weight: tensor(1, 1, 3, 3) });
  const input = tensor(1, 1, 5, 5);
  layer.run(input);
  layer.dispose();
  layer.dispose();
  assert.equal(refusal(() => layer.run(input)).code, 'layer_disposed');
});

test('outputs are copies, and layers do not disturb each other', () => {
  const small = engine.layer({ op: 'conv2d', weight: tensor(2, 1, 3, 3) });
  const input = tensor(1, 1, 6, 6);
  const first = small.run(input);
  const before = [...first.data];
  assert.equal(first.data.buffer.byteLength, first.data.byteLength);
  const large = engine.layer({ op: 'conv1d', weight: tensor(1, 1, 3) });
  const size = 1 << 22; // grows the memory
  large.run({ shape: [1, size], data: new Float32Array(size).fill(1) });
  assert.deepEqual([...first.data], before);
  assert.deepEqual([...small.run(input).data], before);
  engine.run({
    op: 'conv1d',
    input: { shape: [1, size], data: new Float32Array(size) },
    weight: { shape: [1, 1, 1], data: new Float32Array(1) },
  });
  assert.deepEqual([...small.run(input).data], before);
  for (const layer of [small, large]) layer.dispose();
});

test('layers whose canvas would be larger than any memory are computed by the plain loops', () => {
  const ones = (/** @type {number[]} */ shape) => ({
    shape,
    data: new Float32Array(shape.reduce((a, b) => a * b)).fill(1),
  });
  for (const dilation of [4096, 65536, 131072]) {
    const layer = engine.layer({
      ...{ op: 'conv_transpose2d', weight: ones([1, 1, 2, 2]) },
      ...{ dilation, padding: dilation / 2 },
    });
    assert.deepEqual(layer.run(ones([1, 1, 40, 40])).shape, [1, 1, 40, 40]);
    layer.dispose();
  }
  const long = engine.layer({ op: 'conv1d', weight: ones([1, 1, 131072]), stride: 131072 });
  assert.deepEqual([...long.run(ones([1, 1, 262144])).data], [131072, 131072]);
  long.dispose();
});
