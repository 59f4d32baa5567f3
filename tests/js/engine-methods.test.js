// The methods of the engine through its public API, on seeded random problems of small whole numbers: every way to
// compute an output must give the same one, exactly. Reads no fixtures.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConvError } from '../../web/engine/index.js';
import {
  engine,
  forProblems,
  isTransposed,
  list,
  methodsOf,
  PROBLEMS,
  problem,
  product,
  random,
  traceOf,
  zeros,
} from './engine-problems.js';

test('all methods agree exactly, and the terms of every cell sum to it', () => {
  forProblems(1, (request) => {
    const expected = engine.run(request);
    const cells = product(expected.shape.slice(2));
    for (const method of methodsOf(request)) {
      const trace = traceOf(request, { method });
      if (!trace) continue;
      assert.deepEqual(list(trace.maps.output.data), list(expected.data), method);
      const { contributions } = trace;
      if (!contributions) continue;
      const sums = new Float64Array(expected.data.length);
      for (let at = 0; at < sums.length; ++at)
        sums[at] = request.bias?.data[Math.floor(at / cells) % expected.shape[1]] ?? 0;
      contributions.output.forEach((cell, at) => {
        sums[cell] += contributions.product[at];
        const [from, weight] = [contributions.input[at], contributions.weight[at]];
        const factor = from < 0 ? 0 : request.input.data[from];
        assert.equal(factor * request.weight.data[weight] + 0, contributions.product[at] + 0);
      });
      assert.deepEqual(list(sums), list(expected.data), method);
    }
    const { methods, skipped, largest } = engine.agreement(request);
    assert.equal(largest, 0);
    assert.ok(methods.every(({ difference }) => difference === 0));
    assert.deepEqual(
      [...methods, ...skipped].map(({ method }) => method).sort(),
      methodsOf(request).sort(),
    );
  });
});

test('the phases put together are the output, each an ordinary convolution', () => {
  forProblems(
    2,
    (request) => {
      const expected = engine.run(request);
      const { phases = [] } = engine.trace(request, { method: 'phases', contributions: false });
      const rebuilt = new Float64Array(expected.data.length).fill(Number.NaN);
      for (const { kernel, output, padding, dilation } of phases) {
        output.source?.forEach((cell, at) => {
          rebuilt[cell] = output.data[at];
        });
        kernel.source?.forEach((weight, at) => {
          assert.equal(kernel.data[at], request.weight.data[weight]);
        });
        const cuts = padding.flat().some((size) => size < 0);
        if (cuts || kernel.data.length === 0) continue; // nothing that one could ask for
        const { shape, data } = engine.run({
          op: request.op.replace('_transpose', ''),
          input: request.input,
          weight: kernel,
          bias: request.bias,
          groups: request.groups,
          padding,
          dilation,
        });
        assert.deepEqual(shape, output.shape);
        assert.deepEqual(list(data), list(output.data));
      }
      assert.deepEqual(list(rebuilt), list(expected.data));
    },
    (transposed) => transposed,
  );
});

test('the matrix times the input is the output, its transpose the gradient of the input', () => {
  let seen = 0;
  forProblems(3, (request, draw) => {
    const trace = traceOf(request, { method: 'matrix', contributions: false });
    if (!trace) return;
    ++seen;
    const [rows, columns] = trace.maps.matrix.shape;
    const { data, source = [] } = trace.maps.matrix;
    const entry = (/** @type {number} */ row, /** @type {number} */ column) =>
      data[row * columns + column];
    const batch = request.input.shape[0];
    const bias = engine.run({ ...request, input: zeros(request.input) }).data;
    const y = Array.from(bias);
    for (let n = 0; n < batch; ++n)
      for (let row = 0; row < rows; ++row)
        for (let column = 0; column < columns; ++column)
          y[n * rows + row] += entry(row, column) * request.input.data[n * columns + column];
    const output = engine.run(request);
    assert.deepEqual(list(y), list(output.data));

    const grad = {
      shape: output.shape,
      data: output.data.map(() => draw(-5, 5)),
    };
    const back = new Float64Array(request.input.data.length);
    for (let n = 0; n < batch; ++n)
      for (let row = 0; row < rows; ++row)
        for (let column = 0; column < columns; ++column)
          back[n * columns + column] += entry(row, column) * grad.data[n * rows + row];
    assert.deepEqual(list(back), list(engine.gradients(request, grad).input.data));

    for (let at = 0; at < data.length; ++at) {
      if (source[at] === -1) assert.equal(data[at], 0);
      else if (source[at] === -3) assert.notEqual(request.paddingMode, 'zeros');
      else assert.equal(data[at], request.weight.data[source[at]]);
    }
    const { shape } = trace.maps.roundTrip;
    assert.deepEqual(shape, [1, ...request.input.shape.slice(1)]);
  });
  assert.ok(seen > PROBLEMS / 2);
});

test('a matrix above the limit is refused with its numbers', () => {
  const request = /** @type {const} */ ({
    op: 'conv1d',
    input: { shape: [1, 1, 300], data: new Float32Array(300) },
    weight: { shape: [1, 1, 3], data: new Float32Array(3) },
  });
  assert.throws(
    () => engine.trace(/** @type {any} */ (request), { method: 'matrix' }),
    (error) =>
      error instanceof ConvError &&
      error.code === 'limit_elements' &&
      error.field === 'method' &&
      error.message.includes('298 rows and 300 columns') &&
      error.message.includes(String(engine.limits.matrix)),
  );
  const { methods, skipped } = engine.agreement(/** @type {any} */ (request));
  assert.deepEqual(
    methods.map(({ method }) => method),
    ['direct', 'scatter'],
  );
  assert.equal(skipped[0].method, 'matrix');
  assert.equal(skipped[0].code, 'limit_elements');
});

test('the stamps fill a canvas that knows where its cells go, step by step', () => {
  forProblems(4, (request, draw) => {
    const count = request.input.data.length;
    for (const steps of [0, draw(0, count), count, count + 3]) {
      const trace = engine.trace(request, { method: 'scatter', steps });
      const stopped = { shape: request.input.shape, data: request.input.data.slice() };
      stopped.data.fill(0, Math.min(steps, count));
      const expected = engine.run({ ...request, input: stopped });
      assert.deepEqual(list(trace.maps.output.data), list(expected.data));
      assert.ok(trace.contributions?.input.every((cell) => cell < steps) ?? true);
      const { uncropped } = trace.maps;
      assert.equal(uncropped !== undefined, isTransposed(request));
      if (!uncropped) continue;
      const { axes } = trace.geometry;
      assert.deepEqual(
        uncropped.shape.slice(2),
        axes.map((axis) => axis.uncropped),
      );
      const rebuilt = engine.run({ ...request, input: zeros(request.input) }).data; // the bias
      uncropped.source?.forEach((cell, at) => {
        if (cell >= 0) rebuilt[cell] += uncropped.data[at];
      });
      assert.deepEqual(list(rebuilt), list(expected.data));
    }
  });
});

test('a trace without contributions has none, and options of the wrong type are refused', () => {
  const request = problem(random(5), { transposed: true, spatial: 2 });
  const trace = engine.trace(request, { method: 'direct', contributions: false });
  assert.equal(trace.contributions, null);
  const refused = (/** @type {any} */ options, /** @type {string[]} */ [code, field]) =>
    assert.throws(
      () => engine.trace(request, options),
      (error) => error instanceof ConvError && error.code === code && error.field === field,
    );
  refused({ method: 'direct', contributions: 1 }, ['wrong_type', 'contributions']);
  refused({ method: 'scatter', steps: 1.5 }, ['not_an_integer', 'steps']);
  refused({ method: 'direct', steps: 1 }, ['not_applicable', 'steps']);
  refused({ method: 'fft' }, ['unknown_method', 'method']);
  refused(undefined, ['missing_argument', 'method']);
  const conv = problem(random(6), { transposed: false, spatial: 1 });
  assert.throws(
    () => engine.trace(conv, { method: 'phases' }),
    (error) => error instanceof ConvError && error.code === 'method_not_applicable',
  );
});
