// What only the whole engine can do, documented as in core.js: reading what somebody pasted, comparing with it, finding
// out why it differs, and layers for many inputs.
import { unwrap } from './error.js';
import { layersOf } from './layer.js';

/** @typedef {import('./types.js').Request} Request */
/** @typedef {import('./types.js').TensorInput} TensorInput */
/** @typedef {import('./types.js').ParseOptions} ParseOptions */
/** @typedef {import('./types.js').Parsed} Parsed */
/** @typedef {import('./types.js').Expected} Expected */
/** @typedef {import('./types.js').CompareOptions} CompareOptions */
/** @typedef {import('./types.js').Comparison} Comparison */
/** @typedef {import('./types.js').DiagnoseOptions} DiagnoseOptions */
/** @typedef {import('./types.js').Diagnosis} Diagnosis */
/** @typedef {import('./layer.js').Layer} Layer */

/** @param {Required<import('./load.js').RawEngine>} raw of the whole engine */
export const textOf = (raw) => {
  const makeLayer = layersOf(raw);
  return {
    /**
     * What a pasted text holds, in order: printed tensors, layers, shapes and error messages of PyTorch, numpy, Keras,
     * JAX, Python, JSON, CSV and others.
     *
     * @param {string} text of any length that fits in memory; is data, never run
     * @param {ParseOptions} [options] what the text leaves open
     * @returns {Parsed} everything that was found
     * @throws {ConvError} `nothing_found`, `parse_error`, `ragged_rows`, `decimal_comma`, each with `line` and `column`
     * @example
     * const { items } = engine.parse('tensor([[1., 2.], [0., 1.]])');
     * items[0].kind; // → 'tensor'
     * items[0].shape; // → [2, 2]
     * items[0].data; // → [1, 2, 0, 1]
     */
    parse: (text, options) => unwrap(raw.parse(text, options)),

    /**
     * Whether a tensor is the one expected, as far as that is shown and to the digits that were printed.
     *
     * @param {TensorInput} actual with `data`
     * @param {Expected} expected a tensor, or an item of `parse`
     * @param {CompareOptions} [options] tolerances
     * @returns {Comparison} the verdict, the tolerance behind it, and the worst cells
     * @throws {ConvError} `data_missing`, `data_length`, `wrong_type`; where shapes do not fit, the verdict says so
     * @example
     * const actual = { shape: [2, 2], data: [1, 2, 0, 1.00004] };
     * const [expected] = engine.parse('[[1.0000, 2.0000], [0.0000, 1.0000]]').items;
     * const { verdict, maxAbs } = engine.compare(actual, expected);
     * verdict; // → 'match'
     * maxAbs < 0.0001; // → true
     */
    compare: (actual, expected, options) => unwrap(raw.compare(actual, expected, options)),

    /**
     * Why a request's output is not the expected one: causes alone and in pairs, the most plausible first.
     *
     * @param {Request} request one that is refused may be diagnosed too; without `data`, only shapes are explained
     * @param {Expected} expected a tensor, a shape, or an item of `parse`
     * @param {DiagnoseOptions} [options] tolerances, and how much to try
     * @returns {Diagnosis} causes, each with the changes that reproduce the expected output
     * @throws {ConvError} where a value has the wrong type, or data do not fit their shape
     * @example
     * const expected = engine.run({ ...request, flipKernel: true });
     * const { causes } = engine.diagnose(request, expected);
     * causes[0].ids; // → ['kernel_flipped']
     * engine.run({ ...request, ...causes[0].changes }).data; // → expected.data
     */
    diagnose: (request, expected, options) => unwrap(raw.diagnose(request, expected, options)),

    /**
     * One layer for many inputs: the weights are packed once, and float32 is summed in float32 by SIMD kernels, within
     * 1e-5 of the largest output. Float64, and numbers that would not come out right, are computed as by `run`.
     *
     * @param {Omit<Request, 'input'>} request everything but the input
     * @returns {Layer} `run(input)` gives the output, `dispose()` frees the weights
     * @throws {ConvError} as `run`; `layer_disposed` by a `run` after `dispose`
     * @example
     * const { input, ...rest } = request;
     * const layer = engine.layer(rest);
     * layer.run(input).shape; // → [1, 1, 5, 5]
     * layer.run({ shape: [1, 1, 3, 3], data: new Float32Array(9) }).shape; // → [1, 1, 7, 7]
     * layer.dispose();
     */
    layer: (request) => makeLayer(request),
  };
};

/** @typedef {ReturnType<typeof textOf>} TextEngine */
