// What the engine states about a layer, through its public API: coverage, sizes that fall together, the turned kernel.
// Each statement is compared with what running or counting gives. Reads no fixtures.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConvError } from '../../web/engine/index.js';
import {
  engine,
  forProblems,
  list,
  methodsOf,
  problem,
  product,
  random,
  traceOf,
} from './engine-problems.js';

/** @typedef {import('../../web/engine/types.js').Request} Request */

/** The request with its kernel turned by hand. */
function turned(/** @type {any} */ request) {
  const { shape, data } = request.weight;
  const cells = product(shape.slice(2));
  const copy = data.slice();
  for (let at = 0; at < copy.length; at += cells) copy.subarray(at, at + cells).reverse();
  return { ...request, weight: { shape, data: copy }, flipKernel: false };
}

test('coverage counts the terms of one channel', () => {
  forProblems(7, (request) => {
    const terms = engine.trace(request, { method: 'scatter' }).contributions;
    if (!terms) return;
    const { shape, data, min, max, axes } = engine.coverage(request);
    const { outputShape } = engine.inferShape(request);
    assert.deepEqual(shape, outputShape.slice(2));
    const counts = new Int32Array(product(shape));
    for (const cell of terms.output) if (cell < counts.length) ++counts[cell];
    const channels = request.input.shape[1] / request.groups;
    assert.deepEqual(
      list(data),
      list(counts).map((count) => count / channels),
    );
    assert.deepEqual([min, max], [Math.min(...data), Math.max(...data)]);
    assert.equal(axes.length, shape.length);
  });
});

test('coverage flags a kernel that the stride does not divide, and shared factors of dilation', () => {
  const axis = (/** @type {Partial<Request>} */ more, kernel = 4) =>
    engine.coverage({
      op: 'conv_transpose1d',
      input: { shape: [1, 1, 9] },
      weight: { shape: [1, 1, kernel] },
      ...more,
    }).axes[0];
  assert.equal(axis({ stride: 2 }, 4).regular, true);
  assert.equal(axis({ stride: 2 }, 3).regular, false);
  assert.equal(axis({ stride: 2, dilation: 3 }, 4).regular, true);
  assert.equal(axis({ stride: 2, dilation: 2 }, 4).regular, false);
  assert.equal(axis({ stride: 1, dilation: 2 }, 3).regular, true);
  const conv = axis({ op: 'conv1d', stride: 2 }, 3);
  assert.deepEqual([conv.regular, conv.gradientRegular], [true, false]);
});

test('the inputs that share an output, and the output paddings that choose among them', () => {
  forProblems(8, (request) => {
    const sizes = engine.sizes(request);
    const { axes } = engine.inferShape(request);
    sizes.forEach((size, at) => {
      const outputOf = (/** @type {any} */ change) => {
        try {
          return engine.inferShape({ ...request, ...change }).axes[at].output;
        } catch {
          return null;
        }
      };
      const withInput = (/** @type {number} */ input) => {
        const shape = [...request.input.shape];
        shape[at + 2] = input;
        return { input: { shape } };
      };
      assert.deepEqual([size.name, size.input], [axes[at].name, axes[at].input]);
      const { choices } = size;
      if (choices) {
        const { stride, dilation } = axes[at];
        for (let padding = 0; padding <= Math.max(stride, dilation); ++padding) {
          const outputPadding = [...request.outputPadding];
          outputPadding[at] = padding;
          /** @type {{ output: number, back: number } | undefined} */
          const choice = choices.find((one) => one.outputPadding === padding);
          assert.equal(choice?.output ?? null, outputOf({ outputPadding }));
          if (choice && padding < stride) assert.equal(choice.back, size.input);
        }
      } else {
        const [first, last] = [size.first ?? 0, size.last ?? 0];
        for (let input = Math.max(0, first - 2); input <= last + 2; ++input) {
          const same = outputOf(withInput(input)) === size.output;
          assert.equal(same, first <= input && input <= last);
        }
      }
    });
  });
});

test('a flipped kernel is a turned weight, in every function', () => {
  forProblems(9, (drawn, draw) => {
    const request = { ...drawn, flipKernel: true };
    const byHand = turned(request);
    const expected = engine.run(byHand);
    assert.deepEqual(list(engine.run(request).data), list(expected.data));
    for (const method of methodsOf(request)) {
      const trace = traceOf(request, { method, contributions: false });
      const other = traceOf(byHand, { method, contributions: false });
      for (const [name, map] of Object.entries(other?.maps ?? {}))
        assert.deepEqual(list(trace?.maps[name].data ?? []), list(map.data), name);
    }
    const grad = { shape: expected.shape, data: expected.data.map(() => draw(-5, 5)) };
    const gradients = engine.gradients(request, grad);
    const others = engine.gradients(byHand, grad);
    assert.deepEqual(list(gradients.input.data), list(others.input.data));
    const back = turned({ weight: others.weight }).weight;
    assert.deepEqual(list(gradients.weight.data), list(back.data));
    const weight = draw(0, request.weight.data.length - 1);
    const terms = engine.contributions(request, { method: 'direct', weight });
    assert.ok(terms.weight.every((index) => index === weight));
    terms.product.forEach((value, at) => {
      const from = terms.input[at];
      const factor = from < 0 ? 0 : request.input.data[from];
      assert.equal(value + 0, factor * request.weight.data[weight] + 0);
    });
  });
});

test('flipKernel is refused if it is no boolean', () => {
  const request = problem(random(10), { transposed: false, spatial: 1 });
  for (const flipKernel of [1, 'true', [], {}]) {
    assert.throws(
      () => engine.inferShape({ ...request, flipKernel }),
      (error) =>
        error instanceof ConvError && error.code === 'wrong_type' && error.field === 'flipKernel',
    );
  }
  engine.inferShape({ ...request, flipKernel: null });
});
