// The measurements themselves, for Node and for a page alike: this engine beside the others on one layer, what its
// module could do at most, and how it grows. Gives numbers; writes nothing.
import { layersOf } from '../../../web/engine/layer.js';
import { hasRelaxedSimd } from '../../../web/engine/load.js';
import * as convscope from './convscope.js';
import { LAYERS, multiplyAdds, numbersOf, outputShape } from './layers.js';
import { measure, median } from './measure.js';
import * as onnxruntime from './onnxruntime.js';
import * as tensorflow from './tensorflow.js';

const ENGINES = [convscope, onnxruntime, tensorflow];

/** A module of this engine that has computed nothing yet, in the build that is used here. @returns {Promise<any>} */
async function freshModule() {
  const { default: create } = await (hasRelaxedSimd()
    ? import('#wasm/convscope-relaxed.mjs')
    : import('#wasm/convscope.mjs'));
  return create();
}

/** Floating-point operations in a turn of the loop that stays in registers. */
const PER_TURN = 80;

/** The module of that loop. @type {any} */
let registers;

/** Of the registers alone, in GFLOP/s, and which build is measured. */
export async function peak() {
  const raw = await freshModule();
  const times = 20_000;
  const turns = 200; // some milliseconds: browsers round their clock to a tenth of one
  /** @type {number[]} */
  const rates = [];
  for (let at = 0; at < 120; at++) {
    const from = performance.now();
    for (let turn = 0; turn < turns; turn++) raw._convscope_multiply_add_only(times, 0.5, 1);
    rates.push((turns * times * PER_TURN) / (performance.now() - from) / 1e6);
  }
  return { peak: median(rates.slice(60)), build: hasRelaxedSimd() ? 'relaxed' : 'plain' };
}

/** The largest difference of two results, as a share of the largest number; the second may have channels last. */
function difference(
  /** @type {Float32Array} */ a,
  /** @type {Float32Array} */ b,
  /** @type {import('./layers.js').BenchLayer} */ layer,
  /** @type {boolean} */ last,
) {
  const [, channels, height, width] = outputShape(layer);
  const plane = height * width;
  let most = 0;
  let largest = 0;
  for (let at = 0; at < a.length; at++) {
    const other = last ? (at % plane) * channels + Math.floor(at / plane) : at;
    most = Math.max(most, Math.abs(a[at] - b[other]));
    largest = Math.max(largest, Math.abs(b[other]));
  }
  return most / largest;
}

/**
 * @param {number} index of the layer @param {number} milliseconds to spend
 * @returns {Promise<number[]>} milliseconds of a call, by engine, of this one where its output is reused, and of as many
 *   multiply-adds in registers alone; NaN where one cannot. In the same turns, since the machine's own speed changes by the minute
 */
export async function timesOf(index, milliseconds) {
  const layer = LAYERS[index];
  /** @type {any[]} */
  const prepared = [];
  for (const engine of ENGINES) prepared.push(await engine.prepare(layer));
  const results = [];
  for (const engine of prepared) results.push(engine && (await engine.run()));
  for (const at of [1, 2]) {
    if (!results[at]) continue;
    const off = difference(results[0], results[at], layer, Boolean(prepared[at].channelsLast));
    if (off > 1e-5)
      throw new Error(`${layer.name}: ${ENGINES[at].name} gives other numbers (${off})`);
  }
  prepared.push({ run: prepared[0].runAgain, dispose() {} });
  registers ??= await freshModule();
  const turns = Math.ceil((2 * multiplyAdds(layer)) / PER_TURN);
  prepared.push({
    run: () => void registers._convscope_multiply_add_only(turns, 0.5, 1),
    dispose() {},
  });
  const times = await measure(prepared, milliseconds);
  for (const engine of prepared) await engine?.dispose();
  return times;
}

/**
 * A 3×3 layer of 64 channels on a square image, in a module of its own.
 * @param {number} side @param {number} milliseconds to spend
 * @returns {Promise<{ time: number, multiplyAdds: number, bytes: number }>} bytes of memory that the module has then: it
 *   only grows
 */
export async function growthOf(side, milliseconds) {
  const layer = { ...LAYERS[1], input: [1, 64, side, side] };
  const { input, weight } = numbersOf(layer);
  const raw = await freshModule();
  const made = layersOf(raw)({
    ...{ op: 'conv2d', padding: 1 },
    weight: { shape: layer.weight, data: weight },
  });
  const x = { shape: layer.input, data: input };
  const [time] = await measure([{ run: () => made.run(x), dispose() {} }], milliseconds);
  return { time, multiplyAdds: side * side * 64 * 64 * 9, bytes: raw.arena().buffer.byteLength };
}
