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
 * |x| δw + |w| δx + δx δw over the terms of a cell, and δb. Two runs of the engine on absolute values give it; null where
 * nothing was rounded.
 * @param {any} request @param {import('./state/paste/adopt.js').Rounding} rounding @returns {[any, any]|null}
 */
export function widened(request, rounding) {
  if (!rounding.input && !rounding.weight && !rounding.bias) return null;
  const wide = (/** @type {Tensor|null} */ tensor, /** @type {number} */ by) =>
    tensor && {
      shape: tensor.shape,
      data: Float64Array.from(tensor.data, (v) => Math.abs(v) + by),
    };
  const by = (/** @type {import('./state/paste/adopt.js').Rounding} */ most) => ({
    ...request,
    input: wide(request.input, most.input),
    weight: wide(request.weight, most.weight),
    bias: wide(request.bias, most.bias),
  });
  return [by(rounding), by({ input: 0, weight: 0, bias: 0 })];
}

/** The slack from the outputs of these two. @param {{ data: ArrayLike<number> }} wide @param {{ data: ArrayLike<number> }} plain */
export function slackBetween(wide, plain) {
  let most = 0;
  for (let i = 0; i < wide.data.length; i++) most = Math.max(most, wide.data[i] - plain.data[i]);
  return most;
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
