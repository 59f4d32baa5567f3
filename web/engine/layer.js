// A layer for speed: weights packed once in the module's memory, inputs copied in, outputs copied out.
// Takes the raw module; gives { run, dispose }. Computes nothing, and checks only whether an input is
// like the one before: any other goes to the module, which checks it as every request.
import { unwrap } from './error.js';

/** @typedef {import('./types.js').TensorInput} TensorInput */
/** @typedef {import('./types.js').TensorOutput} TensorOutput */
/**
 * @typedef {object} Layer
 * @property {(input: TensorInput, spare?: TensorOutput) => TensorOutput} run the output; the shape may change
 *   from call to call, which packs the weights anew. `spare` is an output that nobody reads any more: where it has
 *   as many numbers, they are overwritten, so that no memory is asked for: browsers take up to some milliseconds
 *   for each new megabyte
 * @property {() => void} dispose frees the weights; no run after that
 */

/**
 * @typedef {{ shape: number[], length: number, begin: number, end: number, result?: TensorOutput }} Plan the
 *   output's shape, the input's length, and the output's place in the arena; or the result itself
 */

/** @param {ArrayLike<number>} a @param {ArrayLike<number>} b */
function equals(a, b) {
  if (a.length !== b.length) return false;
  for (let at = 0; at < b.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

/**
 * The output's numbers in memory of their own. Without `spare` by one slice of the arena: a view first takes
 * browsers longer than a tiny layer.
 * @param {Float32Array} arena @param {Plan} plan @param {TensorOutput} [spare]
 */
function copied(arena, { begin, end }, spare) {
  const into = spare?.data;
  if (!(into instanceof Float32Array) || into.length !== end - begin)
    return arena.slice(begin, end);
  into.set(arena.subarray(begin, end));
  return into;
}

/**
 * @param {Required<import('./load.js').RawEngine>} raw
 * @returns {(request: unknown) => Layer}
 */
export function layersOf(raw) {
  /** The module's memory for inputs and outputs; of length 0 once the module has moved or grown it. */
  let arena = new Float32Array(0);

  return (request) => {
    const number = /** @type {number} */ (unwrap(raw.makeLayer(request)));
    /** @type {number[]} of the input that the layer is ready for */
    let ready = [];
    /** @type {Plan | null} */
    let plan = null;

    return Object.freeze({
      run(input, spare) {
        let now = plan;
        if (
          now === null ||
          !(input?.data instanceof Float32Array) ||
          input.data.length !== now.length ||
          !Array.isArray(input.shape) ||
          !equals(input.shape, ready)
        ) {
          plan = null;
          now = /** @type {Plan} */ (unwrap(raw.planLayer(number, input)));
          arena = raw.arena();
          if (now.result) return now.result;
          plan = now;
          ready = [...input.shape];
        }
        if (arena.length === 0) arena = raw.arena();
        arena.set(/** @type {Float32Array} */ (input.data));
        if (!raw._convscope_run_layer(number))
          return unwrap(raw.runLayerByReference(number, input));
        return { shape: [...now.shape], data: copied(arena, now, spare) };
      },
      dispose() {
        plan = null;
        raw.disposeLayer(number);
      },
    });
  };
}
