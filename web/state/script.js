// The current state as a script for PyTorch: it computes the same layer, for a transposed convolution
// also by zero insertion, asserts that the output is the one shown here, and prints what one can paste
// back. Text only; nothing is computed here.

import { isEven, layerOf, reach } from './layer.js';
import { float, padLines, tuple } from './python.js';

/**
 * @typedef {import('./layer.js').Layer} Layer
 * @typedef {{ shape: number[], data: ArrayLike<number> }} Tensor
 */

/** Outputs longer than this are not written into the script. */
export const EXPECTED_CELLS = 2048;

/**
 * @param {import('./store.js').State} state
 * @param {Tensor|null} [output] what the script shall find; without it nothing is asserted
 * @returns {string} nothing while a field cannot be read
 */
export function pytorchScript(state, output = null) {
  const layer = layerOf(state);
  if (!layer) return '';
  const axes = Array.from({ length: layer.spatial }, (_, i) => i + 2);
  const lines = [
    'import torch',
    'import torch.nn.functional as F',
    '',
    'torch.set_default_dtype(torch.float64)  # as Convscope computes',
    `x = ${tensor(state.input)}`,
    `w = ${tensor(state.weight)}`,
    ...(layer.flip
      ? [`w = w.flip(${axes.join(', ')})  # true convolution: the kernel is turned`]
      : []),
    `b = ${layer.hasBias ? tensor(state.bias) : 'None'}`,
    '',
    ...(layer.transposed ? transposedLines(layer, axes) : convLines(layer)),
    'print(y)',
    'print(y.shape)',
    ...assertion(state, output),
  ];
  return `${lines.join('\n')}\n`;
}

/** @param {Layer} layer */
function convLines(layer) {
  const { op, stride, dilation, groups, named, paddingMode } = layer;
  const apart = paddingMode !== 'zeros' || !isEven(layer);
  const padded = apart && named !== 'valid' && (named !== 'same' || paddingMode !== 'zeros');
  const padding = padded ? 0 : named ? `'${named}'` : tuple(layer.begin);
  const mode = paddingMode === 'zeros' ? 'constant' : paddingMode;
  const call = `F.${op}(${padded ? 'xp' : 'x'}, w, b, stride=${tuple(stride)}, padding=${padding}, dilation=${tuple(dilation)}, groups=${groups})`;
  return [
    ...(padded ? padLines('x', 'xp', layer.inputSize, layer.begin, layer.end, mode) : []),
    `y = ${call}`,
  ];
}

/** @param {Layer} layer @param {number[]} axes of the spatial dimensions */
function transposedLines(layer, axes) {
  const { op, spatial, stride, dilation, groups, begin, end, outputPadding } = layer;
  const border = reach(layer);
  const size = layer.inputSize.map((n, i) => (n - 1) * stride[i] + 1);
  const lines = [
    '# the same by zero insertion: spread, pad, turn the kernel, convolve with stride 1',
    `z = torch.zeros(${[layer.batch, layer.inChannels, ...size].join(', ')})`,
    `z[:, :, ${stride.map((s) => `::${s}`).join(', ')}] = x`,
    ...padLines(
      'z',
      'z',
      size,
      border.map((n, i) => n - begin[i]),
      border.map((n, i) => n - end[i] + outputPadding[i]),
    ),
    `g = ${groups}`,
    `v = torch.cat([part.transpose(0, 1) for part in w.flip(${axes.join(', ')}).chunk(g)])`,
    `y2 = F.conv${spatial}d(z, v, b, dilation=${tuple(dilation)}, groups=g)`,
  ];
  // PyTorch's own transposed convolution takes one padding for both ends.
  if (!isEven(layer)) return [...lines, 'y = y2'];
  return [
    `y = F.${op}(x, w, b, stride=${tuple(stride)}, padding=${tuple(begin)}, output_padding=${tuple(outputPadding)}, groups=${groups}, dilation=${tuple(dilation)})`,
    '',
    ...lines,
    'print("largest difference:", (y - y2).abs().max().item())',
  ];
}

/** The largest number of any, as far as it is one. @param {{ data: ArrayLike<number> }} tensor */
const largest = ({ data }) =>
  Array.from(data, Math.abs).reduce((a, b) => (b > a && b < Number.POSITIVE_INFINITY ? b : a), 0);

/** What no sum of an output exceeds on its way. @param {import('./store.js').State} state @param {number} outputs channels */
const mostOf = ({ input, weight, bias, hasBias }, outputs) =>
  (largest(input) * largest(weight) * weight.data.length) / outputs + (hasBias ? largest(bias) : 0);

/** Whole numbers must come out equal; fractions may be summed in another order. @param {import('./store.js').State} state @param {Tensor|null} output */
function assertion(state, output) {
  if (!output) return [];
  if (output.data.length > EXPECTED_CELLS)
    return ['', `# The output of ${output.data.length} numbers is too long to be written here.`];
  // PyTorch's ways of computing differ in whether zeros that are put in meet it: 0 times inf is nan.
  if (!Array.from(state.weight.data).every(Number.isFinite))
    return ['', '# A kernel with inf or nan has no one output to compare with.'];
  const all = [state.input, state.weight, output, ...(state.hasBias ? [state.bias] : [])];
  const most = mostOf(state, output.shape[1]);
  const whole =
    most < 2 ** 53 && all.every(({ data }) => Array.from(data).every(Number.isSafeInteger));
  const near = Math.max(1e-12, 1e-13 * most).toExponential(0);
  const test = whole
    ? 'torch.equal(y, expected)'
    : `torch.allclose(y, expected, rtol=1e-9, atol=${near}, equal_nan=True)`;
  return [
    '',
    `expected = ${tensor(output)}`,
    `assert ${test}, (y - expected).abs().max()`,
    'print("equal to the output of Convscope")',
  ];
}

/** @param {Tensor} t */
const tensor = (t) =>
  `torch.tensor([${Array.from(t.data, float).join(', ')}]).reshape(${t.shape.join(', ')})`;
