// The script of the worker: an engine of its own, which computes what background.js sends, one thing after another.
// Takes a Task; gives { share } while it computes, then { value }, { refusal } or { failure }.
import { buffersOf } from './copies.js';
import { coreOf } from './core.js';
import { ConvError } from './error.js';
import { load } from './load.js';
import { stacksOf } from './stack.js';
import { textOf } from './text.js';

/**
 * @typedef {object} Task what the worker is asked for
 * @property {string} [wasmUrl] where the .wasm is hosted, if not beside its loader
 * @property {string} name a function of the engine; 'layer': of the layer of that number
 * @property {any[]} args what it is called with
 * @property {number} [layer]
 * @property {any} [request] of that layer, the first time
 * @property {boolean} [tells] whether somebody wants to know how far it is
 */

/** @typedef {{ ready: true } | { share: number } | { value: any } | { refusal: import('./error.js').Refusal } | { failure: string }} Told */

/** Of a browser's worker, or of Node's. @type {any} */
const port =
  'postMessage' in globalThis
    ? globalThis
    : /** @type {any} */ (process).getBuiltinModule('node:worker_threads').parentPort;

/** @param {Told} told @param {Iterable<ArrayBuffer>} [buffers] handed over */
const tell = (told, buffers = []) => port.postMessage(told, [...buffers]);

/** @type {Map<number, import('./layer.js').Layer>} */
const layers = new Map();

/** @param {string} [wasmUrl] */
async function engineOf(wasmUrl) {
  const raw = /** @type {Required<import('./load.js').RawEngine>} */ (await load(true, wasmUrl));
  return { raw, engine: { ...coreOf(raw), ...textOf(raw), ...stacksOf(raw) } };
}

/** @param {Task} task */
async function compute({ wasmUrl, name, args, layer, request, tells }) {
  const { raw, engine } = await engineOf(wasmUrl);
  if (layer !== undefined && request) layers.set(layer, engine.layer(request));
  const made = layer === undefined ? undefined : layers.get(layer);
  if (name === 'dispose') {
    made?.dispose();
    layers.delete(/** @type {number} */ (layer));
    return;
  }
  raw.onProgress(tells ? (/** @type {number} */ share) => tell({ share }) : null);
  const value = made ? made.run(args[0]) : /** @type {any} */ (engine)[name](...args);
  tell({ value }, buffersOf(value));
}

/** @param {Task} task */
async function answer(task) {
  try {
    await compute(task);
  } catch (error) {
    if (error instanceof ConvError) tell({ refusal: { ...error, message: error.message } });
    else tell({ failure: error instanceof Error ? error.message : String(error) });
  }
}

const listen = (/** @type {(task: Task) => void} */ take) =>
  port === globalThis
    ? port.addEventListener('message', (/** @type {MessageEvent<Task>} */ { data }) => take(data))
    : port.on('message', take);
listen(answer);
tell({ ready: true });
