// The numbers that flow through a stack: the weights are those that the engine seeds, the input is seeded here, so that
// everybody sees the same.

import { seeded, sizeOf } from '../state/tensors.js';
import { PATIENCE } from '../state/work.js';
import { kept, refusalOf } from './kept.js';

/**
 * @typedef {import('../engine/stack.js').Stack} Stack
 * @typedef {import('../engine/stack.js').StackLayer} StackLayer
 * @typedef {import('../engine/stack.js').StackRun} StackRun
 * @typedef {StackRun | { refusal: import('../i18n/refusal.js').Sentence }} Flow
 */

/** Numbers from −1 to 1, the same each time. @param {readonly number[]} shape */
export function seededInput(shape) {
  const random = seeded(1);
  const data = new Float32Array(sizeOf([...shape]));
  for (let at = 0; at < data.length; at++) data[at] = Math.round(random() * 200 - 100) / 100;
  return { shape: [...shape], data };
}

/** The same of a result's shape, made once: it is drawn again and again. */
const inputOf = kept(seededInput);

/**
 * The same, unless there would be more numbers than the engine takes: it refuses the shape, and none are made.
 * @param {Pick<import('../engine/index.js').Engine, 'limits'>} engine @param {number[]} shape
 */
export const inputFor = ({ limits }, shape) =>
  sizeOf(shape) > limits.elements
    ? { shape: [...shape], data: new Float32Array(0) }
    : inputOf(shape);

/** Cells that one cell of a pool's output reads. @param {StackLayer} layer @param {number} axes */
function windowOf({ op, ...given }, axes) {
  const { kernelSize } = /** @type {{ kernelSize?: number | readonly number[] }} */ (given);
  if (!op.includes('pool') || kernelSize === undefined) return 1;
  return typeof kernelSize === 'number' ? kernelSize ** axes : sizeOf([...kernelSize]);
}

/**
 * Numbers that are made, read by pools or multiplied by a weight in the first `count` layers.
 * @param {StackLayer[]} layers @param {Stack} result of them @param {number} count
 */
export const workOf = (layers, result, count) =>
  result.layers
    .slice(0, count)
    .reduce(
      (sum, { multiplyAdds, inputShape, outputShape, axes }, at) =>
        sum +
        multiplyAdds +
        sizeOf(inputShape) +
        sizeOf(outputShape) * windowOf(layers[at], axes.length),
      0,
    );

/**
 * The numbers of the first layers, or why there are none; in the background where that takes long.
 * @param {Pick<import('../engine/index.js').Engine, 'runStack' | 'limits'>} engine
 * @param {Pick<import('../waiting.js').Waiting, 'take' | 'drop'>} waiting
 */
export function createFlow(engine, waiting) {
  /** @param {unknown} error @returns {Flow} */
  const refused = (error) => ({ refusal: refusalOf(error) });
  const here = kept(
    (
      /** @type {StackLayer[]} */ layers,
      /** @type {Stack} */ result,
      /** @type {number} */ count,
    ) => {
      try {
        return /** @type {Flow} */ (
          engine.runStack(layers.slice(0, count), inputFor(engine, result.inputShape))
        );
      } catch (error) {
        return refused(error);
      }
    },
  );
  /**
   * @param {string} name of what is waited for @param {StackLayer[]} layers @param {Stack} result @param {number} count
   * @returns {{ value: Flow|null, wait: import('../waiting.js').Wait|null }}
   */
  return (name, layers, result, count) => {
    if (workOf(layers, result, count) <= PATIENCE) {
      waiting.drop(name);
      return { value: here(layers, result, count), wait: null };
    }
    return waiting.take(name, [result, count], (background, watching) =>
      background
        .runStack(layers.slice(0, count), inputFor(engine, result.inputShape), watching)
        .then((run) => /** @type {Flow} */ (run), refused),
    );
  };
}

/**
 * What goes into one layer: merged, where skips lead there.
 * @param {StackLayer[]} layers @param {Stack} result @param {number} index @param {StackRun} run
 * @returns {{ shape: number[], data: Float32Array | Float64Array }}
 */
export function inputAt(layers, result, index, { inputs, outputs }) {
  const from = layers[index].from ?? index - 1;
  return inputs[index] ?? (from < 0 ? inputOf(result.inputShape) : outputs[from]);
}

/**
 * What is shown of one layer: its numbers, or what they wait for, or why there are none.
 * @param {ReturnType<ReturnType<typeof createFlow>>} flow of the layers up to it
 * @param {StackLayer[]} layers @param {Stack} result @param {number} index
 * @returns {import('../views/stack/values.js').Flowing}
 */
export function flowingOf({ value, wait }, layers, result, index) {
  if (wait) return { wait };
  if (!value || 'refusal' in value) return /** @type {any} */ (value);
  return { input: inputAt(layers, result, index, value), output: value.outputs[index] };
}
