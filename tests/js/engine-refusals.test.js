// What users and pages get wrong: every one a ConvError that names the key, none of them a crash,
// and the engine works on. Compares the table of codes with the documentation.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ConvError, createEngine } from '../../web/engine/index.js';
import { assertWorded } from './worded.js';

const engine = await createEngine();

const valid = () => ({
  op: 'conv2d',
  input: { shape: [1, 2, 4, 4], data: new Float32Array(32).fill(1) },
  weight: { shape: [2, 2, 3, 3], data: new Float32Array(36).fill(1) },
  bias: { shape: [2], data: new Float32Array(2) },
});

/**
 * @param {any} request
 * @param {(request: any) => unknown} [call]
 * @returns {ConvError}
 */
function refusal(request, call = engine.run) {
  try {
    call(request);
  } catch (error) {
    assert.ok(error instanceof ConvError, `${error}`);
    assert.match(error.message, /\.$/);
    assertWorded(error);
    return error;
  }
  return assert.fail('accepted');
}

const integerKeys = ['stride', 'padding', 'dilation', 'groups', 'inChannels', 'outChannels'];
const notIntegers = [
  [1.5, 'not_an_integer'],
  [Number.NaN, 'not_an_integer'],
  [Number.POSITIVE_INFINITY, 'too_large'],
  [1e308, 'too_large'],
  [-1e308, 'too_large'],
  [2 ** 53, 'too_large'],
  [2n, 'wrong_type'],
  [true, 'wrong_type'],
  [{}, 'wrong_type'],
  [() => 1, 'wrong_type'],
  [Symbol('one'), 'wrong_type'],
  [[1, 'x'], 'wrong_type'],
  [new Array(1e6).fill(1), 'wrong_type'],
];

test('arguments that are no whole numbers are refused by name', () => {
  for (const key of integerKeys) {
    for (const [value, code] of notIntegers) {
      const error = refusal({ ...valid(), [key]: value });
      assert.equal(error.field, key, `${key} ${String(value).slice(0, 20)}`);
      assert.equal(error.code, code, `${key} ${String(value).slice(0, 20)}`);
    }
    if (key !== 'padding') {
      assert.equal(refusal({ ...valid(), [key]: '2' }).code, 'wrong_type');
    }
  }
});

test('1e9, 0, -1 and nothing are answered for every argument of every operation', () => {
  for (const op of ['conv1d', 'conv2d', 'conv3d', 'conv_transpose1d', 'conv_transpose2d']) {
    const axes = Number(op.at(-2));
    const kernel = new Array(axes).fill(2);
    const request = {
      op,
      input: { shape: [1, 2, ...new Array(axes).fill(4)] },
      weight: { shape: [2, 2, ...kernel] },
    };
    for (const key of [...integerKeys, 'outputPadding', 'outputSize', 'kernelSize']) {
      for (const value of [
        1e9,
        2 ** 30,
        -(2 ** 30),
        0,
        -1,
        [],
        null,
        undefined,
        [[]],
        [0, 0, 0, 0],
      ]) {
        try {
          engine.inferShape(/** @type {any} */ ({ ...request, [key]: value }));
        } catch (error) {
          assert.ok(error instanceof ConvError, `${op} ${key} ${value}: ${error}`);
        }
      }
    }
  }
});

test('tensors that are none are refused by name', () => {
  for (const key of ['input', 'weight', 'bias']) {
    const tensor = /** @type {any} */ (valid())[key];
    const { shape, data } = tensor;
    for (const bad of [5, 'x', true, [], {}, { shape: 4, data }, { shape: ['4'], data }]) {
      assert.equal(refusal({ ...valid(), [key]: bad }).field, key, `${key} ${JSON.stringify(bad)}`);
    }
    const numbers = [...data];
    for (const [fault, code] of [
      [{ shape, data: data.subarray(1) }, 'data_length'],
      [{ shape, data: new Int32Array(data) }, 'wrong_type'],
      [{ shape, data: 'numbers' }, 'wrong_type'],
      [{ shape, data: [...numbers.slice(1), '1'] }, 'wrong_type'],
      [{ shape, data: [...numbers.slice(1), null] }, 'wrong_type'],
      [{ shape, data: [...numbers.slice(1), 1n] }, 'wrong_type'],
      [{ shape: [-1, ...shape.slice(1)], data }, 'negative_size'],
      [{ shape: [0.5, ...shape.slice(1)], data }, 'not_an_integer'],
      [{ shape: [1e9, ...shape], data }, 'limit_elements'],
      [{ shape }, 'data_missing'],
      [{ shape, data: Float64Array.from(data) }, 'dtype_mismatch'],
    ]) {
      const error = refusal({ ...valid(), [key]: fault });
      const mixed = code === 'dtype_mismatch' && key === 'input' ? 'bias' : key;
      assert.equal(error.field, mixed, `${key} ${code}`);
      assert.equal(error.code, code, `${key} ${code}`);
    }
  }
});

test('requests that are none are refused', () => {
  for (const bad of [undefined, null, 5, 'conv2d', [], {}, () => {}]) {
    for (const call of [
      engine.run,
      engine.inferShape,
      (/** @type {any} */ request) => engine.trace(request, { method: 'direct' }),
      (/** @type {any} */ request) => engine.contributions(request, { method: 'direct' }),
      (/** @type {any} */ request) => engine.gradients(request, { shape: [] }),
    ]) {
      refusal(bad, /** @type {any} */ (call));
    }
  }
  const { trace, contributions, gradients } = /** @type {any} */ (engine);
  assert.equal(refusal(valid(), (request) => trace(request)).field, 'method');
  assert.equal(
    refusal(valid(), (request) => trace(request, { method: 'x' })).code,
    'unknown_method',
  );
  assert.equal(
    refusal(valid(), (request) => trace(request, { method: 'zero-insertion' })).code,
    'method_not_applicable',
  );
  assert.equal(refusal(valid(), (request) => contributions(request)).field, 'method');
  const far = { method: 'direct', output: 8 };
  assert.equal(
    refusal(valid(), (request) => contributions(request, far)).code,
    'index_out_of_range',
  );
  assert.equal(refusal(valid(), (request) => gradients(request)).field, 'gradOutput');
});

test('an error of the caller’s own passes through, and nothing is lost', () => {
  const request = valid();
  Object.defineProperty(request, 'stride', {
    get() {
      throw new RangeError('mine');
    },
  });
  for (let at = 0; at < 1000; at++) {
    assert.throws(() => engine.run(/** @type {any} */ (request)), { name: 'RangeError' });
  }
  assert.equal(engine.run(/** @type {any} */ (valid())).data[0], 18);
});

test('what would not fit is refused, and the engine works on', () => {
  const size = engine.limits.elements;
  const input = { shape: [1, 1, size], data: new Float32Array(size) };
  const request = {
    op: 'conv_transpose1d',
    input,
    weight: { shape: [1, 1, 1], data: new Float32Array([1]) },
  };
  try {
    // Six arrays of the largest size: more than a module may have.
    engine.trace(/** @type {any} */ (request), { method: 'zero-insertion' });
  } catch (error) {
    assert.ok(error instanceof ConvError, `${error}`);
    assert.equal(error.code, 'out_of_memory');
  }
  assert.equal(engine.run(/** @type {any} */ (valid())).data[0], 18);
  const over = { shape: [1, 1, size + 1] };
  assert.equal(refusal({ ...request, input: over }, engine.inferShape).code, 'limit_elements');
  assert.equal(refusal({ ...request, stride: 2 }, engine.inferShape).code, 'limit_elements');
});

test('the documentation lists every code, its meaning, and no other', () => {
  const text = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
  const table = text.slice(text.indexOf('| code |'), text.indexOf('## Limits'));
  const rows = [...table.matchAll(/^\| `(\w+)` \| (.*) \|$/gm)];
  assert.deepEqual(
    rows.map(([, code, meaning]) => ({ code, meaning })),
    engine.errorCodes,
  );
});
