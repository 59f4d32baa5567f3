// What the core of the engine can do, each function with all that is to be known of it: the reference on the site and
// the types of the npm package are made from these comments, and a test runs their examples. Takes the raw module;
// computes nothing itself.
import { unwrap } from './error.js';

/** @typedef {import('./types.js').Request} Request */
/** @typedef {import('./types.js').TensorInput} TensorInput */
/** @typedef {import('./types.js').TensorOutput} TensorOutput */
/** @typedef {import('./types.js').Geometry} Geometry */
/** @typedef {import('./types.js').TraceOptions} TraceOptions */
/** @typedef {import('./types.js').Trace} Trace */
/** @typedef {import('./types.js').Selection} Selection */
/** @typedef {import('./types.js').Contributions} Contributions */
/** @typedef {import('./types.js').Gradients} Gradients */
/** @typedef {import('./types.js').Agreement} Agreement */
/** @typedef {import('./types.js').Coverage} Coverage */
/** @typedef {import('./types.js').AxisSizes} AxisSizes */
/** @typedef {import('./types.js').Limits} Limits */
/** @typedef {import('./types.js').ErrorCode} ErrorCode */

/** @param {import('./load.js').RawEngine} raw */
export const coreOf = (raw) => ({
  /**
   * The output's shape, and every term of the size formula per axis.
   *
   * @param {Request} request its tensors need no `data`
   * @returns {Geometry} what the formulas are made of
   * @throws {ConvError} where PyTorch would refuse the request, in its order of checks
   * @example
   * const { outputShape, axes, parameters } = engine.inferShape(request);
   * outputShape; // → [1, 1, 5, 5]
   * axes[0].zeroInserted; // → 3
   * parameters; // → { weight: 9, bias: 0, total: 9 }
   */
  inferShape: (request) => unwrap(raw.inferShape(request)),

  /**
   * The output. Products are summed in float64 and rounded once, to float32 if the request's tensors are float32.
   *
   * @param {Request} request its tensors with `data`
   * @returns {TensorOutput} in the type of the request's tensors
   * @throws {ConvError} as `inferShape`; `data_missing` where a tensor has no numbers, `limit_operations` where there
   *   are too many products
   * @example
   * const { shape, data } = engine.run(request);
   * shape; // → [1, 1, 5, 5]
   * data.slice(0, 5); // → [1, 0, 3, 0, 2]
   */
  run: (request) => unwrap(raw.run(request)),

  /**
   * Every map between input and output, as one method makes them, and which product makes which cell.
   *
   * @param {Request} request its tensors with `data`
   * @param {TraceOptions} options the method, and how much of it
   * @returns {Trace} named maps, and the products as flat lists
   * @throws {ConvError} as `run`; `unknown_method`, `method_not_applicable`; `limit_elements` where a map would be too
   *   large. Too many products are no error: `contributions` is null then
   * @example
   * const { maps, contributions } = engine.trace(request, { method: 'zero-insertion' });
   * Object.keys(maps); // → ['zeroInserted', 'paddedInput', 'flippedWeight', 'output']
   * maps.zeroInserted.data; // → [1, 0, 2, 0, 0, 0, 0, 0, 1]
   * maps.zeroInserted.source; // → [0, -2, 1, -2, -2, -2, 2, -2, 3]
   * maps.flippedWeight.data; // → [1, 0, 0, 0, 1, 1, 1, 0, 1]
   * contributions.product.length; // → 225
   */
  trace: (request, options) => unwrap(raw.trace(request, options)),

  /**
   * The products of one output cell, or all those in which one input cell or one weight takes part.
   *
   * @param {Request} request its tensors with `data`
   * @param {Selection} selection a method and one cell
   * @returns {Contributions} one entry per product
   * @throws {ConvError} as `run`; `unknown_method`, `method_not_applicable`; `index_out_of_range` where there is no such
   *   cell, `limit_contributions` where too many products are asked for
   * @example
   * const terms = engine.contributions(request, { method: 'scatter', output: 12 });
   * terms.input; // → [3, 2, 1, 0]
   * terms.weight; // → [0, 2, 6, 8]
   * terms.product; // → [1, 0, 0, 1]
   */
  contributions: (request, selection) => unwrap(raw.contributions(request, selection)),

  /**
   * The backward pass: what the loss says of the output, brought back to input, weight and bias.
   *
   * @param {Request} request its tensors with `data`
   * @param {TensorInput} gradOutput of the output's shape
   * @returns {Gradients} each of the shape of its tensor
   * @throws {ConvError} as `run`; `grad_output_shape`
   * @example
   * const ones = { shape: [1, 1, 5, 5], data: new Float32Array(25).fill(1) };
   * const { input, weight, bias } = engine.gradients(request, ones);
   * input.data; // → [5, 5, 5, 5]
   * weight.data; // → [4, 4, 4, 4, 4, 4, 4, 4, 4]
   * bias; // → null
   */
  gradients: (request, gradOutput) => unwrap(raw.gradients(request, gradOutput)),

  /**
   * Whether all methods give the same output, computed: how far each is from the direct one.
   *
   * @param {Request} request its tensors with `data`
   * @returns {Agreement} the difference of every method
   * @throws {ConvError} as `run`; a method that only a limit forbids is listed as skipped
   * @example
   * const { methods, largest } = engine.agreement(request);
   * methods.map(({ method }) => method); // → ['direct', 'zero-insertion', 'scatter', 'matrix', 'phases']
   * largest; // → 0
   */
  agreement: (request) => unwrap(raw.agreement(request)),

  /**
   * How many inputs reach each output position: why there are checkerboards.
   *
   * @param {Request} request its tensors need no `data`
   * @returns {Coverage} a count per position, and whether the counts are even
   * @throws {ConvError} as `inferShape`
   * @example
   * const { data, max, axes } = engine.coverage(request);
   * data.slice(10, 15); // → [2, 2, 4, 2, 2]
   * max; // → 4
   * axes[0].regular; // → false
   */
  coverage: (request) => unwrap(raw.coverage(request)),

  /**
   * Which sizes fall together, per axis: the inputs that give the same output, or what each output padding gives.
   *
   * @param {Request} request its tensors need no `data`
   * @returns {AxisSizes[]} one entry per spatial axis
   * @throws {ConvError} as `inferShape`
   * @example
   * const [height] = engine.sizes(request);
   * height.choices; // → [{ outputPadding: 0, output: 5, back: 2 }, { outputPadding: 1, output: 6, back: 2 }]
   */
  sizes: (request) => unwrap(raw.sizes(request)),

  /**
   * What is refused before any memory is taken.
   *
   * @type {Readonly<Limits>}
   * @example
   * engine.limits.elements; // → 33554432
   */
  limits: Object.freeze(raw.limits()),

  /**
   * Every code that a ConvError can have, with its meaning.
   *
   * @type {readonly ErrorCode[]}
   * @example
   * engine.errorCodes[0]; // → { code: 'missing_argument', meaning: 'A key that the request needs is missing.' }
   */
  errorCodes: Object.freeze(raw.errorCodes()),
});

/** @typedef {ReturnType<typeof coreOf>} CoreEngine */
