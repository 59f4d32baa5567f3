// The module's memory: 100,000 calls of every kind, accepted and refused, must not make it grow.
// Looks at the WebAssembly memory itself, which the engine hides.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConvError } from '../../web/engine/index.js';

/** Loads the engine and keeps hold of the memory that it makes. */
async function engineWithMemory() {
  /** @type {WebAssembly.Memory | undefined} */
  let memory;
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = /** @type {any} */ (
    async (/** @type {any} */ source, /** @type {any} */ imports) => {
      const result = await instantiate(source, imports);
      const { exports } = /** @type {any} */ (result).instance ?? result;
      memory ??= Object.values(exports).find((item) => item instanceof WebAssembly.Memory);
      return result;
    }
  );
  const { createEngine } = await import('../../web/engine/index.js');
  const engine = await createEngine();
  WebAssembly.instantiate = instantiate;
  assert.ok(memory, 'the module exports its memory');
  return { engine, memory: /** @type {WebAssembly.Memory} */ (memory) };
}

test('100,000 calls do not make the memory grow', async () => {
  const { engine, memory } = await engineWithMemory();
  const request = {
    op: /** @type {const} */ ('conv_transpose2d'),
    input: { shape: [1, 2, 4, 4], data: new Float64Array(32).fill(1) },
    weight: { shape: [2, 2, 3, 3], data: new Float64Array(36).fill(1) },
    bias: { shape: [2], data: new Float64Array(2) },
    stride: 2,
  };
  const gradOutput = { shape: [1, 2, 9, 9], data: new Float64Array(162).fill(1) };
  const refused = (/** @type {() => unknown} */ call) => assert.throws(call, ConvError);
  const calls = [
    () => engine.run(request),
    () => engine.run(request),
    () => engine.inferShape(request),
    () => engine.inferShape(request),
    () => engine.contributions(request, { method: 'scatter', input: 5 }),
    () => engine.gradients(request, gradOutput),
    () => refused(() => engine.run({ ...request, stride: 0 })),
    () => refused(() => engine.run({ ...request, padding: 9 })),
    () => refused(() => engine.inferShape({ ...request, op: /** @type {any} */ ('x') })),
    () => engine.trace(request, { method: 'scatter' }),
  ];
  for (const call of calls) call();
  const before = memory.buffer.byteLength;
  for (let at = 0; at < 100_000; at++) calls[at % calls.length]();
  assert.equal(memory.buffer.byteLength, before);
});
