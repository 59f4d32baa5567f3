// ONNX: the node and its attributes, as onnx.helper makes them. The weight stays in PyTorch's layout.

import { graphOf, hasGraph } from '../onnx-graph.js';
import { list } from '../python.js';
import { commonNotes, turnLine } from './common.js';

/** @param {import('../layer.js').Layer} layer @returns {import('./index.js').Translation} */
export function onnx(layer) {
  if (!hasGraph(layer)) return { fit: 'none', source: '', notes: [{ id: 'onnx.negative' }] };
  const { opset, nodes, pads } = graphOf(layer);
  const value = (/** @type {string|number|number[]} */ v) =>
    typeof v === 'string' ? `'${v}'` : Array.isArray(v) ? list(v) : String(v);
  const names = (/** @type {string[]} */ all) => list(all.map((name) => `'${name}'`));
  const source = [
    'import numpy as np',
    'from onnx import helper',
    '',
    `# opset ${opset} or later`,
    ...turnLine(layer),
    ...(pads ? [`pads = np.array(${list(pads)}, dtype=np.int64)  # an input of Pad`] : []),
    'nodes = [',
    ...nodes.flatMap(({ op, inputs, outputs, attributes }) => [
      `    helper.make_node('${op}', ${names(inputs)}, ${names(outputs)},`,
      ...Object.entries(attributes).map(
        ([name, v], i, all) => `        ${name}=${value(v)}${i === all.length - 1 ? '),' : ','}`,
      ),
    ]),
    ']',
  ];
  const mode = nodes.length > 1 ? nodes[0].attributes.mode : null;
  return {
    fit: nodes.length > 1 ? 'steps' : 'one',
    source: `${source.join('\n')}\n`,
    notes: [
      ...commonNotes(layer),
      { id: 'onnx.pads' },
      ...(mode && mode !== 'constant' ? [{ id: 'onnx.mode', values: { mode: String(mode) } }] : []),
      ...(mode === 'constant' ? [{ id: layer.transposed ? 'zerosAround' : 'cropFirst' }] : []),
    ],
  };
}
