// The engine as its users call it: what comes out, in which types, and whose memory it is.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ConvError, createEngine } from '../../web/engine/index.js';
import { hasRelaxedSimd } from '../../web/engine/load.js';
import { requestOf } from './engine-golden.js';

const engine = await createEngine();
const { examples } = JSON.parse(
  readFileSync(new URL('../oracle/worked_examples.json', import.meta.url), 'utf8'),
);

/** The page's opening example: 2×2 -> 5×5 by kernel 3, stride 2. */
const opening = () => ({
  op: /** @type {const} */ ('conv_transpose2d'),
  input: { shape: [1, 1, 2, 2], data: new Float32Array([1, 2, 0, 1]) },
  weight: { shape: [1, 1, 3, 3], data: new Float32Array([1, 0, 1, 1, 1, 0, 0, 0, 1]) },
  stride: 2,
});

/** @param {any} example */
const requestOfExample = (example) =>
  requestOf(
    {
      ...example,
      input: example.input.flat(9),
      weight: example.weight.flat(9),
      bias: example.bias?.flat(9),
    },
    Float64Array,
  );

test('the same engine is given for the same address', async () => {
  assert.equal(await createEngine(), engine);
});

test('relaxed SIMD is found where this Node has it, and only there', () => {
  const flagged = process.execArgv.includes('--experimental-wasm-relaxed-simd');
  const [major] = process.versions.node.split('.').map(Number);
  assert.equal(hasRelaxedSimd(), flagged || major >= 22);
});

test('every worked example gives its output through every method', () => {
  for (const example of examples) {
    const request = requestOfExample(example);
    if (example.error) {
      assert.throws(() => engine.run(request), { name: 'ConvError', torch: example.error });
      continue;
    }
    const expected = example.output.flat(9);
    assert.deepEqual([...engine.run(request).data], expected, example.name);
    assert.deepEqual(engine.inferShape(request).outputShape, example.output_shape, example.name);
    const transposed = example.op === 'ConvTranspose2d';
    for (const method of transposed
      ? ['direct', 'zero-insertion', 'scatter']
      : ['direct', 'scatter']) {
      const { maps } = engine.trace(request, { method: /** @type {any} */ (method) });
      assert.deepEqual([...maps.output.data], expected, `${example.name} ${method}`);
      assert.deepEqual(maps.output.shape, example.output_shape);
    }
  }
});

test('every map of every worked example is as PyTorch has it', () => {
  for (const example of examples) {
    if (example.error) continue;
    const request = requestOfExample(example);
    const method = example.op === 'ConvTranspose2d' ? 'zero-insertion' : 'direct';
    const { maps } = engine.trace(request, { method });
    const expected = {
      paddedInput: example.maps.padded_input ?? example.maps.padded,
      zeroInserted: example.maps.zero_inserted,
      flippedWeight: example.maps.flipped_weight,
    };
    for (const [name, nested] of Object.entries(expected)) {
      if (nested) assert.deepEqual([...maps[name].data], nested.flat(9), `${example.name} ${name}`);
    }
  }
});

test('the terms of the size formula are given per axis', () => {
  const { axes, parameters, transposed, batched, spatial } = engine.inferShape(opening());
  assert.deepEqual(
    { transposed, batched, spatial },
    { transposed: true, batched: true, spatial: 2 },
  );
  assert.deepEqual(parameters, { weight: 9, bias: 0, total: 9 });
  assert.deepEqual(axes[1], {
    name: 'width',
    input: 2,
    kernel: 3,
    stride: 2,
    dilation: 1,
    paddingBegin: 0,
    paddingEnd: 0,
    outputPadding: 0,
    output: 5,
    effectiveKernel: 3,
    padded: 7,
    span: null,
    remainder: null,
    zeroInserted: 3,
    borderBegin: 2,
    borderEnd: 2,
    uncropped: 5,
  });
  const conv = engine.inferShape({
    op: 'conv1d',
    input: { shape: [3, 8] },
    weight: { shape: [4, 3, 3] },
    bias: { shape: [4] },
    stride: 2,
    padding: [[1, 0]],
  });
  assert.deepEqual(conv.outputShape, [4, 4]);
  assert.equal(conv.batched, false);
  assert.equal(conv.axes[0].name, 'length');
  assert.equal(conv.axes[0].span, 6);
  assert.equal(conv.axes[0].remainder, 0);
  assert.equal(conv.axes[0].zeroInserted, null);
  assert.deepEqual(conv.parameters, { weight: 36, bias: 4, total: 40 });
});

test('float32 in gives float32 out, float64 and plain arrays give float64', () => {
  const request = opening();
  assert.ok(engine.run(request).data instanceof Float32Array);
  const wide = {
    ...request,
    input: { shape: [1, 1, 2, 2], data: [1, 2, 0, 1] },
    weight: { shape: [1, 1, 3, 3], data: Float64Array.from(request.weight.data) },
  };
  assert.ok(engine.run(wide).data instanceof Float64Array);
  assert.deepEqual([...engine.run(wide).data], [...engine.run(request).data]);
  const { maps } = engine.trace(request, { method: 'scatter' });
  assert.ok(maps.uncropped.data instanceof Float32Array);
});

test('the terms of a cell name the cells of the maps', () => {
  const request = opening();
  const { maps } = engine.trace(request, { method: 'zero-insertion' });
  const terms = engine.contributions(request, { method: 'zero-insertion', output: 2 });
  assert.equal(terms.product.length, 9);
  for (let at = 0; at < 9; at++) {
    const cell = /** @type {Int32Array} */ (terms.padded)[at];
    assert.equal(maps.paddedInput.source?.[cell], terms.input[at]);
    assert.equal(
      maps.paddedInput.data[cell] * request.weight.data[terms.weight[at]],
      terms.product[at],
    );
  }
  assert.equal(
    terms.product.reduce((sum, product) => sum + product),
    maps.output.data[2],
  );
  const reached = engine.contributions(request, { method: 'scatter', input: 0 });
  assert.deepEqual([...reached.output], [0, 1, 2, 5, 6, 7, 10, 11, 12]);
});

test('gradients have the shapes and types of what they belong to', () => {
  const request = { ...opening(), bias: { shape: [1], data: new Float32Array([1]) } };
  const ones = { shape: [1, 1, 5, 5], data: new Float32Array(25).fill(1) };
  const { input, weight, bias } = engine.gradients(request, ones);
  assert.deepEqual(input, { shape: [1, 1, 2, 2], data: new Float32Array(4).fill(5) });
  assert.deepEqual(weight, { shape: [1, 1, 3, 3], data: new Float32Array(9).fill(4) });
  assert.deepEqual(bias, { shape: [1], data: new Float32Array([25]) });
  assert.equal(engine.gradients(opening(), ones).bias, null);
  const unbatched = { ...opening(), input: { shape: [1, 2, 2], data: new Float32Array(4) } };
  const gradient = engine.gradients(unbatched, { shape: [1, 5, 5], data: ones.data });
  assert.deepEqual(gradient.input.shape, [1, 2, 2]);
});

test('what comes out is a copy: later calls that grow the memory leave it alone', () => {
  const { data } = engine.run(opening());
  const before = [...data];
  const size = 1 << 21;
  const large = {
    op: /** @type {const} */ ('conv1d'),
    input: { shape: [1, 1, size], data: new Float32Array(size).fill(1) },
    weight: { shape: [1, 1, 3], data: new Float32Array([1, 2, 3]) },
  };
  const result = engine.run(large); // grows the memory from its first 16 MiB
  assert.equal(result.data.length, size - 2);
  assert.equal(result.data[size - 3], 6);
  assert.deepEqual([...data], before);
  assert.equal(data.buffer.byteLength, data.byteLength);
  engine.run(large);
  assert.equal(result.data[0], 6);
});

test('inputs are read, never written', () => {
  const request = opening();
  const copy = structuredClone(request);
  engine.run(request);
  engine.trace(request, { method: 'zero-insertion' });
  assert.deepEqual(request, copy);
});

test('a ConvError tells code, field, axis, message and the words of PyTorch', () => {
  try {
    engine.run({ ...opening(), stride: [1, 0] });
    assert.fail('accepted');
  } catch (error) {
    assert.ok(error instanceof ConvError);
    assert.deepEqual(
      { ...error, message: error.message },
      {
        name: 'ConvError',
        code: 'stride_not_positive',
        field: 'stride',
        axis: 1,
        message:
          'Stride width is 0, but a stride must be at least 1. Use 1 to visit every position.',
        template:
          'Stride{0} is {1}, but a stride must be at least 1. Use 1 to visit every position.',
        values: [' width', '0'],
        torch: 'RuntimeError: non-positive stride is not supported',
      },
    );
  }
});
