// The layer with its numbers as the bytes of an .onnx file. Field numbers after onnx/onnx.proto; pbf writes
// the wire format.

import { PbfWriter } from 'pbf';
import { graphOf } from '../onnx-graph.js';
import { sizeOf } from '../tensors.js';

/**
 * @typedef {import('../formats.js').Tensor} Tensor
 * @typedef {import('../layer.js').Layer} Layer
 * @typedef {{ name: string, shape: number[], type: number, bytes: Uint8Array }} Initializer
 * @typedef {{ name: string, shape: number[] }} Value
 */

const FLOAT = 1;
const INT64 = 7;
/** AttributeProto.type */
const KIND = { int: 2, string: 3, ints: 7 };

/**
 * @param {Layer} layer @param {{ input: Tensor, weight: Tensor, bias: Tensor|null, output: { shape: number[] } }} tensors
 *   weight in PyTorch's layout, which is ONNX's too
 * @returns {Uint8Array} a model with input "x" and output "y", both float32
 */
export function writeOnnx(layer, { input, weight, bias, output }) {
  const graph = graphOf(layer);
  /** @type {Initializer[]} */
  const initializers = [floats('w', layer.flip ? turned(weight) : weight)];
  if (bias) initializers.push(floats('b', bias));
  if (graph.pads) initializers.push(integers('pads', graph.pads));
  const pbf = new PbfWriter();
  pbf.writeVarintField(1, graph.opset > 13 ? 9 : 8); // ir_version
  pbf.writeStringField(2, 'Convscope');
  pbf.writeMessage(
    7,
    (_, graphPbf) => {
      for (const node of graph.nodes) graphPbf.writeMessage(1, writeNode, node);
      graphPbf.writeStringField(2, layer.op);
      for (const tensor of initializers) graphPbf.writeMessage(5, writeTensor, tensor);
      graphPbf.writeMessage(11, writeValue, { name: 'x', shape: input.shape });
      graphPbf.writeMessage(12, writeValue, { name: 'y', shape: output.shape });
    },
    null,
  );
  pbf.writeMessage(8, (version, opset) => opset.writeVarintField(2, version), graph.opset);
  return pbf.finish();
}

/** @param {import('../onnx-graph.js').Node} node @param {PbfWriter} pbf */
function writeNode({ op, inputs, outputs, attributes }, pbf) {
  for (const name of inputs) pbf.writeStringField(1, name);
  for (const name of outputs) pbf.writeStringField(2, name);
  pbf.writeStringField(4, op);
  for (const attribute of Object.entries(attributes))
    pbf.writeMessage(5, writeAttribute, attribute);
}

/** @param {[string, string|number|number[]]} attribute @param {PbfWriter} pbf */
function writeAttribute([name, value], pbf) {
  pbf.writeStringField(1, name);
  if (typeof value === 'string') {
    pbf.writeBytesField(4, new TextEncoder().encode(value));
    pbf.writeVarintField(20, KIND.string);
  } else if (typeof value === 'number') {
    pbf.writeVarintField(3, value);
    pbf.writeVarintField(20, KIND.int);
  } else {
    // proto2: a repeated number is not packed
    for (const n of value) pbf.writeVarintField(8, n);
    pbf.writeVarintField(20, KIND.ints);
  }
}

/** @param {Initializer} tensor @param {PbfWriter} pbf */
function writeTensor({ name, shape, type, bytes }, pbf) {
  for (const n of shape) pbf.writeVarintField(1, n);
  pbf.writeVarintField(2, type);
  pbf.writeStringField(8, name);
  pbf.writeBytesField(9, bytes);
}

/** @param {Value} value @param {PbfWriter} pbf */
function writeValue({ name, shape }, pbf) {
  pbf.writeStringField(1, name);
  pbf.writeMessage(
    2,
    (_, type) =>
      type.writeMessage(
        1,
        (_, tensor) => {
          tensor.writeVarintField(1, FLOAT);
          tensor.writeMessage(
            2,
            (_, dims) => {
              for (const n of shape)
                dims.writeMessage(1, (size, dim) => dim.writeVarintField(1, size), n);
            },
            null,
          );
        },
        null,
      ),
    null,
  );
}

/** @param {string} name @param {Tensor} tensor @returns {Initializer} */
function floats(name, { shape, data }) {
  const view = new DataView(new ArrayBuffer(data.length * 4));
  for (let i = 0; i < data.length; i++) view.setFloat32(i * 4, data[i], true);
  return { name, shape, type: FLOAT, bytes: new Uint8Array(view.buffer) };
}

/** @param {string} name @param {number[]} values @returns {Initializer} */
function integers(name, values) {
  const view = new DataView(new ArrayBuffer(values.length * 8));
  for (const [i, v] of values.entries()) view.setBigInt64(i * 8, BigInt(v), true);
  return { name, shape: [values.length], type: INT64, bytes: new Uint8Array(view.buffer) };
}

/** Each kernel turned by 180 degrees: its cells in reverse. @param {Tensor} weight @returns {Tensor} */
function turned({ shape, data }) {
  const cells = sizeOf(shape.slice(2));
  const from = (/** @type {number} */ i) => i - (i % cells) + (cells - 1 - (i % cells));
  return { shape, data: Float64Array.from(data, (_, i) => data[from(i)]) };
}
