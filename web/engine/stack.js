// Stacks of layers: what goes in and comes out, and the engine's functions for them. Takes the raw
// module; gives plain objects. Computes nothing.
import { unwrap } from './error.js';

/** @typedef {import('./types.js').PerAxis} PerAxis */
/** @typedef {import('./types.js').TensorInput} TensorInput */
/** @typedef {import('./types.js').TensorOutput} TensorOutput */

// Each union on one line: the compiler that emits the types keeps the stars of continued ones.
/** @typedef {'max_pool1d' | 'max_pool2d' | 'max_pool3d' | 'avg_pool1d' | 'avg_pool2d' | 'avg_pool3d'} Pool */
/** @typedef {'adaptive_avg_pool1d' | 'adaptive_avg_pool2d' | 'adaptive_avg_pool3d' | 'adaptive_max_pool1d' | 'adaptive_max_pool2d' | 'adaptive_max_pool3d'} AdaptivePool */
/** @typedef {'batch_norm1d' | 'batch_norm2d' | 'batch_norm3d' | 'instance_norm1d' | 'instance_norm2d' | 'instance_norm3d' | 'group_norm'} Norm */
/** @typedef {'upsample' | 'pixel_shuffle' | 'pixel_unshuffle' | 'pad1d' | 'pad2d' | 'pad3d'} Resize */
/** @typedef {'linear' | 'flatten' | 'unflatten' | 'dropout' | 'identity'} Plain */
/** @typedef {'relu' | 'relu6' | 'leaky_relu' | 'elu' | 'selu' | 'gelu' | 'silu' | 'mish' | 'prelu'} Rectifier */
/** @typedef {'hardswish' | 'hardsigmoid' | 'hardtanh' | 'sigmoid' | 'tanh' | 'softplus' | 'softmax' | 'log_softmax'} Squashing */
/** @typedef {Rectifier | Squashing} Activation */
/** @typedef {import('./types.js').Op | Pool | AdaptivePool | Norm | Resize | Plain | Activation} StackOp */

/**
 * @typedef {object} Skip a second input
 * @property {number} from the layer whose output it is; -1: the stack's input
 * @property {'add' | 'concat'} merge 'add': shapes must be equal; 'concat': behind the first input's
 *   channels, all other axes must be equal
 */

/**
 * What a layer is, by the names of torch.nn's arguments in camelCase; missing: PyTorch's default.
 * Channels and features of the input (inChannels, numFeatures, numChannels, inFeatures) may be left
 * out: the input tells.
 * @typedef {object} StackLayer
 * @property {StackOp} op
 * @property {string} [name] kept as it is
 * @property {number} [from] the layer whose output is the input; default: the one before. -1: the
 *   stack's input
 * @property {Skip | Skip[]} [skip] merged with the input before the operation
 * @property {number} [inChannels] convolutions
 * @property {number} [outChannels] convolutions
 * @property {PerAxis} [kernelSize] convolutions and pools
 * @property {PerAxis} [stride] pools: default kernelSize
 * @property {PerAxis | [number, number][] | string} [padding] convolutions as in Request; pools: a
 *   number, or one per axis; pad: a number, or [begin, end] per axis
 * @property {PerAxis} [dilation] convolutions and max_pool
 * @property {number} [groups]
 * @property {boolean} [bias] convolutions and linear; default true
 * @property {string} [paddingMode] convolutions and pad
 * @property {PerAxis} [outputPadding] transposed convolutions
 * @property {number | (number | null)[] | null} [outputSize] transposed convolutions; adaptive pools, where null
 *   keeps the size
 * @property {boolean} [ceilMode] pools
 * @property {boolean} [countIncludePad] avg_pool; default true
 * @property {number} [divisorOverride] avg_pool
 * @property {PerAxis} [scaleFactor] upsample; may have a fraction
 * @property {PerAxis} [size] upsample, unflatten
 * @property {'nearest' | 'linear' | 'bilinear' | 'trilinear'} [mode] upsample
 * @property {boolean} [alignCorners] upsample
 * @property {number} [upscaleFactor] pixel_shuffle
 * @property {number} [downscaleFactor] pixel_unshuffle
 * @property {number} [inFeatures] linear
 * @property {number} [outFeatures] linear
 * @property {number} [startDim] flatten; default 1
 * @property {number} [endDim] flatten; default -1
 * @property {number} [dim] unflatten, softmax
 * @property {number} [numFeatures] batch_norm, instance_norm
 * @property {number} [numGroups] group_norm
 * @property {number} [numChannels] group_norm
 * @property {boolean} [affine] norms; instance_norm: default false
 * @property {number} [eps] norms
 * @property {number} [numParameters] prelu
 * @property {number} [negativeSlope] leaky_relu
 * @property {number} [alpha] elu
 * @property {number} [beta] softplus
 * @property {number} [minVal] hardtanh
 * @property {number} [maxVal] hardtanh
 */

/**
 * One spatial axis of a layer's output. Cell i of the stack's input has its centre at i (Distill's
 * convention; guides that begin at 0.5 give a `start` that is half a cell more).
 * @typedef {object} StackAxis
 * @property {string} name 'length', or 'height' and 'width', or with 'depth' first
 * @property {number | null} input cells of the layer's input on this axis; null: it has no such axis
 * @property {number} output
 * @property {number | null} receptiveField cells of the stack's input, padding included, from the first
 *   to the last that a cell of this output depends on; where cells differ (behind transposed layers),
 *   the largest. null, as are the next three: the axis is not one of the input's (behind `unflatten`)
 * @property {number | null} jump from one cell to the next, in cells of the stack's input: the product
 *   of the strides, below 1 behind layers that enlarge; null too where branches of unlike jumps meet
 * @property {number | null} start the centre of cell 0's receptive field
 * @property {number | null} effectivePadding cells of it in front of the input's first; null where cells differ
 * @property {boolean} closedForm every cell's receptive field has the same size, and cell p's centre is
 *   start + p jump
 * @property {Overlap | null} overlap null where there are too many cells to count
 */

/**
 * How many paths of kernel cells lead from the stack's input to each output cell, on one axis, as if
 * every layer had one channel: what the output looks like when all weights and inputs are 1.
 * @typedef {object} Overlap
 * @property {number} min over all output cells, borders included
 * @property {number} max
 * @property {number} interiorMin away from borders
 * @property {number} interiorMax
 * @property {boolean} regular away from borders all cells are reached equally often: no checkerboard
 */

/**
 * @typedef {object} StackLayerResult
 * @property {number} index
 * @property {string | null} name
 * @property {StackOp} op
 * @property {number[]} inputShape after skips were merged
 * @property {number[]} outputShape
 * @property {number[] | null} weightShape null: none
 * @property {number[] | null} biasShape
 * @property {{ weight: number, bias: number, total: number }} parameters as PyTorch counts them
 * @property {number} multiplyAdds products with a weight of a convolution or of `linear`, one multiplication and
 *   one addition each, for the whole batch; products with padding count, those with inserted zeros do
 *   not; biases, norms, pools and activations count nothing
 * @property {number} memory bytes of the output at float32
 * @property {boolean} global every output value depends on the whole input map (behind `linear`); the
 *   statistics of instance and group norms are not taken into account, here and in receptive fields
 * @property {StackAxis[]} axes of the output; empty behind `flatten`
 */

/**
 * @typedef {object} Repair one layer, changed so that the stack works up to the layer asked about
 * @property {number} layer
 * @property {Partial<StackLayer>} changes `layers[layer] = { ...layers[layer], ...changes }`
 * @property {number[]} outputShape of the layer asked about, then
 */

/**
 * @typedef {import('./error.js').Refusal & { layer: number, repairs: Repair[] }} StackFailure the refusal of
 *   the first layer that fails; `field` is the layer's key at fault. The repairs are those of layers near it. A skip that does not meet has
 *   the code 'skip_mismatch'
 */

/**
 * @typedef {object} Stack
 * @property {number[]} inputShape
 * @property {boolean} batched
 * @property {string[]} axes names of the input's spatial axes
 * @property {StackLayerResult[]} layers those before the first that fails
 * @property {{ parameters: number, multiplyAdds: number, memory: number }} totals of these
 * @property {StackFailure | null} failure
 */

/**
 * What a cell depends on, on one axis: exact, cells of padding left out.
 * @typedef {object} FieldAxis
 * @property {string} name
 * @property {number} size of the stack's input
 * @property {Int32Array} positions cells of the input, ascending; not all between first and last where
 *   kernels are dilated
 * @property {Float64Array} counts paths to each of the positions, as if the stack had this axis alone
 * @property {{ first: number, last: number } | null} extent with padding, from the closed form; null where there is
 *   none
 */

/**
 * @typedef {object} ReceptiveField
 * @property {number} layer
 * @property {number[]} cell
 * @property {FieldAxis[]} axes
 * @property {{ shape: number[], data: Float64Array }} map per cell of the input how many paths lead from it to the
 *   cell asked about (per channel); without skips the product of the axes' counts
 * @property {{ layer: number, first: number[], last: number[] }[]} through per layer on the way, per
 *   axis, the first and last cell of its output that take part; not of outputs without spatial axes
 */

/**
 * @typedef {object} OverlapMap
 * @property {string} name
 * @property {Float64Array} counts per output cell, as in Overlap, borders included
 */

/**
 * @typedef {Partial<Record<'kernelSize' | 'stride' | 'padding' | 'dilation' | 'outputPadding', [number, number]>>} SolveRanges
 *   both ends included
 */

/**
 * @typedef {object} SizeQuestion which arguments turn one size into another
 * @property {StackOp} op a convolution, max_pool or avg_pool; the number of axes is of no matter
 * @property {number} from
 * @property {number} to
 * @property {number} [layers] so many, one behind the other; each may have other arguments. Default 1
 * @property {SolveRanges} [ranges] defaults: kernelSize 1 to 7, stride 1 to 4, padding 0 to 3, dilation
 *   1 to 2 (1 where layers > 1), outputPadding 0 to 3
 * @property {number} [limit] of the answers that are listed; default 100
 */

/** @typedef {{ kernelSize: number, stride: number, padding: number, dilation?: number, outputPadding?: number }} SizeArguments */

/**
 * @typedef {object} SizeAnswer
 * @property {SizeArguments[]} layers one entry per layer
 * @property {number[]} sizes from `from` to `to`
 * @property {boolean} customary transposed: the kernel is a multiple of the stride; else: an odd kernel with
 *   padding (dilation (kernel - 1)) / 2, or a pool whose stride is its kernel
 */

/**
 * @typedef {object} SizeAnswers all answers in the ranges
 * @property {Required<SolveRanges>} ranges that were searched
 * @property {number} total how many answers there are, exact up to 2 ** 53
 * @property {number} tried how many sequences of layers the ranges hold; the same
 * @property {SizeAnswer[]} answers the first `limit`, fewer where finding more would take long: customary ones first; of
 *   these and of the others those whose layers are all alike, then those where only the first differs, then all else; each
 *   without dilation and output padding first, then small ones
 */

/**
 * @typedef {object} RepairQuestion which change of one layer makes another one work, or gives it a size
 * @property {StackLayer[]} layers
 * @property {number[]} inputShape
 * @property {number} layer the layer that must work
 * @property {number[]} [size] that its output must have, per spatial axis; one number: on all
 * @property {number} [limit] default 20
 */

/**
 * @typedef {object} StackRun
 * @property {TensorOutput[]} outputs of every layer
 * @property {(TensorOutput | null)[]} inputs of layers with skips, merged; null: the output of another
 *   layer as it is
 * @property {({ weight: TensorOutput, bias: TensorOutput | null } | null)[]} parameters of every layer; null: none.
 *   Batch norm's are 1 and 0, with running mean 0 and variance 1, as in a new layer in evaluation
 */

/**
 * @typedef {object} ParsedStack
 * @property {StackLayer[]} layers
 * @property {number[] | null} inputShape a shape that the text gives before any layer
 * @property {string[]} ignored modules that are none of the operations, by name, and arguments that change values
 *   but have no counterpart here, as "approximate='tanh'"
 */

/** @param {Required<import('./load.js').RawEngine>} raw of the whole engine */
export const stacksOf = (raw) => ({
  /**
   * Many layers one behind the other: shapes, parameters, multiply-adds, memory, receptive fields and overlap, layer by
   * layer, up to the first that fails, with its reason and what would mend it.
   *
   * @param {StackLayer[]} layers any number; branches by `from` and `skip`
   * @param {number[]} inputShape (N, C, spatial…), or (C, spatial…) without a batch
   * @returns {Stack} a layer that fails is told, not thrown
   * @throws {ConvError} where layers or shape are not what the types say
   * @example
   * const up = { op: 'conv_transpose2d', kernelSize: 4, stride: 2, padding: 1 };
   * const { layers, failure } = engine.stack(
   *   [{ ...up, outChannels: 64 }, { op: 'relu' }, { ...up, outChannels: 3 }], [1, 128, 8, 8]);
   * layers.map(({ outputShape }) => outputShape[2]); // → [16, 16, 32]
   * layers[0].parameters.total; // → 131136
   * failure; // → null
   */
  stack: (layers, inputShape) => unwrap(raw.stack(layers, inputShape)),

  /**
   * What one cell of a layer's output depends on: exact, with the number of paths from each cell of the input.
   *
   * @param {StackLayer[]} layers as in `stack`
   * @param {number[]} inputShape as in `stack`
   * @param {{ layer: number, cell: number[] }} query the cell has an index per spatial axis of that layer's output, or
   *   one index where it has none
   * @returns {ReceptiveField} per axis, and as a map of the input
   * @throws {ConvError} as `stack`; the refusal of a layer that fails on the way; `index_out_of_range` for layer or cell
   * @example
   * const conv = { op: 'conv1d', outChannels: 1, kernelSize: 3, padding: 1 };
   * const { axes } = engine.receptiveField([conv, conv], [1, 1, 9], { layer: 1, cell: [4] });
   * axes[0].positions; // → [2, 3, 4, 5, 6]
   * axes[0].counts; // → [1, 2, 3, 2, 1]
   */
  receptiveField: (layers, inputShape, query) =>
    unwrap(raw.receptiveField(layers, inputShape, query)),

  /**
   * How many paths lead from the input to each position of a layer's output: a checkerboard, where they differ.
   *
   * @param {StackLayer[]} layers as in `stack`
   * @param {number[]} inputShape as in `stack`
   * @param {number} layer whose output is looked at
   * @returns {OverlapMap[]} one per spatial axis
   * @throws {ConvError} as `receptiveField`
   * @example
   * const odd = { op: 'conv_transpose1d', outChannels: 1, kernelSize: 3, stride: 2 };
   * const [{ counts }] = engine.overlap([odd], [1, 1, 4], 0);
   * counts; // → [1, 1, 2, 1, 2, 1, 2, 1, 1]
   */
  overlap: (layers, inputShape, layer) => unwrap(raw.overlap(layers, inputShape, layer)),

  /**
   * Which arguments turn one size into another, in one layer or in several: all that there are in the ranges are counted,
   * and listed in order, the customary ones first.
   *
   * @param {SizeQuestion} question the sizes, and the ranges to search
   * @returns {SizeAnswers} how many there are, and the first of them
   * @throws {ConvError} where a range is empty, or holds more combinations than can be gone through
   * @example
   * const { answers } = engine.solve({ op: 'conv_transpose2d', from: 1, to: 64, layers: 5 });
   * answers[0].sizes; // → [1, 4, 8, 16, 32, 64]
   * answers[0].customary; // → true
   */
  solve: (question) => unwrap(raw.solve(question)),

  /**
   * Which change of one layer makes another one work, or gives it a size that is wanted.
   *
   * @param {RepairQuestion} question the layer that must work, and the size it must give
   * @returns {{ total: number, complete: boolean, repairs: Repair[] }} single arguments of single layers, those nearest to
   *   the one asked about first; not complete: layers further in front were not tried, since it would take long
   * @throws {ConvError} as `stack`, and where the size has another number of axes than the layer's output
   * @example
   * const half = { op: 'conv2d', outChannels: 8, kernelSize: 3, stride: 2, padding: 1 };
   * const { repairs } = engine.repair(
   *   { layers: [half], inputShape: [1, 3, 32, 32], layer: 0, size: [32, 32] });
   * repairs[0].outputShape; // → [1, 8, 32, 32]
   */
  repair: (question) => unwrap(raw.repair(question)),

  /**
   * Real values through all layers, with weights of the distribution that PyTorch begins with, or all 1 with biases 0.
   *
   * @param {StackLayer[]} layers as in `stack`
   * @param {TensorInput} input with `data`
   * @param {{ seed?: number, weights?: 'seeded' | 'ones' }} [options] the same seed gives the same weights
   * @returns {StackRun} every layer's output and parameters
   * @throws {ConvError} as `stack`; the refusal of a layer that fails; `limit_operations` beyond `limits`
   * @example
   * const sum = { op: 'conv1d', outChannels: 1, kernelSize: 2 };
   * const input = { shape: [1, 1, 4], data: [1, 2, 3, 4] };
   * const { outputs } = engine.runStack([sum, { op: 'relu' }], input, { weights: 'ones' });
   * outputs[1].data; // → [3, 5, 7]
   */
  runStack: (layers, input, options) => unwrap(raw.runStack(layers, input, options)),

  /**
   * The layers of an `nn.Sequential`, as Python prints it or as it is written in a program.
   *
   * @param {string} text is data, never run
   * @returns {ParsedStack} what `stack` takes
   * @throws {ConvError} `nothing_found` where the text has no layer
   * @example
   * const text = 'nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU())';
   * engine.parseStack(text).layers.map(({ op }) => op); // → ['conv2d', 'relu']
   */
  parseStack: (text) => unwrap(raw.parseStack(text)),
});

/** @typedef {ReturnType<typeof stacksOf>} StackEngine */
