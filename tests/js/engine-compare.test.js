// compare through the engine's JavaScript: plain tensors, items of parse, refusals, and that what comes
// out belongs to the caller. The numbers themselves are tested in tests/cpp/compare_test.cpp.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConvError, createEngine } from '../../web/engine/index.js';
import { assertSaid, assertWorded } from './worded.js';

const engine = await createEngine();

/** @param {number[]} shape @param {number[]} data */
const actual = (shape, data) => ({ shape, data: Float32Array.from(data) });

/** @param {string} text @returns {any} */
const pasted = (text) => engine.parse(text).items[0];

test('a print is compared to its digits', () => {
  const item = pasted('tensor([[0.1235, 2.0000],\n        [3.5000, nan]])');
  const same = engine.compare(actual([1, 1, 2, 2], [0.12345, 2, 3.5, Number.NaN]), item);
  assert.equal(same.verdict, 'match');
  assert.equal(same.reason, null);
  assert.equal(same.reshaped, true);
  assert.deepEqual([same.compared, same.hidden, same.differing], [4, 0, 0]);
  assert.equal(same.tolerance.kind, 'digits');
  assert.equal(same.tolerance.decimals, 4);
  assert.equal(same.tolerance.rtol, 1e-5);

  const other = engine.compare(actual([2, 2], [0.1235, 2.5, 3.5, 1]), item);
  assert.equal(other.verdict, 'differs');
  assert.equal(other.differing, 2);
  assert.equal(other.maxAbs, Number.POSITIVE_INFINITY);
  assert.deepEqual(other.worst[1], { index: [0, 1], actual: 2.5, expected: 2, difference: 0.5 });
  assert.ok(other.difference && other.outside);
  assert.deepEqual(other.difference.shape, [2, 2]);
  assert.equal(other.difference.data[1], 0.5);
  assert.deepEqual([...other.outside], [0, 1, 0, 1]);
  // Copies: the engine may work on, they stay.
  const { buffer } = other.difference.data;
  engine.compare(actual([2, 2], [0, 0, 0, 0]), item);
  assert.equal(other.difference.data.buffer, buffer);
  assert.equal(other.difference.data[1], 0.5);
});

test('a truncated print says how many cells it hides', () => {
  const ramp = Float32Array.from({ length: 1100 }, (_, at) => at);
  const item = pasted('tensor([   0.,    1.,    2.,  ..., 1097., 1098., 1099.])');
  const result = engine.compare({ shape: [1100], data: ramp }, item);
  assert.deepEqual([result.verdict, result.compared, result.hidden], ['match', 6, 1094]);
  const short = engine.compare({ shape: [5], data: ramp.slice(0, 5) }, item);
  assert.equal(short.verdict, 'cannot_compare');
  assert.match(short.reason ?? '', /5 cells instead of at least 7/);
  assert.equal(short.difference, null);
  assert.equal(short.outside, null);
});

test('whole tensors, shapes alone, and tolerances of one’s own', () => {
  const expected = { shape: [3], data: new Float64Array([1, 2, 3]) };
  const off = actual([3], [1, 2.01, 3]);
  assert.equal(engine.compare(off, expected).verdict, 'differs');
  const loose = engine.compare(off, expected, { rtol: 0, atol: 0.02 });
  assert.equal(loose.verdict, 'match');
  assert.deepEqual(loose.tolerance, {
    kind: 'given',
    rtol: 0,
    atol: 0.02,
    decimals: null,
    scientific: false,
  });
  assert.equal(engine.compare(off, pasted('torch.Size([3])')).verdict, 'match');
  const { verdict, reason } = engine.compare(off, { shape: [4] });
  assert.equal(verdict, 'cannot_compare');
  assertSaid(reason);
});

test('what cannot be read is refused with the field', () => {
  const good = actual([2], [1, 2]);
  /** @param {any} a @param {any} b @param {any} options @param {string} code @param {string} field */
  const refused = (a, b, options, code, field) =>
    assert.throws(
      () => engine.compare(a, b, options),
      (error) => {
        assert.ok(error instanceof ConvError);
        assert.deepEqual([error.code, error.field], [code, field], error.message);
        assertWorded(error);
        return true;
      },
    );
  refused(null, good, {}, 'wrong_type', 'actual');
  refused({ shape: [2] }, good, {}, 'data_missing', 'actual');
  refused(good, undefined, {}, 'wrong_type', 'expected');
  refused(good, 7, {}, 'wrong_type', 'expected');
  refused(good, { data: [1] }, {}, 'missing_argument', 'expected');
  refused(good, { shape: [3], data: [1, 2] }, {}, 'data_length', 'expected');
  refused(good, { shape: [2], data: [1, 'x'] }, {}, 'wrong_type', 'expected');
  refused(good, { shape: [2, 1], visibleShape: [2], data: [1, 2] }, {}, 'data_length', 'expected');
  refused(
    good,
    { shape: null, visibleShape: [2], gaps: [5], data: [1, 2] },
    {},
    'wrong_type',
    'expected',
  );
  refused(good, good, { rtol: -1 }, 'wrong_type', 'rtol');
  refused(good, good, { atol: Number.NaN }, 'wrong_type', 'atol');
});
