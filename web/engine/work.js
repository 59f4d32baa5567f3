// How long a request will take, in milliseconds: roughly, from its sizes alone. Asks the engine in this thread for those,
// which is quick, and throws what it refuses. The rates are those of one slow core, in plain SIMD.

/** @typedef {import('./index.js').Engine} Engine */
/** @typedef {import('./types.js').Request} Request */
/** @typedef {import('./types.js').TensorInput} TensorInput */

/** Multiply-adds in a millisecond: of the plain loops, of gradients, of all methods together, of a layer's kernels. */
const RATE = { plain: 1e5, gradients: 4e4, agreement: 3e4, layer: 5e6 };

/** What else is done in a millisecond: numbers copied or compared, cells counted, letters read, combinations tried. */
const NUMBERS = 1e5;
const COMPARED = 7e3;
const COUNTED = 1e4;
const LETTERS = 3e4;
const TRIED = 6e3;

/** Milliseconds for each layer of a stack: of its overlap, and of looking for repairs. */
const OVERLAP = 0.5;
const REPAIR = 1.2;

/** Milliseconds for the hypotheses of a diagnosis, and how often the request is computed for them, at least. */
const HYPOTHESES = 8;
const DIAGNOSED = 3;

/** How much longer it takes to read a number from a plain array than from a typed one. */
const PLAIN_ARRAY = 50;

const product = (/** @type {readonly number[]} */ sizes) => sizes.reduce((a, b) => a * b, 1);

/** Numbers to be copied in. @param {{ data?: ArrayLike<number> } | null | undefined} tensor */
const copiesOf = (tensor) =>
  (tensor?.data?.length ?? 0) * (ArrayBuffer.isView(tensor?.data) ? 1 : PLAIN_ARRAY);

/** @param {Engine} engine @param {Request} request */
function sizesOf(engine, request) {
  const { outputShape, batched, parameters } = engine.inferShape(request);
  const outputs = product(outputShape);
  const channels = outputShape[batched ? 1 : 0];
  return {
    outputs,
    copies: outputs + copiesOf(request.input) + copiesOf(request.weight),
    multiplyAdds: channels ? (outputs * parameters.weight) / channels : 0,
  };
}

/** @param {keyof typeof RATE} kind @returns {(engine: Engine, request: Request) => number} */
const convolving = (kind) => (engine, request) => {
  const { copies, multiplyAdds } = sizesOf(engine, request);
  return multiplyAdds / RATE[kind] + copies / NUMBERS;
};

export const runWork = convolving('plain');
export const gradientsWork = convolving('gradients');
export const agreementWork = convolving('agreement');

/** @param {Engine} engine @param {Request} request with an input; its weights may have to be packed */
export const layerWork = (engine, request) => {
  if (!(request.weight?.data instanceof Float32Array)) return runWork(engine, request);
  return convolving('layer')(engine, request) + request.weight.data.length / NUMBERS;
};

/** @param {Engine} engine @param {Request} request */
export const coverageWork = (engine, request) => sizesOf(engine, request).outputs / COUNTED;

/** @param {unknown} text */
export const parseWork = (text) => (typeof text === 'string' ? text.length / LETTERS : 0);

/** @param {TensorInput} actual */
export const compareWork = (actual) => (actual?.data?.length ?? 0) / COMPARED;

/** @param {Engine} engine @param {Request} request may be one that is refused: then only shapes are tried */
export const diagnoseWork = (engine, request) => {
  try {
    return HYPOTHESES + DIAGNOSED * runWork(engine, request);
  } catch {
    return HYPOTHESES;
  }
};

/** @typedef {import('./stack.js').SizeQuestion} SizeQuestion */

/**
 * Combinations of the ranges, those left out being their usual ones; of several layers, for each size that may come out
 * of each. @param {Partial<SizeQuestion>} question may be one that is refused
 */
export const solveWork = ({ op = 'conv2d', from, to, layers = 1, ranges = {} }) => {
  const usual = { kernelSize: 7, stride: 4, padding: 4, dilation: layers > 1 ? 1 : 2 };
  const all = String(op).startsWith('conv_transpose') ? { ...usual, outputPadding: 4 } : usual;
  const counts = Object.entries(all).map(([key, count]) => {
    const range = ranges?.[/** @type {keyof typeof ranges} */ (key)];
    return Array.isArray(range) ? Math.max(range[1] - range[0] + 1, 0) : count;
  });
  const sizes = layers > 1 ? layers * Math.max(from ?? 1, to ?? 1) : 1;
  return (product(counts) * sizes) / TRIED;
};

/** Cells that one cell of a pool's output reads. @param {import('./stack.js').StackLayer} layer @param {number} axes */
function windowOf({ op, ...given }, axes) {
  const { kernelSize } = /** @type {{ kernelSize?: number | readonly number[] }} */ (given);
  if (!op.includes('pool') || kernelSize === undefined) return 1;
  return typeof kernelSize === 'number' ? kernelSize ** axes : product(kernelSize);
}

/** @param {Engine} engine @param {import('./stack.js').StackLayer[]} layers @param {TensorInput} input */
export const runStackWork = (engine, layers, input) => {
  const { totals, layers: all } = engine.stack(layers, input?.shape);
  let numbers = totals.parameters + copiesOf(input);
  let read = totals.multiplyAdds;
  for (const [at, { inputShape, outputShape, axes }] of all.entries()) {
    numbers += product(inputShape) + product(outputShape);
    read += product(outputShape) * windowOf(layers[at], axes.length);
  }
  return read / RATE.plain + numbers / NUMBERS;
};

/** @param {unknown} layers */
const countOf = (layers) => (Array.isArray(layers) ? layers.length : 0);

/** @param {unknown} layers */
export const overlapWork = (layers) => countOf(layers) * OVERLAP;

/** @param {unknown} layers */
export const repairWork = (layers) => countOf(layers) * REPAIR;
