// Whether what was pasted agrees with what is shown. Asks the engine; model.js calls this only where
// something has been pasted. Computes no convolution itself.

import { inTorchLayout } from './state/paste/layout.js';

/**
 * @typedef {import('./state/paste/roles.js').Part} Part
 * @typedef {{ shape: number[], data: Float64Array }} Tensor
 * @typedef {{ n: number, verdict: 'match'|'differs'|'cannot_compare', result: any|null, expected: any,
 *   shape: number[]|null }} Comparison `n`: which item; `result`: of engine.compare; `shape`: where only
 *   a shape was pasted
 * @typedef {{ kind: 'match'|'differs'|'cannot_compare', comparisons: Comparison[] }} Verdict the worst of all
 */

/**
 * How far an output may be off because its operands were printed with few digits: the largest sum of
 * |x| δw + |w| δx + δx δw over the terms of a cell, and δb. Two runs of the engine on absolute values give it.
 * @param {any} engine @param {any} request @param {import('./state/paste/adopt.js').Rounding} rounding
 */
export function slackOf(engine, request, rounding) {
  if (!rounding.input && !rounding.weight && !rounding.bias) return 0;
  const widened = (/** @type {Tensor|null} */ tensor, /** @type {number} */ by) =>
    tensor && {
      shape: tensor.shape,
      data: Float64Array.from(tensor.data, (v) => Math.abs(v) + by),
    };
  const run = (/** @type {import('./state/paste/adopt.js').Rounding} */ by) =>
    engine.run({
      ...request,
      input: widened(request.input, by.input),
      weight: widened(request.weight, by.weight),
      bias: widened(request.bias, by.bias),
    }).data;
  const [wide, plain] = [run(rounding), run({ input: 0, weight: 0, bias: 0 })];
  return wide.reduce(
    (/** @type {number} */ most, /** @type {number} */ v, /** @type {number} */ i) =>
      Math.max(most, v - plain[i]),
    0,
  );
}

/**
 * @param {any} engine with `compare`
 * @param {any} request what is shown @param {Tensor} output
 * @param {{ items: readonly any[], parts: readonly Part[] }} paste
 * @param {{ rtol?: number, atol?: number }} tolerance
 * @returns {Verdict|null} null where nothing pasted is an output
 */
export function verdictOf(engine, request, output, paste, tolerance) {
  const comparisons = paste.items.flatMap((item, n) => {
    if (paste.parts[n]?.role !== 'output') return [];
    const expected = inTorchLayout(item, paste.parts[n], request.op);
    return [{ n, ...compared(engine, output, expected, tolerance) }];
  });
  if (!comparisons.length) return null;
  const worst = /** @type {const} */ (['cannot_compare', 'differs', 'match']).find((kind) =>
    comparisons.some((c) => c.verdict === kind),
  );
  return { kind: worst ?? 'match', comparisons };
}

/** @param {any} engine @param {Tensor} output @param {any} expected @param {{ rtol?: number, atol?: number }} tolerance */
function compared(engine, output, expected, tolerance) {
  if (expected.kind === 'shape') {
    const equal = expected.shape.join() === output.shape.join();
    return {
      verdict: equal ? /** @type {const} */ ('match') : /** @type {const} */ ('differs'),
      result: null,
      expected,
      shape: expected.shape,
    };
  }
  const result = engine.compare(output, expected, tolerance);
  return { verdict: result.verdict, result, expected, shape: null };
}
