// A graph of operators with its numbers as the bytes of an .onnx file. Field numbers after onnx/onnx.proto; pbf writes
// the wire format.

import { PbfWriter } from 'pbf';

/**
 * @typedef {import('../formats.js').Tensor} Tensor
 * @typedef {string|number|number[]|{ float: number }} Attribute a number alone is a whole one
 * @typedef {{ op: string, inputs: string[], outputs: string[], attributes: Record<string, Attribute> }} Node
 * @typedef {{ name: string, shape: number[], type: number, bytes: Uint8Array }} Initializer
 * @typedef {{ name: string, shape: number[] }} Value
 * @typedef {{ opset: number, name: string, nodes: Node[], initializers: Initializer[], input: Value, output: Value }} OnnxModel
 */

const FLOAT = 1;
const INT64 = 7;
/** AttributeProto.type */
const KIND = { float: 1, int: 2, string: 3, ints: 7 };

/** @param {OnnxModel} model its input and output are float32 @returns {Uint8Array} */
export function writeModel({ opset, name, nodes, initializers, input, output }) {
  const pbf = new PbfWriter();
  pbf.writeVarintField(1, opset > 13 ? 9 : 8); // ir_version
  pbf.writeStringField(2, 'Convscope');
  pbf.writeMessage(
    7,
    (_, graph) => {
      for (const node of nodes) graph.writeMessage(1, writeNode, node);
      graph.writeStringField(2, name);
      for (const tensor of initializers) graph.writeMessage(5, writeTensor, tensor);
      graph.writeMessage(11, writeValue, input);
      graph.writeMessage(12, writeValue, output);
    },
    null,
  );
  pbf.writeMessage(8, (version, opset) => opset.writeVarintField(2, version), opset);
  return pbf.finish();
}

/** @param {Node} node @param {PbfWriter} pbf */
function writeNode({ op, inputs, outputs, attributes }, pbf) {
  for (const name of inputs) pbf.writeStringField(1, name);
  for (const name of outputs) pbf.writeStringField(2, name);
  pbf.writeStringField(4, op);
  for (const attribute of Object.entries(attributes))
    pbf.writeMessage(5, writeAttribute, attribute);
}

/** @param {[string, Attribute]} attribute @param {PbfWriter} pbf */
function writeAttribute([name, value], pbf) {
  pbf.writeStringField(1, name);
  if (typeof value === 'string') {
    pbf.writeBytesField(4, new TextEncoder().encode(value));
    pbf.writeVarintField(20, KIND.string);
  } else if (typeof value === 'number') {
    pbf.writeVarintField(3, value);
    pbf.writeVarintField(20, KIND.int);
  } else if ('float' in value) {
    pbf.writeFloatField(2, value.float);
    pbf.writeVarintField(20, KIND.float);
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
export function floats(name, { shape, data }) {
  const view = new DataView(new ArrayBuffer(data.length * 4));
  for (let i = 0; i < data.length; i++) view.setFloat32(i * 4, data[i], true);
  return { name, shape, type: FLOAT, bytes: new Uint8Array(view.buffer) };
}

/** @param {string} name @param {number[]} values @returns {Initializer} */
export function integers(name, values) {
  const view = new DataView(new ArrayBuffer(values.length * 8));
  for (const [i, v] of values.entries()) view.setBigInt64(i * 8, BigInt(v), true);
  return { name, shape: [values.length], type: INT64, bytes: new Uint8Array(view.buffer) };
}
