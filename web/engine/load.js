// Loads a WebAssembly module once: the whole engine, the faster build where it runs, or its core.
// Takes the address of the .wasm, if it is hosted elsewhere; gives the module's raw functions. Never
// used outside this folder.

/**
 * A module of 40 bytes whose only function uses a relaxed SIMD instruction (f32x4.relaxed_madd):
 * valid exactly where the faster build is.
 */
const RELAXED_SIMD_PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 19, 1, 17, 0, 65, 0, 253, 15,
  65, 0, 253, 15, 65, 0, 253, 15, 253, 133, 2, 11,
]);

export const hasRelaxedSimd = () => WebAssembly.validate(RELAXED_SIMD_PROBE);

/**
 * @typedef {object} RawEngine the functions of cpp/bindings/; each gives { value } or { error }
 * @property {(request: unknown) => Reply} inferShape
 * @property {(request: unknown) => Reply} run
 * @property {(request: unknown, options: unknown) => Reply} trace
 * @property {(request: unknown, selection: unknown) => Reply} contributions
 * @property {(request: unknown, gradOutput: unknown) => Reply} gradients
 * @property {(request: unknown) => Reply} agreement
 * @property {(request: unknown) => Reply} coverage
 * @property {(request: unknown) => Reply} sizes
 * @property {() => import('./types.js').Limits} limits
 * @property {() => import('./types.js').ErrorCode[]} errorCodes
 * @property {(listener: ((share: number) => void) | null) => void} [onProgress] listens to what is computed from here on;
 *   missing in the core, as are all that follow
 * @property {(text: string, options: unknown) => Reply} [parse]
 * @property {(actual: unknown, expected: unknown, options: unknown) => Reply} [compare]
 * @property {(request: unknown) => Reply} [makeLayer]
 * @property {(layer: number, input: unknown) => Reply} [planLayer]
 * @property {(layer: number) => void} [disposeLayer]
 * @property {() => Float32Array<ArrayBuffer>} [arena] of the module's memory: invalid once that grows
 * @property {(layer: number) => number} [_convscope_run_layer] 0: the reference must compute it
 * @property {(layer: number, input: unknown) => Reply} [runLayerByReference]
 * @property {(request: unknown, expected: unknown, options: unknown) => Reply} [diagnose]
 * @property {(layers: unknown, inputShape: unknown) => Reply} [stack]
 * @property {(layers: unknown, inputShape: unknown, query: unknown) => Reply} [receptiveField]
 * @property {(layers: unknown, inputShape: unknown, layer: unknown) => Reply} [overlap]
 * @property {(question: unknown) => Reply} [solve]
 * @property {(question: unknown) => Reply} [repair]
 * @property {(layers: unknown, input: unknown, options: unknown) => Reply} [runStack]
 * @property {(text: unknown) => Reply} [parseStack]
 */

/** @typedef {{ value?: any, error?: import('./error.js').Refusal }} Reply */

/** @type {Map<string, Promise<RawEngine>>} */
const loaded = new Map();

/**
 * @param {boolean} whole with all functions, else those of the core
 * @param {string} [wasmUrl] where the .wasm is, if not beside its loader
 * @returns {Promise<RawEngine>} the same one for the same part and address
 */
export function load(whole, wasmUrl = '') {
  const key = `${whole} ${wasmUrl}`;
  let module = loaded.get(key);
  if (!module) {
    module = instantiate(whole, wasmUrl).catch((cause) => {
      loaded.delete(key); // so that another try is possible
      throw new Error(`The Convscope engine could not be loaded: ${cause.message ?? cause}`, {
        cause,
      });
    });
    loaded.set(key, module);
  }
  return module;
}

/**
 * @param {boolean} whole
 * @param {string} wasmUrl
 */
async function instantiate(whole, wasmUrl) {
  const relaxed = !wasmUrl && hasRelaxedSimd();
  const { default: create } = await (!whole
    ? import('#wasm/convscope-core.mjs')
    : relaxed
      ? import('#wasm/convscope-relaxed.mjs')
      : import('#wasm/convscope.mjs'));
  return create(wasmUrl ? { locateFile: () => wasmUrl } : {});
}
