// Everything that can be copied out or saved. Loaded when the panel is first opened, not with the page.

import { layerOf } from '../layer.js';
import { graphOf, hasGraph } from '../onnx-graph.js';
import { list } from '../python.js';
import { pytorchScript } from '../script.js';
import { headerOf, writeNpy } from './npy.js';
import { writeOnnx } from './onnx.js';
import { WRITERS } from './text.js';

/**
 * @typedef {import('../formats.js').Tensor} Tensor
 * @typedef {import('../formats.js').CopyOut} CopyOut
 * @typedef {object} Exported
 * @property {string} name of the file
 * @property {string} type media type
 * @property {() => string|Uint8Array} content what is copied or saved; bytes can only be saved
 * @property {boolean} isText
 * @property {() => string} preview of a file of bytes, what is in it
 */

const ENDINGS = {
  torch: 'py',
  numpy: 'py',
  json: 'json',
  nested: 'json',
  csv: 'csv',
  tsv: 'tsv',
  latex: 'tex',
};
const TYPES = /** @type {Record<string, string>} */ ({
  py: 'text/x-python',
  json: 'application/json',
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  tex: 'application/x-tex',
});

/**
 * @param {CopyOut} choice with a form of tensors
 * @param {Tensor} tensor
 * @returns {Exported}
 */
export function exportTensor({ what, format, dtype }, tensor) {
  if (format === 'npy')
    return bytes(
      `${what}.npy`,
      () => writeNpy(tensor, dtype),
      () => headerOf(tensor.shape, dtype),
    );
  if (format === 'script' || format === 'onnx') throw new Error(`${format} is no form of a tensor`);
  const ending = ENDINGS[format];
  return text(`${what}.${ending}`, TYPES[ending], () => WRITERS[format](tensor, dtype));
}

/**
 * @param {'script'|'onnx'} format
 * @param {import('../store.js').State} state
 * @param {Tensor} output the whole of it
 * @returns {Exported|null} null where ONNX has no operator for this layer, or the state has none
 */
export function exportLayer(format, state, output) {
  const layer = layerOf(state);
  if (!layer) return null;
  if (format === 'script')
    return text(`${state.op}.py`, TYPES.py, () => pytorchScript(state, output));
  if (!hasGraph(layer)) return null;
  const tensors = {
    input: state.input,
    weight: state.weight,
    bias: state.hasBias ? state.bias : null,
    output,
  };
  return bytes(
    `${state.op}.onnx`,
    () => writeOnnx(layer, tensors),
    () => describe(layer, tensors),
  );
}

/** @param {string} name @param {string} type @param {() => string} content @returns {Exported} */
const text = (name, type, content) => ({ name, type, content, preview: content, isText: true });

/** @param {string} name @param {() => Uint8Array} content @param {() => string} preview @returns {Exported} */
const bytes = (name, content, preview) => ({
  name,
  type: 'application/octet-stream',
  content,
  preview,
  isText: false,
});

/** The graph of an .onnx file, an operator and its attributes line by line. @param {import('../layer.js').Layer} layer @param {{ input: Tensor, weight: Tensor, bias: Tensor|null, output: { shape: number[] } }} tensors */
function describe(layer, { input, weight, bias, output }) {
  const { opset, nodes, pads } = graphOf(layer);
  const value = (/** @type {unknown} */ v) => (Array.isArray(v) ? list(v) : String(v));
  return [
    `opset ${opset}`,
    `x: float32 ${list(input.shape)}`,
    `w: float32 ${list(weight.shape)}`,
    ...(bias ? [`b: float32 ${list(bias.shape)}`] : []),
    ...(pads ? [`pads: int64 ${list(pads)}`] : []),
    ...nodes.flatMap(({ op, inputs, outputs, attributes }) => [
      `${outputs} = ${op}(${inputs.join(', ')})`,
      ...Object.entries(attributes).map(([name, v]) => `    ${name} = ${value(v)}`),
    ]),
    `y: float32 ${list(output.shape)}`,
    '',
  ].join('\n');
}
