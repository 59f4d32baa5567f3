// Cases of other projects' suites, where the folder shared/conformance lies beside the checkout:
// begin and end paddings, auto_pad, and other layouts, all said with this engine's arguments.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createEngine } from '../../web/engine/index.js';
import { requestOf } from './engine-golden.js';

const engine = await createEngine();
const folder = new URL('../../../shared/conformance/', import.meta.url);

/**
 * Reorders the axes of a flat array. `axes[i]` is the old axis that becomes the new axis i.
 *
 * @param {number[]} data
 * @param {number[]} shape
 * @param {number[]} axes
 */
function permute(data, shape, axes) {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  const newShape = axes.map((axis) => shape[axis]);
  const result = data.map((_, index) => {
    let from = 0;
    let rest = index;
    for (let at = axes.length - 1; at >= 0; at--) {
      from += (rest % newShape[at]) * strides[axes[at]];
      rest = Math.floor(rest / newShape[at]);
    }
    return data[from];
  });
  return { data: result, shape: newShape };
}

/** From a layout such as "nhwc" to the one PyTorch has. */
function toLayout(
  /** @type {any} */ line,
  /** @type {string} */ name,
  /** @type {string} */ layout,
  /** @type {string} */ torch,
) {
  const axes = [...torch].map((letter) => layout.indexOf(letter));
  const { data, shape } = permute(line[name], line[`${name}_shape`], axes);
  return { [name]: data, [`${name}_shape`]: shape };
}

/** @param {any} line */
function converted(line) {
  if (!line.layout) return line;
  const filter = line.op.startsWith('ConvTranspose') ? 'iohw' : 'oihw';
  return {
    ...line,
    ...toLayout(line, 'input', line.layout.input, 'nchw'),
    ...toLayout(line, 'weight', line.layout.filter, filter),
    ...toLayout(line, 'output', line.layout.output, 'nchw'),
  };
}

/** @param {any} given */
function check(given) {
  const line = converted(given);
  const request = requestOf(line, Float64Array);
  const { shape, data } = engine.run(request);
  assert.deepEqual(shape, line.output_shape, line.id);
  const largest = Math.max(...line.output.map(Math.abs), 1e-30);
  const allowed = line.dtype === 'float16' ? 2e-3 : 2e-6;
  for (let at = 0; at < data.length; at++) {
    const error = Math.abs(data[at] - line.output[at]) / largest;
    assert.ok(error <= allowed, `${line.id}[${at}]: ${data[at]}, expected ${line.output[at]}`);
  }
}

for (const [name, count] of /** @type {const} */ ([
  ['onnx', 40],
  ['webnn', 200],
])) {
  const file = new URL(`${name}.jsonl`, folder);
  test(`the cases of ${name} hold`, {
    skip: !existsSync(file) && `no ../shared/conformance/${name}.jsonl beside the checkout`,
  }, () => {
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    assert.ok(lines.length > count);
    for (const line of lines) check(JSON.parse(line));
  });
}
