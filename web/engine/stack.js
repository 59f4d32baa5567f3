// Stacks of layers: what goes in and comes out, and the engine's functions for them. Takes the raw
// module; gives plain objects. Computes nothing.

/** @typedef {import('./types.js').PerAxis} PerAxis */
/** @typedef {import('./types.js').TensorInput} TensorInput */
/** @typedef {import('./types.js').TensorOutput} TensorOutput */

/**
 * @typedef {import('./types.js').Op | `max_pool${1|2|3}d` | `avg_pool${1|2|3}d` |
 *   `adaptive_avg_pool${1|2|3}d` | `adaptive_max_pool${1|2|3}d` | 'upsample' | 'pixel_shuffle' |
 *   'pixel_unshuffle' | `pad${1|2|3}d` | 'linear' | 'flatten' | 'unflatten' | `batch_norm${1|2|3}d` |
 *   `instance_norm${1|2|3}d` | 'group_norm' | Activation | 'dropout' | 'identity'} StackOp
 */
/**
 * @typedef {'relu' | 'relu6' | 'leaky_relu' | 'elu' | 'selu' | 'gelu' | 'silu' | 'mish' | 'hardswish' |
 *   'hardsigmoid' | 'hardtanh' | 'sigmoid' | 'tanh' | 'softplus' | 'softmax' | 'log_softmax' |
 *   'prelu'} Activation
 */

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
 * @property {number} [layers] so many, one behind the other: the first may differ, the others are all
 *   alike. Default 1
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
 * @typedef {object} SizeAnswers all answers in the ranges, the customary and small ones first
 * @property {Required<SolveRanges>} ranges that were searched
 * @property {number} total
 * @property {number} tried combinations
 * @property {SizeAnswer[]} answers the first `limit`
 */

/**
 * @typedef {object} RepairQuestion which change of one layer makes another one work, or gives it a size
 * @property {StackLayer[]} layers
 * @property {number[]} inputShape
 * @property {number} layer the layer that must work
 * @property {number[]} [size] that its output must have, per spatial axis
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
 * @property {string[]} ignored modules that are none of the operations, by name
 */

/**
 * @typedef {object} StackEngine
 * @property {(layers: StackLayer[], inputShape: number[]) => Stack} stack shapes, counts and receptive
 *   fields, layer by layer. Throws only where layers or shape are not what the types say
 * @property {(layers: StackLayer[], inputShape: number[], query: { layer: number, cell: number[] }) =>
 *   ReceptiveField} receptiveField what one output cell depends on; the cell has an index per spatial
 *   axis of that layer's output, or one index where it has none
 * @property {(layers: StackLayer[], inputShape: number[], layer: number) => OverlapMap[]} overlap per axis
 * @property {(question: SizeQuestion) => SizeAnswers} solve
 * @property {(question: RepairQuestion) => { total: number, complete: boolean, repairs: Repair[] }} repair single
 *   arguments of single layers, the layers nearest to the one asked about first; not complete: layers
 *   further in front were not tried, since it would take long
 * @property {(layers: StackLayer[], input: TensorInput, options?: { seed?: number, weights?: 'seeded' | 'ones' }) =>
 *   StackRun} runStack real values: weights of the distribution that PyTorch begins with, or all 1
 *   with biases 0
 * @property {(text: string) => ParsedStack} parseStack the layers that a printed or written Sequential has
 */

/**
 * @param {import('./load.js').RawEngine} raw of the whole engine
 * @param {(reply: import('./load.js').Reply) => any} unwrap gives the value, throws the error
 * @returns {StackEngine}
 */
export const stacksOf = (raw, unwrap) => {
  const whole = /** @type {Required<typeof raw>} */ (raw);
  return {
    stack: (layers, inputShape) => unwrap(whole.stack(layers, inputShape)),
    receptiveField: (layers, inputShape, query) =>
      unwrap(whole.receptiveField(layers, inputShape, query)),
    overlap: (layers, inputShape, layer) => unwrap(whole.overlap(layers, inputShape, layer)),
    solve: (question) => unwrap(whole.solve(question)),
    repair: (question) => unwrap(whole.repair(question)),
    runStack: (layers, input, options) => unwrap(whole.runStack(layers, input, options)),
    parseStack: (text) => unwrap(whole.parseStack(text)),
  };
};
