// diagnose through the engine's JavaScript: what it proposes is put into the request and run. Every kind
// of cause is tested in tests/cpp/diagnose_test.cpp.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConvError, createEngine } from '../../web/engine/index.js';
import { assertSaid } from './worded.js';

const whole = await createEngine();
/** @type {typeof whole} whose every word has a Chinese one */
const engine = {
  ...whole,
  diagnose: (...given) => {
    const diagnosis = whole.diagnose(...given);
    assertSaid(diagnosis.summary);
    for (const { sentence } of diagnosis.causes) assertSaid(sentence);
    return diagnosis;
  },
};

/** @param {number} length @param {number} seed */
const numbers = (length, seed) =>
  Float32Array.from({ length }, (_, at) => Math.round(3000 * Math.sin(at * 12.9898 + seed)) / 1000);

/** @type {import('../../web/engine/types.js').Request} */
const request = {
  op: 'conv2d',
  input: { shape: [1, 2, 7, 6], data: numbers(84, 1) },
  weight: { shape: [3, 2, 3, 2], data: numbers(36, 2) },
  bias: { shape: [3], data: numbers(3, 3) },
  stride: 2,
  padding: 1,
};

/**
 * As PyTorch prints it: four digits.
 * @param {import('../../web/engine/types.js').TensorOutput} tensor
 */
const printed = ({ shape, data }) => ({
  shape,
  data: Float64Array.from(data, (number) => Math.round(number * 1e4) / 1e4),
  decimals: 4,
  dtype: 'float32',
});

/** @param {object} changes */
const outputWith = (changes) =>
  printed(engine.run(/** @type {any} */ ({ ...request, ...changes })));

/** @param {import('../../web/engine/types.js').Diagnosis} diagnosis @param {any} expected */
function proposalsHold(diagnosis, expected) {
  for (const { changes, sentence } of diagnosis.causes) {
    if (!changes) continue;
    const output = engine.run(/** @type {any} */ ({ ...request, ...changes }));
    assert.equal(engine.compare(output, expected).verdict, 'match', sentence);
  }
}

test('a correct output is a match', () => {
  const diagnosis = engine.diagnose(request, outputWith({}));
  assert.equal(diagnosis.match, true);
  assert.deepEqual(diagnosis.causes, []);
  assert.equal(diagnosis.next, null);
});

test('one cause, and the changes that reproduce it', () => {
  for (const [id, changes] of /** @type {[string, object][]} */ ([
    ['kernel_flipped', { flipKernel: true }],
    ['stride', { stride: 1 }],
    ['padding', { padding: 0 }],
    ['padding_mode', { paddingMode: 'reflect' }],
    ['bias_missing', { bias: null }],
  ])) {
    const expected = outputWith(changes);
    const diagnosis = engine.diagnose(request, expected);
    assert.equal(diagnosis.match, false);
    const [cause] = diagnosis.causes;
    assert.deepEqual(cause.ids, [id], diagnosis.summary);
    assert.ok(cause.changes && cause.after !== null && cause.after <= 5.1e-5);
    assert.equal(cause.compared, expected.data.length);
    assert.equal(cause.before === null, id === 'stride' || id === 'padding');
    proposalsHold(diagnosis, expected);
  }
});

test('changes are tensors and arguments by the request’s keys', () => {
  const { causes } = engine.diagnose(
    request,
    outputWith({
      padding: [
        [1, 0],
        [1, 1],
      ],
    }),
  );
  assert.ok(causes.length > 0 && causes[0].changes);
  const { padding } = causes[0].changes;
  assert.ok(Array.isArray(padding));

  const doubled = { shape: [3], data: numbers(3, 3).map((number) => number * 2) };
  const [bias] = engine.diagnose(request, outputWith({ bias: doubled })).causes;
  assert.deepEqual(bias.ids, ['bias_doubled']);
  assert.deepEqual(bias.changes, { bias: doubled });

  const half = printed(engine.run(request));
  half.data = half.data.map((number) => number / 2);
  const [factor] = engine.diagnose(request, half).causes;
  assert.deepEqual(factor.ids, ['factor']);
  assert.equal(factor.changes, null);
  assert.match(factor.sentence, /multiplied by 0\.5\. No argument/);
});

test('two causes, in one call and with a budget', () => {
  const expected = outputWith({ flipKernel: true, dilation: 2 });
  const whole = engine.diagnose(request, expected);
  assert.deepEqual([...whole.causes[0].ids].sort(), ['dilation', 'kernel_flipped']);
  proposalsHold(whole, expected);

  let calls = 0;
  let first = 0;
  const found = [];
  for (;;) {
    const part = engine.diagnose(request, expected, { first, budget: 200_000 });
    calls++;
    found.push(...part.causes.map(({ sentence }) => sentence));
    if (part.next === null) break;
    assert.ok(part.next > first && part.next < part.total);
    first = part.next;
  }
  assert.ok(calls > 2, `${calls} calls`);
  for (const { sentence } of whole.causes) assert.ok(found.includes(sentence), sentence);
});

test('a shape alone: the arguments that give it', () => {
  const diagnosis = engine.diagnose(request, { shape: [1, 3, 7, 7] });
  assert.equal(diagnosis.shapeOnly, true);
  assert.ok(diagnosis.causes.length > 0);
  for (const { changes, shapeOnly } of diagnosis.causes) {
    assert.ok(changes && shapeOnly);
    const changed = /** @type {any} */ ({ ...request, ...changes });
    assert.deepEqual(engine.inferShape(changed).outputShape, [1, 3, 7, 7]);
  }
});

test('a printed text goes straight in', () => {
  const [item] = engine.parse('tensor([[5., 7.], [11., 13.]])').items;
  const plain = /** @type {const} */ ({
    op: 'conv2d',
    input: { shape: [1, 1, 3, 3], data: [1, 2, 3, 4, 5, 6, 7, 8, 9] },
    weight: { shape: [1, 1, 2, 2], data: [1, 0, 0, 0] },
  });
  const diagnosis = engine.diagnose(/** @type {any} */ (plain), /** @type {any} */ (item));
  assert.equal(diagnosis.match, false);
  assert.ok(diagnosis.summary.length > 10);
  const [same] = engine.parse('tensor([[[[1., 2.], [4., 5.]]]])').items;
  assert.equal(engine.diagnose(/** @type {any} */ (plain), /** @type {any} */ (same)).match, true);
});

test('what cannot be read is refused with the field', () => {
  /** @param {any} asked @param {any} expected @param {any} options @param {string} field */
  const refused = (asked, expected, options, field) =>
    assert.throws(
      () => engine.diagnose(asked, expected, options),
      (error) => error instanceof ConvError && error.field === field,
    );
  const expected = outputWith({});
  refused(null, expected, {}, 'request');
  refused({ ...request, stride: 'two' }, expected, {}, 'stride');
  refused(request, null, {}, 'expected');
  refused(request, expected, { first: -1 }, 'first');
  refused(request, expected, { budget: 1.5 }, 'budget');
  refused(request, expected, { rtol: 'x' }, 'rtol');
});

test('what is said to give a shape gives it, though an output size is out of reach', () => {
  const request = {
    ...{ op: /** @type {const} */ ('conv_transpose1d'), stride: 2, outputSize: [12] },
    input: { shape: [1, 1, 4], data: new Float32Array(4) },
    weight: { shape: [1, 1, 2], data: new Float32Array(2) },
  };
  const { causes } = engine.diagnose(request, { shape: [1, 1, 12] });
  assert.ok(causes.length > 0);
  for (const { changes, sentence } of causes) {
    const changed = /** @type {any} */ ({ ...request, ...changes });
    for (const [key, value] of Object.entries(changed)) if (value === null) delete changed[key];
    assert.deepEqual(engine.inferShape(changed).outputShape, [1, 1, 12], sentence);
  }
});

test('shapes alone are compared whatever it would take to compute them', () => {
  const request = /** @type {any} */ ({
    ...{ op: 'conv2d', padding: 0 },
    ...{ input: { shape: [32, 512, 28, 28] }, weight: { shape: [512, 512, 3, 3] } },
  });
  const { causes, summary } = engine.diagnose(request, { shape: [32, 512, 28, 28] });
  assert.match(causes[0].sentence, /padding is 1 instead of 0/);
  assert.equal(summary, `${causes.length} changes give that shape.`);
});
