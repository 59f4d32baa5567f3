// All that a stack can be taken away as. Loaded when the panel is first opened.

import { writeModel } from '../onnx-model.js';
import { stackGraph } from './graph.js';
import { NotExportable } from './not-exportable.js';
import { TABLES } from './table.js';
import { torchSource } from './torch.js';

/**
 * @typedef {import('../../../engine/stack.js').StackLayer} StackLayer
 * @typedef {import('../../../engine/stack.js').Stack} Stack
 * @typedef {import('../../../engine/stack.js').StackRun} StackRun
 * @typedef {import('../../stack/formats.js').StackFormat} StackFormat
 * @typedef {{ name: string, type: string, text: string|null, content: () => string|Uint8Array } | { problem: 'batch' } |
 *   { problem: 'layer', layer: number, op: string }} StackExport `text` is shown and copied; `problem`: why there is none
 */

/** @type {Record<Exclude<StackFormat, 'onnx'>, { name: string, type: string, write: (layers: StackLayer[], stack: Stack) => string }>} */
const TEXTS = {
  torch: { name: 'stack.py', type: 'text/x-python', write: torchSource },
  markdown: { name: 'stack.md', type: 'text/markdown', write: TABLES.markdown },
  latex: { name: 'stack.tex', type: 'application/x-tex', write: TABLES.latex },
  csv: { name: 'stack.csv', type: 'text/csv', write: TABLES.csv },
};

/**
 * @param {StackFormat} format @param {StackLayer[]} layers @param {Stack} stack without a failure
 * @param {Pick<StackRun, 'parameters'>|null} run the weights, for ONNX and a stack with a batch
 * @returns {StackExport}
 */
export function exportStack(format, layers, stack, run) {
  try {
    if (format !== 'onnx') {
      const { name, type, write } = TEXTS[format];
      const text = write(layers, stack);
      return { name, type, text, content: () => text };
    }
    if (!stack.batched || !run) return { problem: 'batch' };
    const model = stackGraph(layers, stack, run.parameters);
    const type = 'application/octet-stream';
    return { name: 'stack.onnx', type, text: null, content: () => writeModel(model) };
  } catch (error) {
    if (!(error instanceof NotExportable)) throw error;
    return { problem: 'layer', layer: error.layer, op: error.op };
  }
}
