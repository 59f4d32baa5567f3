// States of all kinds with the output the engine gives, for the tests of what is written from a state. The same
// seed gives the same states.
import { ConvError, createEngine } from '../../web/engine/index.js';
import { makeState } from '../../web/state/initial.js';
import { readSettings, requestOf } from '../../web/state/settings.js';
import { seeded } from '../../web/state/tensors.js';

/**
 * @param {number} count @param {number} seed
 * @returns {Promise<{ state: import('../../web/state/store.js').State, output: { shape: number[], data: Float64Array } }[]>}
 */
export async function statesOf(count, seed) {
  const engine = await createEngine();
  const random = seeded(seed);
  const whole = (/** @type {number} */ from, /** @type {number} */ to) =>
    from + Math.floor(random() * (to - from + 1));
  const pick = (/** @type {any[]} */ list) => list[whole(0, list.length - 1)];
  const found = [];
  while (found.length < count) {
    const state = randomState(random, whole, pick);
    const { values, errors } = readSettings(state);
    if (errors.length) continue;
    try {
      const output = /** @type {any} */ (engine.run(requestOf(state, values)));
      if (output.data.length > 0 && output.data.length < 3000) found.push({ state, output });
    } catch (error) {
      if (!(error instanceof ConvError)) throw error; // a state that PyTorch refuses
    }
  }
  return found;
}

/**
 * @param {() => number} random
 * @param {(from: number, to: number) => number} whole
 * @param {(list: any[]) => any} pick
 */
function randomState(random, whole, pick) {
  const axes = whole(1, 3);
  const transposed = random() < 0.5;
  const per = (/** @type {number} */ from, /** @type {number} */ to) =>
    Array.from({ length: axes }, () => whole(from, to));
  const groups = pick([1, 1, 2, 3]);
  const paddingKind = pick(transposed ? ['each', 'pairs'] : ['each', 'pairs', 'same', 'valid']);
  const config = {
    op: `conv${transposed ? '_transpose' : ''}${axes}d`,
    inputSize: per(1, 7),
    kernelSize: per(1, 4),
    stride: paddingKind === 'same' ? 1 : per(1, 3),
    padding: per(-1, 3),
    paddingEnd: per(-1, 3),
    dilation: random() < 0.5 ? 1 : per(1, 3),
    outputPadding: per(0, 2),
    groups,
    inChannels: groups * whole(1, 2),
    outChannels: groups * whole(1, 2),
    batch: whole(1, 2),
    paddingKind,
    paddingMode: transposed
      ? 'zeros'
      : pick(['zeros', 'zeros', 'reflect', 'replicate', 'circular']),
    flip: random() < 0.3,
  };
  const value = random() < 0.5 ? () => whole(-4, 5) : () => random() * 4 - 2;
  const empty = makeState(config);
  return makeState({
    ...config,
    input: Array.from(empty.input.data, value),
    weight: Array.from(empty.weight.data, value),
    bias: random() < 0.5 ? Array.from(empty.bias.data, value) : undefined,
  });
}
