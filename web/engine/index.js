// The npm entry: convolutions by the C++ engine. Takes requests as docs and types.js describe them;
// gives plain objects that nobody must free, or throws a ConvError. Computes nothing itself.
import { ConvError } from './error.js';
import { layersOf } from './layer.js';
import { load } from './load.js';
import { stacksOf } from './stack.js';

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
/** @typedef {import('./stack.js').StackLayer} StackLayer */
/** @typedef {import('./stack.js').Stack} Stack */
/** @typedef {import('./stack.js').StackLayerResult} StackLayerResult */
/** @typedef {import('./stack.js').StackFailure} StackFailure */
/** @typedef {import('./stack.js').Repair} Repair */
/** @typedef {import('./stack.js').ReceptiveField} ReceptiveField */
/** @typedef {import('./stack.js').SizeAnswers} SizeAnswers */
/** @typedef {import('./stack.js').StackRun} StackRun */

/**
 * @typedef {object} CoreEngine
 * @property {(request: Request) => import('./types.js').Geometry} inferShape sizes and the terms of
 *   their formulas; tensors need no data
 * @property {(request: Request) => import('./types.js').TensorOutput} run the output
 * @property {(request: Request, options: import('./types.js').TraceOptions) =>
 *   import('./types.js').Trace} trace every map between input and output
 * @property {(request: Request, selection: { method: import('./types.js').Method, output?: number,
 *   input?: number, weight?: number }) => import('./types.js').Contributions} contributions the
 *   products of one output cell, or those one input cell or one weight takes part in
 * @property {(request: Request, gradOutput: import('./types.js').TensorInput) => { input:
 *   import('./types.js').TensorOutput, weight: import('./types.js').TensorOutput, bias:
 *   import('./types.js').TensorOutput | null }} gradients the backward pass
 * @property {(request: Request) => import('./types.js').Agreement} agreement whether all methods give
 *   the same output: their largest differences, computed
 * @property {(request: Request) => import('./types.js').Coverage} coverage how many inputs reach each
 *   output position; tensors need no data
 * @property {(request: Request) => import('./types.js').AxisSizes[]} sizes per axis which sizes fall
 *   together; tensors need no data
 * @property {Readonly<import('./types.js').Limits>} limits
 * @property {readonly import('./types.js').ErrorCode[]} errorCodes every code a ConvError can have
 */

/**
 * @typedef {object} TextEngine what only the whole engine has
 * @property {(text: string, options?: import('./types.js').ParseOptions) => { items:
 *   import('./types.js').Item[] }} parse what a pasted text holds: tensors, layers, shapes and error
 *   messages, in order
 * @property {(actual: import('./types.js').TensorInput, expected: import('./types.js').Expected,
 *   options?: { rtol?: number, atol?: number }) => import('./types.js').Comparison} compare whether a
 *   tensor is the one expected, as far as that is shown and to the digits that were printed
 * @property {(request: Request, expected: import('./types.js').Expected, options?:
 *   import('./types.js').DiagnoseOptions) => import('./types.js').Diagnosis} diagnose why the
 *   request's output is not the expected one: causes, each with the changes that reproduce it
 * @property {(request: Omit<Request, 'input'>) => Layer} layer one layer for many inputs, fast
 */

/** @typedef {CoreEngine & TextEngine & import('./stack.js').StackEngine} Engine */

/** @type {WeakMap<object, CoreEngine>} */
const engines = new WeakMap();

/**
 * Loads the engine, or the smaller module with its core: each once per address, however often it is
 * called. The page begins with the core and asks for the whole where it needs more.
 *
 * @overload
 * @param {{ part: 'core', wasmUrl?: string | URL }} options wasmUrl: where convscope-core.wasm is
 *   hosted, if not beside its loader
 * @returns {Promise<CoreEngine>}
 */
/**
 * @overload
 * @param {{ part?: 'all', wasmUrl?: string | URL }} [options] wasmUrl: where convscope.wasm is
 *   hosted, if not beside its loader
 * @returns {Promise<Engine>}
 */
/**
 * @param {{ part?: 'all' | 'core', wasmUrl?: string | URL }} [options]
 * @returns {Promise<CoreEngine>}
 */
export async function createEngine({ part = 'all', wasmUrl } = {}) {
  const raw = await load(part !== 'core', wasmUrl === undefined ? undefined : String(wasmUrl));
  let engine = engines.get(raw);
  if (!engine) {
    engine = Object.freeze({
      ...coreOf(raw),
      ...(raw.parse ? { ...textOf(raw), ...stacksOf(raw, unwrap) } : {}),
    });
    engines.set(raw, engine);
  }
  return engine;
}

/**
 * @param {import('./load.js').RawEngine} raw
 * @returns {CoreEngine}
 */
const coreOf = (raw) => ({
  inferShape: (request) => unwrap(raw.inferShape(request)),
  run: (request) => unwrap(raw.run(request)),
  trace: (request, options) => unwrap(raw.trace(request, options)),
  contributions: (request, selection) => unwrap(raw.contributions(request, selection)),
  gradients: (request, gradOutput) => unwrap(raw.gradients(request, gradOutput)),
  agreement: (request) => unwrap(raw.agreement(request)),
  coverage: (request) => unwrap(raw.coverage(request)),
  sizes: (request) => unwrap(raw.sizes(request)),
  limits: Object.freeze(raw.limits()),
  errorCodes: Object.freeze(raw.errorCodes()),
});

/**
 * @param {import('./load.js').RawEngine} raw of the whole engine
 * @returns {TextEngine}
 */
const textOf = (raw) => {
  const whole = /** @type {Required<typeof raw>} */ (raw);
  const { parse, compare, diagnose } = whole;
  return {
    layer: layersOf(whole, unwrap),
    parse: (text, options) => unwrap(parse(text, options)),
    compare: (actual, expected, options) => unwrap(compare(actual, expected, options)),
    diagnose: (request, expected, options) => unwrap(diagnose(request, expected, options)),
  };
};

/** @param {import('./load.js').Reply} reply */
function unwrap({ value, error }) {
  if (error) throw new ConvError(error);
  return value;
}
