// The layer with its numbers as the bytes of an .onnx file.

import { graphOf } from '../onnx-graph.js';
import { sizeOf } from '../tensors.js';
import { floats, integers, writeModel } from './onnx-model.js';

/**
 * @typedef {import('../formats.js').Tensor} Tensor
 * @typedef {import('../layer.js').Layer} Layer
 */

/**
 * @param {Layer} layer @param {{ input: Tensor, weight: Tensor, bias: Tensor|null, output: { shape: number[] } }} tensors
 *   weight in PyTorch's layout, which is ONNX's too
 * @returns {Uint8Array} a model with input "x" and output "y", both float32
 */
export function writeOnnx(layer, { input, weight, bias, output }) {
  const { opset, nodes, pads } = graphOf(layer);
  return writeModel({
    opset,
    name: layer.op,
    nodes,
    initializers: [
      floats('w', layer.flip ? turned(weight) : weight),
      ...(bias ? [floats('b', bias)] : []),
      ...(pads ? [integers('pads', pads)] : []),
    ],
    input: { name: 'x', shape: input.shape },
    output: { name: 'y', shape: output.shape },
  });
}

/** Each kernel turned by 180 degrees: its cells in reverse. @param {Tensor} weight @returns {Tensor} */
function turned({ shape, data }) {
  const cells = sizeOf(shape.slice(2));
  const from = (/** @type {number} */ i) => i - (i % cells) + (cells - 1 - (i % cells));
  return { shape, data: Float64Array.from(data, (_, i) => data[from(i)]) };
}
