// The words of "Copy out" and of "Other frameworks" in English.

export const exportEn = {
  'tool.loading': 'Loading …',
  'tool.failed': 'This part of the page could not be loaded. Check the connection and',
  'tool.again': 'try again',

  'panel.translate': 'Other frameworks',
  'panel.export': 'Copy out',

  'export.what': 'What',
  'export.format': 'As',
  'export.dtype': 'Numbers',
  'export.tensors': 'A tensor',
  'export.whole': 'All of it',
  'export.layer': 'Layer with its numbers',
  'export.copy': 'Copy',
  'export.download': 'Download {name}',
  'export.preview': 'What is copied',
  'export.large':
    '{cells} numbers are too many to be shown here. Copying and downloading take all of them.',
  'export.rounded': 'Rounded to float32, as PyTorch keeps them. float64 keeps every digit.',
  'export.noOnnx':
    'A padding below 0 together with the padding mode “{mode}” has no operator in ONNX. Set the padding to 0 or more, or the mode to zeros.',
  'format.torch': 'PyTorch',
  'format.numpy': 'numpy',
  'format.json': 'JSON with its shape',
  'format.nested': 'JSON, nested',
  'format.csv': 'CSV',
  'format.tsv': 'Tabs, for spreadsheets',
  'format.latex': 'LaTeX',
  'format.npy': '.npy file',
  'format.script': 'PyTorch script that checks itself',
  'format.onnx': '.onnx file',

  'framework.pytorch': 'PyTorch',
  'framework.keras': 'TensorFlow, Keras',
  'framework.jax': 'JAX',
  'framework.onnx': 'ONNX',
  'fit.one': 'One layer',
  'fit.steps': 'With further steps',
  'fit.none': 'Not expressible',
  'translate.intro':
    'Each takes x, w and b as PyTorch keeps them and gives the numbers shown here as y, in PyTorch’s order of axes.',
  'translate.copy': 'Copy',
  'translate.source': 'Source for {framework}',
  'translate.flip':
    'True convolution: no framework turns the kernel, so it is turned by 180° beforehand.',
  'translate.padFirst':
    'Only zeros can be padded by the layer itself: other modes are padded before.',
  'translate.cropFirst':
    'A padding below 0 cuts cells off the input, which the layer cannot do itself.',
  'translate.zerosAround':
    'The output is longer than the stamps of the input reach: zeros around the input lengthen it by the stride each; what is too much is cropped.',
  'translate.pytorch.pairs': 'PyTorch pads both ends alike: unequal ends are padded before.',
  'translate.pytorch.crop':
    'PyTorch’s padding crops both ends alike: for unequal ends, take all of the output and crop it.',
  'translate.pytorch.mode':
    "The module knows padding_mode='{mode}'; the function does not, so F.pad comes first.",
  'translate.keras.layout': 'Channels come last: {first} becomes {last}, and back at the end.',
  'translate.keras.kernel':
    'The kernel’s axes go from (out, in/groups, k…) to (k…, in/groups, out).',
  'translate.keras.kernelTransposed':
    'The kernel’s axes go from (in, out, k…) to (k…, out, in). It is not turned.',
  'translate.keras.same': "'same' pads {pads} (begin, end), as asked.",
  'translate.keras.sameHere':
    "'same' gives equal numbers for an input of {size} only: it pads {pads} (begin, end) here, and otherwise for other sizes.",
  'translate.keras.notSame':
    "'same' would pad {pads} here (begin, end), not {asked}: the numbers would differ. So pad first, then 'valid'.",
  'translate.keras.sameTransposed':
    "'same' crops exactly as asked: the output is the stride times as long.",
  'translate.keras.crop':
    "'valid' gives all of the output; PyTorch’s padding is the crop that follows.",
  'translate.keras.outputPadding':
    'output_padding is what is left of PyTorch’s after the padding at the end is taken off it.',
  'translate.keras.spread':
    'Keras refuses strides and dilation_rate above 1 together: the kernel is spread with zeros instead.',
  'translate.keras.spreadTransposed':
    'The kernel is spread with zeros: TensorFlow has no dilated transposed convolution on a CPU, and Keras none with strides above 1.',
  'translate.keras.groups':
    '{kind} knows no groups: one layer for each of the {groups} groups, joined.',
  'translate.jax.transposed':
    'lhs_dilation inserts the zeros; the kernel is turned by 180° and its in and out channels change places.',
  'translate.jax.padding':
    'The paddings are d(k − 1) − p, at the end with the output padding added; below 0 they crop.',
  'translate.jax.bias': 'The bias is added apart.',
  'translate.jax.precision':
    "On GPUs and TPUs add precision='highest' for numbers equal to the last digits.",
  'translate.onnx.pads':
    'pads lists all begins, then all ends. The weight stays in PyTorch’s layout.',
  'translate.onnx.mode':
    'Conv pads zeros only: a Pad with mode “{mode}” comes before. Its pads are an input and count batch and channel too.',
  'translate.onnx.negative':
    'A padding below 0 together with a padding mode other than zeros has no operator in ONNX.',
};
