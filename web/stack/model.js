// From the state of a stack to all that its views draw. The only place that asks the engine about stacks.

import { readLayers } from '../state/stack/layers.js';
import { readQuestion } from '../state/stack/solver.js';
import { readShape } from '../state/stack/values.js';
import { sizeOf } from '../state/tensors.js';
import { kept, refusalOf } from './kept.js';

/**
 * @typedef {import('../engine/index.js').Engine} Engine
 * @typedef {import('../state/stack/store.js').StackState} StackState
 * @typedef {import('../engine/stack.js').Stack} Stack
 * @typedef {import('../engine/stack.js').StackLayer} StackLayer
 * @typedef {{ layer: number, field: string, repairs: import('../engine/stack.js').Repair[],
 *   refusal: import('../i18n/refusal.js').Sentence | null, typed: import('../state/stack/layers.js').FieldProblem | null }}
 *   StackProblem the first layer that fails: refused by the engine, or not to be read
 * @typedef {{ field: import('../engine/stack.js').ReceptiveField, overlap: import('../engine/stack.js').OverlapMap[] }} SeenMaps
 * @typedef {object} Seen what one cell of one layer's output sees, and how evenly all of them are reached
 * @property {number} layer
 * @property {number[]} cell
 * @property {number[]} size of the output, per spatial axis
 * @property {SeenMaps | { refusal: import('../i18n/refusal.js').Sentence }} found refused: it would take too long
 * @typedef {{ found: import('../engine/stack.js').SizeAnswers } | { wrong: string[] } |
 *   { refusal: import('../i18n/refusal.js').Sentence & { field: string } }} Solved
 * @typedef {object} Mended
 * @property {number} layer
 * @property {ReturnType<Engine['repair']>|null} found null: no size is aimed at, or it is refused
 * @property {import('../i18n/refusal.js').Refusal|null} refusal of the size, or what cannot be read in it
 * @typedef {object} StackModel
 * @property {StackState} state
 * @property {StackLayer[]} layers as far as they can be read
 * @property {number[]|null} inputShape null: it cannot be read
 * @property {import('../i18n/refusal.js').Refusal|null} inputRefusal
 * @property {Stack|null} result
 * @property {StackProblem|null} problem
 * @property {() => Seen|null} seen
 * @property {() => Solved} solved
 * @property {() => Mended} mended what gives a layer the size that is aimed at
 */

const UNREAD = { id: 'stack.goal.unread', values: {} };

/** Of an input: no machine holds more. */
const MOST_VALUES = 2 ** 40;
const HUGE = { id: 'stack.error.hugeShape', values: {} };

/** @param {Engine} engine */
export function createStackModel(engine) {
  const infer = kept((/** @type {StackState['layers']} */ edited, /** @type {string} */ text) => {
    const { layers, problem: typed } = readLayers(edited);
    const inputShape = readShape(text);
    const base = { layers, inputShape, inputRefusal: null, result: null, problem: null };
    if (!inputShape) return base;
    if (sizeOf(inputShape) > MOST_VALUES) return { ...base, inputRefusal: HUGE };
    try {
      const result = engine.stack(layers, inputShape);
      return { ...base, result, problem: problemOf(result, typed) };
    } catch (error) {
      return { ...base, inputRefusal: refusalOf(error) };
    }
  });

  /** @param {StackLayer[]} layers @param {number[]} inputShape @param {number} layer @param {number[]} cell @returns {Seen['found']} */
  const mapsOf = (layers, inputShape, layer, cell) => {
    try {
      const field = engine.receptiveField(layers, inputShape, { layer, cell });
      return { field, overlap: engine.overlap(layers, inputShape, layer) };
    } catch (error) {
      return { refusal: refusalOf(error) };
    }
  };

  const see = kept(
    (
      /** @type {ReturnType<typeof infer>} */ { layers, inputShape, result },
      /** @type {number} */ chosen,
      /** @type {StackState['cell']} */ wanted,
    ) => {
      const layer = chosen >= 0 && chosen < (result?.layers.length ?? 0) ? chosen : lastOf(result);
      if (!result || !inputShape || layer < 0) return null;
      const { axes } = result.layers[layer];
      const size = axes.length ? axes.map(({ output }) => output) : [1];
      const isThere = wanted?.length === size.length && wanted.every((at, i) => at < size[i]);
      const cell = isThere && wanted ? [...wanted] : size.map((n) => Math.floor(n / 2));
      return { layer, cell, size, found: mapsOf(layers, inputShape, layer, cell) };
    },
  );

  const solve = kept((/** @type {StackState['question']} */ typed) => {
    const read = readQuestion(typed);
    if ('wrong' in read) return read;
    try {
      return { found: engine.solve(read.question) };
    } catch (error) {
      return { refusal: refusalOf(error) };
    }
  });

  const mend = kept(
    (
      /** @type {ReturnType<typeof infer>} */ { layers, inputShape },
      /** @type {StackState['goal']} */ goal,
    ) => {
      const layer = Math.min(goal.layer ?? layers.length - 1, layers.length - 1);
      const size = readShape(goal.size);
      if (!size && goal.size.trim()) return { layer, found: null, refusal: UNREAD };
      if (!size || !inputShape || layer < 0) return { layer, found: null, refusal: null };
      try {
        const found = engine.repair({ layers, inputShape, layer, size, limit: 20 });
        return { layer, found, refusal: null };
      } catch (error) {
        return { layer, found: null, refusal: refusalOf(error) };
      }
    },
  );

  /** @param {StackState} state @returns {StackModel} */
  return (state) => {
    const inferred = infer(state.layers, state.shape);
    const chosen = state.layers.findIndex(({ id }) => id === state.selected);
    return {
      ...{ state, ...inferred },
      seen: () => see(inferred, chosen, state.cell),
      solved: () => solve(state.question),
      mended: () => mend(inferred, state.goal),
    };
  };
}

/** Arguments that stand for what the engine's tensors are called. @type {Record<string, string>} */
const NAMES = { input: 'inChannels', weight: 'kernelSize', bias: 'outChannels' };

/** @param {Stack|null} result */
const lastOf = (result) => (result?.layers.length ?? 0) - 1;

/** @param {Stack} result @param {import('../state/stack/layers.js').FieldProblem|null} typed @returns {StackProblem|null} */
function problemOf({ failure }, typed) {
  if (failure) {
    const { layer, repairs } = failure;
    const field = NAMES[failure.field] ?? failure.field;
    return { layer, field, repairs, refusal: failure, typed: null };
  }
  return typed && { layer: typed.layer, field: typed.field, repairs: [], refusal: null, typed };
}
