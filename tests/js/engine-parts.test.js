// The two modules of the engine: the core that a page begins with, and the whole. What each offers, that they agree,
// and that the core with its loader stays within what a first view may weigh.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { createEngine } from '../../web/engine/index.js';

/** Bytes that the core and its loader may have together, compressed. */
const BUDGET = 110 * 1024;

const core = await createEngine({ part: 'core' });
const whole = await createEngine();

const request = {
  op: /** @type {const} */ ('conv_transpose2d'),
  input: { shape: [1, 1, 2, 2], data: new Float32Array([1, 2, 0, 1]) },
  weight: { shape: [1, 1, 3, 3], data: new Float32Array([1, 0, 1, 1, 1, 0, 0, 0, 1]) },
  stride: 2,
};

test('each part is loaded once for an address', async () => {
  assert.equal(await createEngine({ part: 'core' }), core);
  assert.equal(await createEngine({ part: 'all' }), whole);
  assert.notEqual(/** @type {object} */ (core), whole);
});

test('the core has all that the whole has but layers, stacks and what reads, compares and diagnoses', () => {
  const missing = Object.keys(whole).filter((name) => !(name in core));
  assert.deepEqual(missing, [
    ...['layer', 'parse', 'compare', 'diagnose', 'stack', 'receptiveField', 'overlap'],
    ...['solve', 'repair', 'runStack', 'parseStack'],
  ]);
  assert.deepEqual(
    Object.keys(core).filter((name) => !(name in whole)),
    [],
  );
});

test('both compute the same', () => {
  assert.deepEqual(core.run(request), whole.run(request));
  assert.deepEqual(core.inferShape(request), whole.inferShape(request));
  const options = { method: /** @type {const} */ ('zero-insertion') };
  assert.deepEqual(core.trace(request, options), whole.trace(request, options));
  assert.deepEqual(core.errorCodes, whole.errorCodes);
  assert.deepEqual(core.limits, whole.limits);
});

test('the .wasm may be hosted elsewhere, for each part', async () => {
  for (const [part, file] of /** @type {const} */ ([
    ['core', 'convscope-core'],
    ['all', 'convscope'],
  ])) {
    // Emscripten's loader reads files by path in Node
    const wasmUrl = new URL(`../../dist/engine/${file}.wasm`, import.meta.url).pathname;
    const elsewhere = await createEngine({ part: /** @type {'core'} */ (part), wasmUrl });
    assert.deepEqual(elsewhere.run(request), whole.run(request));
    assert.equal('parse' in elsewhere, part === 'all');
  }
});

test('the core and its loader stay within the budget', () => {
  const size = (/** @type {string} */ file) =>
    gzipSync(readFileSync(new URL(`../../dist/engine/${file}`, import.meta.url)), { level: 9 })
      .length;
  const total = size('convscope-core.wasm') + size('convscope-core.mjs');
  assert.ok(total <= BUDGET, `${total} bytes, ${BUDGET} are allowed`);
});
