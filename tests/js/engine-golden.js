// How a line of golden.jsonl (or of the conformance suites) becomes a Request, for all engine tests.
// Takes the line, gives what createEngine's functions take. Never looks at expected results.

/** @param {string} op as torch.nn names it: "ConvTranspose2d" */
export function opName(op) {
  return /** @type {import('../../web/engine/types.js').Op} */ (
    op.replace('ConvTranspose', 'conv_transpose').replace('Conv', 'conv')
  );
}

/**
 * A line made with a layer (torch.nn) gives the layer's own arguments; a line made with
 * torch.nn.functional has none, so that the constructor's checks do not run.
 *
 * @param {any} line
 * @param {Float32ArrayConstructor | Float64ArrayConstructor} [numbers] the type of the data
 * @returns {any} a Request; with shapes only where the line has no numbers
 */
export function requestOf(line, numbers = Float32Array) {
  const tensor = (/** @type {string} */ name) => {
    const shape = name === 'bias' && line.bias ? [line.bias.length] : line[`${name}_shape`];
    if (!shape) return null;
    return line[name] ? { shape, data: numbers.from(line[name]) } : { shape };
  };
  const layer = line.api !== 'functional' && {
    inChannels: line.in_channels,
    outChannels: line.out_channels,
    kernelSize: line.kernel_size,
  };
  return {
    op: opName(line.op),
    input: tensor('input'),
    weight: tensor('weight'),
    bias: tensor('bias'),
    stride: line.stride,
    padding: line.pads_begin ? pairs(line) : line.padding,
    dilation: line.dilation,
    groups: line.groups,
    outputPadding: line.output_padding,
    outputSize: line.output_size,
    paddingMode: line.padding_mode,
    ...layer,
  };
}

/**
 * The conformance suites' begin and end paddings, as pairs per axis.
 *
 * @param {{ pads_begin: number[], pads_end: number[] }} line
 */
function pairs({ pads_begin, pads_end }) {
  return pads_begin.map((begin, axis) => [begin, pads_end[axis]]);
}
