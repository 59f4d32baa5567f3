// One layer, in a thread that has computed nothing else: how much memory each engine's module has taken then. A module's
// memory only grows, so that is its high-water mark. In: the index of the layer; out: bytes by engine.
import { parentPort, workerData } from 'node:worker_threads';
import { LAYERS } from './layers.js';

/** Every memory that a module has made or was given. @type {Set<WebAssembly.Memory>} */
const memories = new Set();

const { Memory, instantiate } = WebAssembly;
WebAssembly.Memory = new Proxy(Memory, {
  construct(target, args) {
    const memory = new target(/** @type {any} */ (args[0]));
    memories.add(memory);
    return memory;
  },
});
WebAssembly.instantiate = /** @type {any} */ (
  async (/** @type {any} */ source, /** @type {any} */ imports) => {
    const made = /** @type {any} */ (await instantiate(source, imports));
    const { exports } = made.instance ?? made;
    for (const value of Object.values(exports)) if (value instanceof Memory) memories.add(value);
    return made;
  }
);

/** @type {(number | null)[]} */
const bytes = [];
for (const name of ['convscope', 'onnxruntime', 'tensorflow']) {
  memories.clear();
  const engine = await import(`./${name}.js`);
  const prepared = await engine.prepare(LAYERS[workerData]);
  await prepared?.run();
  const all = [...memories].map(({ buffer }) => buffer.byteLength);
  bytes.push(prepared ? all.reduce((sum, each) => sum + each, 0) : null);
}
parentPort?.postMessage(bytes);
