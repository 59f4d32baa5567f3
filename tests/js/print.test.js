// A tensor as PyTorch prints it: the prints of a real PyTorch in tests/oracle/prints.jsonl, made again from the exact
// numbers, character by character.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { printTensor } from '../../web/state/export/print.js';

const lines = readFileSync(new URL('../oracle/prints.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

const NAMES = /** @type {Record<string, number>} */ ({
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  '-inf': Number.NEGATIVE_INFINITY,
});

/** Prints of one tensor with default options, as PyTorch gave them, and whole: { kind, text, tensor, dtype }. */
const prints = lines.flatMap(({ kind, text, options, edit, parts }) => {
  const [{ container, dtype, shape, exact }] = parts;
  const isPlain = parts.length === 1 && container === 'tensor' && !edit;
  if (!isPlain || Object.keys(options).length > 0 || !exact || !shape) return [];
  const size = shape.reduce((/** @type {number} */ a, /** @type {number} */ b) => a * b, 1);
  if (exact.length !== size || !/^tensor\(/.test(text)) return [];
  const values = exact.map((/** @type {number | string} */ v) => NAMES[v] ?? Number(v));
  const data = dtype === 'torch.float32' ? Float32Array.from(values) : values;
  // autograd's part, which no tensor of ours has, and what else the script printed
  const own = text.replace(/,\s+(grad_fn=<\w+>|requires_grad=True)(?=\))/, '');
  const end = /\)\s*(?:$|\n| torch\.Size)/.exec(own)?.index ?? own.length;
  return [{ kind, text: own.slice(0, end + 1), shape, data, dtype: dtype.replace('torch.', '') }];
});

test('the oracle holds prints of every kind', () => {
  assert.ok(prints.length >= 60, `${prints.length} prints`);
  const kinds = prints.map(({ kind }) => kind).join(' ');
  for (const kind of ['sci_large', 'truncated', 'whole_numbers', 'empty', 'nan', 'float64', 'int'])
    assert.match(kinds, new RegExp(kind));
});

for (const { kind, text, shape, data, dtype } of prints) {
  test(`${kind} (${shape.join(', ')}) is printed as PyTorch does`, () => {
    assert.equal(printTensor({ shape, data }, { dtype }), text);
  });
}

// from a real PyTorch 1.13.1
test('exactly between two decimals the even one is taken', () => {
  const print = (/** @type {number[]} */ data) => printTensor({ shape: [data.length], data });
  assert.equal(print([0.03125, 0.09375, -0.03125]), 'tensor([ 0.0312,  0.0938, -0.0312])');
  assert.equal(print([1000050, 0.5]), 'tensor([1.0000e+06, 5.0000e-01])');
  assert.equal(print([100015, 1]), 'tensor([1.0002e+05, 1.0000e+00])');
  assert.equal(print([100025, 1]), 'tensor([1.0002e+05, 1.0000e+00])');
  assert.equal(print([999995, 1]), 'tensor([1.0000e+06, 1.0000e+00])');
});

test('zeros have signs, and a tensor of nothing but zeros has a point', () => {
  assert.equal(printTensor({ shape: [2], data: [0, -0] }), 'tensor([0., -0.])');
  assert.equal(printTensor({ shape: [], data: [0] }), 'tensor(0.)');
});

test('all is shown where it is asked for', () => {
  const data = new Float32Array(1200).fill(1);
  assert.match(printTensor({ shape: [30, 40], data }), /\.\.\./);
  const full = printTensor({ shape: [30, 40], data }, { full: true });
  assert.equal(full.match(/1\./g)?.length, 1200);
  assert.doesNotMatch(full, /\.\.\./);
});
