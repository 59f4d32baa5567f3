// PyTorch's results, gradients and refusals through the JavaScript API, in float32 and float64. The
// committed lines always; larger files where a folder shared/ lies beside the checkout.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ConvError, createEngine } from '../../web/engine/index.js';
import { requestOf } from './engine-golden.js';
import { assertWorded } from './worded.js';

const engine = await createEngine();

/** @param {URL} file */
const readLines = (file) =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

/** How many float32 numbers lie between two. */
function unitsApart(/** @type {number} */ a, /** @type {number} */ b) {
  const numbers = new Float32Array([a, b]);
  if (numbers[0] === numbers[1]) return 0;
  const bits = new Int32Array(numbers.buffer);
  return Math.abs(bits[0] - bits[1]);
}

/**
 * @param {ArrayLike<number>} actual
 * @param {number[]} expected
 * @param {number} units that may lie between
 * @param {string} label
 */
function assertNumbers(actual, expected, units, label) {
  assert.equal(actual.length, expected.length, label);
  for (let at = 0; at < expected.length; at++) {
    const apart = unitsApart(actual[at], expected[at]);
    if (apart > units) {
      assert.fail(`${label}[${at}] is ${actual[at]}, PyTorch has ${expected[at]}`);
    }
  }
}

/** @param {any} line */
function checkValid(line) {
  const units = line.data === 'f32' ? 1 : 0;
  for (const numbers of [Float32Array, Float64Array]) {
    const request = requestOf(line, numbers);
    const output = engine.run(request);
    assert.deepEqual(output.shape, line.output_shape, line.id);
    assert.deepEqual(engine.inferShape(request).outputShape, line.output_shape, line.id);
    assertNumbers(output.data, line.output, units, `${line.id} output`);
    const gradOutput = { shape: line.output_shape, data: numbers.from(line.grad_output) };
    const { input, weight, bias } = engine.gradients(request, gradOutput);
    assertNumbers(input.data, line.grad_input, units, `${line.id} input's gradient`);
    assertNumbers(weight.data, line.grad_weight, units, `${line.id} weight's gradient`);
    if (line.grad_bias) {
      assertNumbers(bias?.data ?? [], line.grad_bias, units, `${line.id} bias's gradient`);
    }
  }
}

/** @param {any} line */
function checkInvalid(line) {
  const float64 = line.error_float64 ?? line.error.replace('FloatTensor', 'DoubleTensor');
  for (const [dtype, expected] of [
    ['float32', line.error],
    ['float64', float64],
  ]) {
    const request = requestOf(line);
    request.input.dtype = dtype;
    if (line.torch2 === 'valid') {
      engine.inferShape(request); // PyTorch 2 takes it, and so does the engine
      continue;
    }
    assert.throws(
      () => engine.inferShape(request),
      (error) => {
        assert.ok(error instanceof ConvError);
        assert.equal(error.torch, expected, line.id);
        assert.notEqual(error.message, error.torch);
        assert.match(error.message, /^[A-Z`].*\.$/s);
        assertWorded(error);
        return true;
      },
    );
  }
}

/** @param {any[]} lines */
function checkLines(lines) {
  for (const line of lines) (line.error ? checkInvalid : checkValid)(line);
}

test('outputs, gradients and refusals are those of PyTorch', () => {
  const lines = readLines(new URL('../oracle/golden.jsonl', import.meta.url));
  assert.ok(lines.length > 600);
  checkLines(lines);
});

const whole = new URL('../../../shared/oracle/golden.jsonl', import.meta.url);
test(
  'so are all of the larger file beside the checkout',
  { skip: !existsSync(whole) && 'no ../shared/oracle/golden.jsonl beside the checkout' },
  () => checkLines(readLines(whole)),
);
