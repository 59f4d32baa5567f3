// The npm entry: convolutions by the C++ engine. Takes requests as core.js, text.js and types.js describe them;
// gives plain objects that nobody must free, or throws a ConvError. Computes nothing itself.
import { coreOf } from './core.js';
import { ConvError } from './error.js';
import { load } from './load.js';
import { stacksOf } from './stack.js';
import { textOf } from './text.js';

export { ConvError };

/** @typedef {import('./types.js').Request} Request */
/** @typedef {import('./types.js').Op} Op */
/** @typedef {import('./types.js').Method} Method */
/** @typedef {import('./types.js').TensorInput} TensorInput */
/** @typedef {import('./types.js').TensorOutput} TensorOutput */
/** @typedef {import('./types.js').Geometry} Geometry */
/** @typedef {import('./types.js').Trace} Trace */
/** @typedef {import('./types.js').Item} Item */
/** @typedef {import('./types.js').Comparison} Comparison */
/** @typedef {import('./types.js').Diagnosis} Diagnosis */
/** @typedef {import('./layer.js').Layer} Layer */
/** @typedef {import('./core.js').CoreEngine} CoreEngine */
/** @typedef {import('./text.js').TextEngine} TextEngine */
/** @typedef {import('./stack.js').StackEngine} StackEngine */
/** @typedef {CoreEngine & TextEngine & StackEngine} Engine */
/** @typedef {import('./background.js').Background} Background */
/** @typedef {import('./background.js').BackgroundLayer} BackgroundLayer */
/** @typedef {import('./background.js').Watching} Watching */

/** @type {WeakMap<object, CoreEngine>} */
const engines = new WeakMap();

/**
 * Loads the engine: each part once per address, however often it is called. The whole is more than twice as large as
 * its core, which has everything but `parse`, `compare`, `diagnose` and `layer`: a page may begin with the core and
 * ask for the whole where it needs more.
 *
 * @template {'all' | 'core'} [Part='all']
 * @param {object} [options]
 * @param {Part} [options.part='all'] `'all'` or `'core'`
 * @param {string | URL} [options.wasmUrl] where its `.wasm` (`convscope.wasm`, `convscope-core.wasm`) is hosted, if not
 *   beside the script
 * @returns {Promise<Part extends 'core' ? CoreEngine : Engine>} frozen; its functions need no `this`
 * @throws {Error} where the `.wasm` cannot be fetched or compiled; the next call tries again
 * @example
 * import { createEngine } from 'convscope';
 *
 * const engine = await createEngine();
 * const request = {
 *   op: 'conv_transpose2d',
 *   input: { shape: [1, 1, 2, 2], data: new Float32Array([1, 2, 0, 1]) },
 *   weight: { shape: [1, 1, 3, 3], data: new Float32Array([1, 0, 1, 1, 1, 0, 0, 0, 1]) },
 *   stride: 2,
 * };
 * engine.run(request).shape; // → [1, 1, 5, 5]
 */
export async function createEngine({ part, wasmUrl } = {}) {
  const raw = await load(part !== 'core', wasmUrl === undefined ? undefined : String(wasmUrl));
  let engine = engines.get(raw);
  if (!engine) {
    const whole = /** @type {Required<typeof raw>} */ (raw);
    engine = Object.freeze({
      ...coreOf(raw),
      ...(raw.parse ? { ...textOf(whole), ...stacksOf(whole) } : {}),
    });
    engines.set(raw, engine);
  }
  return /** @type {any} */ (engine);
}

/**
 * The whole engine with promises, so that a page never stands still: what would take longer than half a frame, by its
 * sizes, is computed by a worker, which is started when it is first needed; what is short is computed at once, in place.
 * Requests that go to the worker wait for each other, in order. Where there can be no worker (a policy without
 * `worker-src`, Node before 20.16), everything is computed in place.
 *
 * @param {object} [options]
 * @param {string | URL} [options.wasmUrl] where the `.wasm` is hosted, as in `createEngine`
 * @param {string | URL} [options.workerUrl] where the package's `worker.js` is hosted, if not beside the script
 * @returns {Promise<Background>} frozen; its functions need no `this`
 * @throws {Error} where the engine cannot be loaded in this thread
 * @example
 * const background = await createBackground();
 * const controller = new AbortController(); // its abort() takes the request back
 * const { shape } = await background.run(request, { signal: controller.signal });
 * shape; // → [1, 1, 5, 5]
 */
export async function createBackground({ wasmUrl, workerUrl } = {}) {
  const [engine, { backgroundOf }] = await Promise.all([
    createEngine({ wasmUrl }),
    import('./background.js'),
  ]);
  const base = globalThis.document?.baseURI; // the worker's is another
  return backgroundOf(engine, {
    refused: (refusal) => new ConvError(refusal),
    wasmUrl: wasmUrl === undefined ? undefined : base ? new URL(wasmUrl, base).href : `${wasmUrl}`,
    workerUrl: workerUrl === undefined ? undefined : `${workerUrl}`,
  });
}
