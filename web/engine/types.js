// The shapes of what goes into the engine and comes out, for JSDoc and the types made from it.
// Holds no code.

/** @typedef {'conv1d' | 'conv2d' | 'conv3d' | 'conv_transpose1d' | 'conv_transpose2d' | 'conv_transpose3d'} Op */
/** @typedef {'direct' | 'zero-insertion' | 'scatter' | 'matrix' | 'phases'} Method zero-insertion and phases: transposed only */
/** @typedef {number | number[]} PerAxis one number for all axes, or one per axis */

/**
 * @typedef {object} TensorInput numbers in row-major order
 * @property {number[]} shape
 * @property {Float32Array | Float64Array | number[]} [data] a plain array counts as float64; may be
 *   left out where only sizes are asked for
 */

/**
 * @typedef {object} Request
 * @property {Op} op
 * @property {TensorInput} input (N, C, spatial…) or (C, spatial…)
 * @property {TensorInput} [weight] (O, C/groups, k…), transposed (C, O/groups, k…); may be left out only where sizes
 *   are asked for and inChannels, outChannels and kernelSize tell its shape
 * @property {TensorInput | null} [bias=null] (O)
 * @property {PerAxis} [stride=1] whole numbers of at least 1
 * @property {PerAxis | [number, number][] | string} [padding=0] whole numbers of at least 0; [begin, end] per axis;
 *   'same' (only with stride 1) or 'valid', neither of them transposed. Below 0, which crops (and adds to a transposed
 *   one's output), only by pairs or where paddingMode is not 'zeros'
 * @property {PerAxis} [dilation=1] whole numbers of at least 1
 * @property {number} [groups=1] at least 1; divides input and output channels
 * @property {PerAxis} [outputPadding=0] transposed only: at least 0, and less than stride or dilation
 * @property {PerAxis | null} [outputSize=null] transposed only: the output that is wanted, in place of outputPadding
 * @property {string} [paddingMode='zeros'] 'zeros', 'reflect', 'replicate' or 'circular'; transposed: 'zeros'
 * @property {boolean} [flipKernel=false] true convolution: the kernel is turned by 180 degrees over its
 *   spatial axes before use; indices into the weight and its gradient refer to it as given
 * @property {number} [inChannels] with outChannels and kernelSize: check as torch.nn's layer does, before all else
 * @property {number} [outChannels]
 * @property {PerAxis} [kernelSize]
 */

/**
 * @typedef {object} TensorOutput an array of its own, float32 if the request was
 * @property {number[]} shape
 * @property {Float32Array | Float64Array} data
 */

/**
 * @typedef {object} Axis every term of the size formula on one axis
 * @property {string} name 'length', or 'height' and 'width', or with 'depth' first
 * @property {number} input
 * @property {number} kernel
 * @property {number} stride
 * @property {number} dilation
 * @property {number} paddingBegin
 * @property {number} paddingEnd
 * @property {number} outputPadding
 * @property {number} output
 * @property {number} effectiveKernel dilation (kernel - 1) + 1
 * @property {number} padded the size that an ordinary convolution slides over: the padded input,
 *   or the zero-inserted one with its border
 * @property {number | null} span convolution: padded - effectiveKernel
 * @property {number | null} remainder convolution: so many last cells of the padded input are not read
 * @property {number | null} zeroInserted transposed: (input - 1) stride + 1
 * @property {number | null} borderBegin transposed: dilation (kernel - 1) - paddingBegin
 * @property {number | null} borderEnd transposed: dilation (kernel - 1) - paddingEnd + outputPadding
 * @property {number | null} uncropped transposed: (input - 1) stride + dilation (kernel - 1) + 1
 */

/**
 * @typedef {object} Geometry
 * @property {Op} op
 * @property {boolean} transposed
 * @property {boolean} batched
 * @property {1 | 2 | 3} spatial
 * @property {number[]} outputShape
 * @property {Axis[]} axes
 * @property {{ weight: number, bias: number, total: number }} parameters
 */

/**
 * @typedef {object} TraceOptions
 * @property {Method} method
 * @property {boolean} [contributions=true] false: do not list the terms; contributions is null then
 * @property {number} [steps] 'scatter' only: so many input cells, in flat order, have stamped yet;
 *   below 0 counts as 0, above the input's length as all
 */

/**
 * @typedef {object} TraceMap always with the batch axis: (N, C, spatial…); `matrix` is (rows, columns)
 * @property {number[]} shape
 * @property {Float32Array | Float64Array} data
 * @property {Int32Array} [source] per cell the flat index of the value it holds (in input.data, for
 *   flippedWeight, matrix and a phase's kernel in weight.data); -1 a zero of the padding, or an entry
 *   of the matrix without a weight, -2 an inserted zero, -3 several weights added up. In uncropped and
 *   a phase's output: where in maps.output.data the cell goes, -1 if the crop takes it off
 */

/**
 * @typedef {object} Phase one of the small ordinary convolutions (stride 1) that a transposed one
 *   splits into; those without an output cell are left out
 * @property {number[]} offset per axis: the output position modulo the stride
 * @property {number[]} dilation per axis
 * @property {[number, number][]} padding per axis [begin, end]; negative: so many cells of the input
 *   are not read
 * @property {TraceMap} kernel turned, (O, C/groups, taps…); an axis of 0 taps: the output is the bias
 * @property {TraceMap} output (N, O, every stride-th cell…)
 */

/**
 * @typedef {object} Selection one cell, by its flat index into one of three tensors
 * @property {Method} method
 * @property {number} [output]
 * @property {number} [input]
 * @property {number} [weight]
 */

/**
 * @typedef {object} Contributions one entry per product, ordered by output cell, input channel,
 *   kernel position
 * @property {Int32Array} output
 * @property {Int32Array} input -1 and -2 as in TraceMap.source
 * @property {Int32Array} weight
 * @property {Float64Array} product
 * @property {Int32Array | null} padded index in paddedInput, or in uncropped for 'scatter'
 */

/**
 * @typedef {object} Trace
 * @property {Method} method
 * @property {Geometry} geometry
 * @property {Record<string, TraceMap>} maps direct: paddedInput (not if transposed), output;
 *   zero-insertion: zeroInserted, paddedInput, flippedWeight, output; scatter: uncropped (transposed),
 *   output; matrix: matrix, output, roundTrip (its transpose times itself times the first sample,
 *   without the bias, (1, C, spatial…)); phases: output
 * @property {Phase[]} [phases] of the method 'phases'
 * @property {Contributions | null} contributions null where there are more than limits.contributions;
 *   with `steps`, those of the cells that have stamped
 */

/**
 * @typedef {object} Gradients
 * @property {TensorOutput} input
 * @property {TensorOutput} weight
 * @property {TensorOutput | null} bias null where there is no bias
 */

/**
 * @typedef {object} Agreement
 * @property {{ method: Method, difference: number }[]} methods every method that applies, 'direct'
 *   first: the largest absolute difference of its output from that of 'direct', in float64; Infinity
 *   where only one of the two is NaN
 * @property {(import('./error.js').Refusal & { method: Method })[]} skipped those that a limit forbids
 * @property {number} largest of all differences
 */

/**
 * @typedef {object} Coverage
 * @property {number[]} shape the output's spatial sizes
 * @property {Int32Array} data per position: how many pairs of an input position and a kernel cell, in
 *   one channel, reach it; cells of the padding count only where they repeat the input
 * @property {number} min
 * @property {number} max
 * @property {{ name: string, kernel: number, stride: number, dilation: number, regular: boolean,
 *   gradientRegular: boolean }[]} axes regular: away from the borders all output positions are reached
 *   equally often (always so for a convolution; for a transposed one if gcd(dilation, stride) is 1 and
 *   the kernel is a multiple of the stride); gradientRegular: the same of the input's gradient
 */

/**
 * @typedef {object} AxisSizes
 * @property {string} name
 * @property {number} input
 * @property {number} output
 * @property {number} [first] convolution: all inputs from first to last give the same output
 * @property {number} [last]
 * @property {number} [outputPadding] transposed: the one in use
 * @property {number} [base] transposed: the output with output padding 0
 * @property {{ outputPadding: number, output: number, back: number }[]} [choices] transposed: every
 *   legal output padding, its output, and the output `back` of an ordinary convolution, with the same
 *   arguments, of that size
 */

/**
 * @typedef {object} Limits what is refused before any memory is taken
 * @property {number} argument largest size, stride, padding …
 * @property {number} elements numbers in any one tensor or map
 * @property {number} operations multiplications of one call
 * @property {number} contributions terms that are listed
 * @property {number} matrix entries of the method 'matrix'
 * @property {number} phases small convolutions of the method 'phases'
 * @property {number} choices output paddings per axis that `sizes` lists
 */

/**
 * @typedef {object} TensorItem a tensor that a text shows
 * @property {'tensor'} kind
 * @property {string | null} name as the paste gives it ("weight", "0.bias"); for what follows a layer's
 *   print without one, what it must be: "weight", "bias", "output"
 * @property {'tensor' | 'parameter' | 'ndarray' | 'list' | 'json' | 'csv' | 'matlab' | 'libtorch' | 'tf' |
 *   'jax'} container
 * @property {string | null} dtype "float32", …; null where the text does not tell
 * @property {number[] | null} shape null where "..." hides numbers and the text does not tell it
 * @property {number[]} visibleShape of the block that is shown
 * @property {(number | null)[]} gaps per axis the visible index after which numbers are missing
 * @property {Float64Array} data the block, row-major
 * @property {number} decimals most digits after the point, in scientific notation of the mantissa; where
 *   there is a scale factor, of the numbers times it (below 0 for large factors), fewest of all slices
 * @property {boolean} scientific
 * @property {boolean} truncated
 * @property {boolean} isConvolved its grad_fn says that a convolution made it
 * @property {'input' | 'weight' | 'bias' | 'output' | null} role what it is to a layer, where names,
 *   assignments, calls or the order of what was printed tell; never concluded from numbers or sizes
 * @property {string | null} layer the name of that layer, where it is known and has one; of several,
 *   the first (see LayerItem.operands)
 */

/**
 * @typedef {object} ParseOptions
 * @property {boolean} [decimalComma] whether the comma in 1,5 is a decimal point; missing: a text that
 *   leaves it open is refused with the code 'decimal_comma'
 */

/** @typedef {{ items: Item[] }} Parsed what a text holds, in its order */

/**
 * @typedef {object} LayerItem a layer's print, or a call in source
 * @property {'layer'} kind
 * @property {'torch' | 'keras' | 'tf' | 'jax'} framework 'tf': a function of tf.nn, 'jax': one of lax
 * @property {Op} op
 * @property {string | null} name what it is assigned to, or its index in a Sequential
 * @property {Partial<Record<'inChannels' | 'outChannels' | 'kernelSize' | 'stride' | 'padding' |
 *   'outputPadding' | 'outputSize' | 'dilation' | 'inputDilation' | 'groups' | 'bias' | 'paddingMode',
 *   number | boolean | string | number[] | number[][]>>} arguments as given, by the request's keys, of
 *   the spatial axes; bias: whether there is one; what is left out has the framework's default;
 *   inputDilation: JAX's lhs_dilation
 * @property {string[]} unread keys whose value is an expression
 * @property {Partial<Record<'input' | 'weight' | 'bias', string>>} [tensors] of a function: its operands,
 *   as expressions
 * @property {Partial<Record<'input' | 'weight' | 'bias' | 'output', number>>} operands the items that
 *   are these to it, by index, where the text tells
 */

/** @typedef {{ kind: 'shape', name: string | null, shape: number[] }} ShapeItem */

/**
 * @typedef {object} ErrorItem an error message
 * @property {'error'} kind
 * @property {string} type "RuntimeError"
 * @property {string} text what it says
 * @property {number[]} numbers all whole numbers in it
 * @property {number[][]} lists those that stand in brackets
 */

/** @typedef {TensorItem | LayerItem | ShapeItem | ErrorItem} Item */

/**
 * What somebody else computed: a whole tensor, an item of `parse` (where "..." hides numbers, only what
 * is shown counts), or a shape alone.
 * @typedef {TensorItem | ShapeItem | { shape: number[], data?: Float32Array | Float64Array | number[],
 *   dtype?: string, decimals?: number, scientific?: boolean }} Expected
 */

/**
 * @typedef {object} CompareOptions both as in torch.allclose, at least 0; without them by the coarser of the two types:
 *   1e-5 and 1e-8 for float32, 1e-7 and 1e-10 for float64, 1e-3 and 1e-5 for float16, 1.6e-2 and 1e-5 for bfloat16; atol
 *   then is at least 8 units in the last place of the largest number shown
 * @property {number} [rtol] relative tolerance
 * @property {number} [atol] absolute tolerance
 */

/**
 * @typedef {object} Comparison
 * @property {'match' | 'differs' | 'cannot_compare'} verdict
 * @property {string | null} reason why they cannot be compared
 * @property {{ kind: 'digits' | 'given', rtol: number, atol: number, decimals: number | null,
 *   scientific: boolean }} tolerance a cell may be off by atol + rtol |expected|; with 'digits' also by
 *   half a unit of the last printed digit (a print without decimals shows whole numbers, which are exact)
 * @property {number} compared cells that are shown
 * @property {number} hidden cells of the tensor that are not
 * @property {number} differing cells out of tolerance
 * @property {boolean} reshaped axes of length 1 were added or left out, or a flat list was laid out
 * @property {number} maxAbs largest difference; Infinity where only one of two is NaN
 * @property {number} meanAbs
 * @property {number} maxRelative maxAbs / largest |expected|
 * @property {{ index: number[], actual: number, expected: number, difference: number }[]} worst up to
 *   ten cells, the worst first; the index is the actual tensor's
 * @property {{ shape: number[], data: Float64Array } | null} difference actual - expected, in the visible
 *   shape; null where nothing was compared
 * @property {Uint8Array | null} outside 1 where a cell is out of tolerance
 */

/**
 * @typedef {object} DiagnoseOptions
 * @property {number} [first=0] the hypothesis to begin with: `next` of the call before
 * @property {number} [budget] multiplications after which to stop, so that a page can show progress: 1e8
 *   take roughly a second. Without it the search runs to its end
 * @property {number} [rtol] as in CompareOptions
 * @property {number} [atol]
 */

/**
 * @typedef {object} Cause
 * @property {string[]} ids of one hypothesis or of two together; stable: "kernel_flipped", "stride" …
 * @property {string} sentence what would have to be so, with the request's numbers
 * @property {Partial<Request> | null} changes `{ ...request, ...changes }` gives the expected output;
 *   null where no request can
 * @property {number | null} before largest difference of the request as it is; null: other shapes
 * @property {number | null} after and with the cause; null where only shapes were compared
 * @property {number} compared cells that are shown
 * @property {number} hidden
 * @property {boolean} near not within tolerance, but off by what such rounding leaves
 * @property {boolean} shapeOnly gives the shape; its numbers were not compared, or are none
 * @property {boolean} tied the causes of this list explain the numbers equally well
 */

/**
 * @typedef {object} Diagnosis
 * @property {boolean} match nothing to explain
 * @property {boolean} shapeOnly only shapes could be compared
 * @property {Cause[]} causes the most plausible first; up to twelve
 * @property {Cause | null} nearest where there are none: what comes closest
 * @property {string} summary
 * @property {number} tried hypotheses that this call tried
 * @property {number} singles how many stand alone; pairs come behind them
 * @property {number} total
 * @property {number | null} next where to go on; null: done. Causes that single hypotheses gave make
 *   pairs needless: who goes on call by call stops at the first `next` >= `singles` with causes found
 */

/** @typedef {{ code: string, meaning: string }} ErrorCode */

export {};
