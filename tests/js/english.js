// Finds English that was left in a Chinese text.

/** What stays as it is in Chinese: names of PyTorch and of other frameworks, file formats, code, units, letters. */
const NAMES = new RegExp(
  [
    String.raw`\b(?:Conv|ConvTranspose|conv|conv_transpose)[123]d\b`,
    String.raw`\b(?:Convscope|DCGAN|LeNet|AlexNet|VGG|ResNet|Net|WaveNet|Sequential|eps|alpha|beta|PyTorch|TensorFlow|Keras|JAX|ONNX|numpy|Python|MATLAB|HDF5|Sobel|WebAssembly|Markdown|Chrome|Firefox|Safari)\b`,
    String.raw`\b(?:float(?:32|64)|Float(?:32|64)Array|BigInt|Symbol|NaN|nan|null|Infinity|BF16|BOOL|true|false|None|1e15)\b`,
    String.raw`\b(?:SVG|PNG|JPEG|GIF|WebP|JSON|CSV|LaTeX|CPU|GPU|TPU|API|C\+\+)`,
    String.raw`\.(?:npy|npz|onnx|safetensors)\b|\b(?:zip|pickle|KB|MB|MIT)\b|<img>`,
    String.raw`\b(?:depthwise|inChannels|outChannels|kernelSize|rtol|atol|http|dk|kH|kW|Cx|output_size|output_padding|padding_mode|strides|dilation_rate|lhs_dilation|precision|pads|Pad|Conv)\b`,
    String.raw`\b(?:zeros|reflect|replicate|circular|same)\b`,
    String.raw`\b(?:torch|nn|F|tf)\.\w+(?:\([^)]*\))?`,
    String.raw`\btensor\([^)]*\)|\([^)]*=float\("inf"\)\)|<tf\.Tensor: …>|numpy=`,
    String.raw`\{ (?:shape, data|op, input, …|method, output) \}`,
    '`[^`]*`',
    "'[^']*'",
    String.raw`\binput、kernel 或 output\b|\boutput 2 2\b`,
    String.raw`\{\w+\}(?:-size)?`,
  ].join('|'),
  'g',
);

/** Words in Latin letters that should not stand in a Chinese text. @param {string} text @returns {string[]} */
export const englishIn = (text) => text.replace(NAMES, ' ').match(/[A-Za-z]{2,}/g) ?? [];
