// Seeded random requests of small whole numbers, over all six operations, for the engine's tests.
// Gives the loaded engine, requests that it accepts, and small helpers; holds no tests.
import assert from 'node:assert/strict';
import { ConvError, createEngine } from '../../web/engine/index.js';

export const engine = await createEngine();
export const PROBLEMS = 120;

/** @typedef {import('../../web/engine/types.js').Request} Request */
/** @typedef {import('../../web/engine/types.js').Method} Method */

/**
 * The same numbers on every machine (mulberry32).
 * @param {number} seed
 * @returns {(least: number, most: number) => number} a whole number, both included
 */
export function random(seed) {
  return (least, most) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return least + (((t ^ (t >>> 14)) >>> 0) % (most - least + 1));
  };
}

export const product = (/** @type {number[]} */ list) => list.reduce((a, b) => a * b, 1);
export const list = (/** @type {ArrayLike<number>} */ numbers) => Array.from(numbers, (x) => x + 0);

/**
 * A valid request with data; draws until the engine accepts one.
 * @param {(least: number, most: number) => number} draw
 * @param {{ transposed: boolean, spatial: number }} of
 * @returns {any} a Request with everything given
 */
export function problem(draw, { transposed, spatial }) {
  for (;;) {
    const axes = (/** @type {() => any} */ make) => Array.from({ length: spatial }, make);
    const groups = draw(1, 3);
    const [inputs, outputs] = [draw(1, 2), draw(1, 2)];
    const single = draw(0, 1) === 1;
    const tensor = (/** @type {number[]} */ shape) => {
      const numbers = Array.from({ length: product(shape) }, () => draw(-5, 5));
      return { shape, data: single ? Float32Array.from(numbers) : Float64Array.from(numbers) };
    };
    const kernel = axes(() => draw(1, spatial === 3 ? 3 : 4));
    const request = {
      op: `${transposed ? 'conv_transpose' : 'conv'}${spatial}d`,
      input: tensor([draw(1, 2), inputs * groups, ...axes(() => draw(1, spatial === 3 ? 3 : 6))]),
      weight: tensor([
        ...(transposed ? [inputs * groups, outputs] : [outputs * groups, inputs]),
        ...kernel,
      ]),
      bias: draw(0, 1) ? tensor([outputs * groups]) : null,
      stride: axes(() => draw(1, 4)),
      padding: axes(() => [draw(0, 3), draw(0, 3)]),
      dilation: axes(() => draw(1, 3)),
      groups,
      paddingMode: transposed || draw(0, 2) ? 'zeros' : ['reflect', 'circular'][draw(0, 1)],
      flipKernel: draw(0, 2) === 0,
      ...(transposed && { outputPadding: axes(() => draw(0, 2)) }),
    };
    try {
      engine.inferShape(/** @type {Request} */ (request));
      return request;
    } catch (error) {
      assert.ok(error instanceof ConvError);
    }
  }
}

/**
 * @param {number} seed
 * @param {(request: any, draw: (least: number, most: number) => number) => void} body
 * @param {(transposed: boolean) => boolean} [wanted]
 */
export function forProblems(seed, body, wanted = () => true) {
  const draw = random(seed);
  for (let at = 0; at < PROBLEMS; ++at) {
    const of = { transposed: at % 2 === 1, spatial: 1 + (at % 3) };
    if (wanted(of.transposed)) body(problem(draw, of), draw);
  }
}

export const isTransposed = (/** @type {Request} */ request) =>
  request.op.startsWith('conv_transpose');
export const methodsOf = (/** @type {Request} */ request) =>
  /** @type {Method[]} */ (
    isTransposed(request)
      ? ['direct', 'zero-insertion', 'scatter', 'matrix', 'phases']
      : ['direct', 'scatter', 'matrix']
  );

/** @returns {import('../../web/engine/types.js').Trace | null} null where the matrix is too large */
export function traceOf(/** @type {any} */ request, /** @type {any} */ options) {
  try {
    return engine.trace(request, options);
  } catch (error) {
    assert.ok(error instanceof ConvError && error.code === 'limit_elements', String(error));
    assert.equal(options.method, 'matrix');
    return null;
  }
}

/** @param {{ shape: number[], data: Float32Array | Float64Array }} tensor */
export const zeros = ({ shape, data }) => ({ shape, data: data.map(() => 0) });
