// The layer as a graph of ONNX operators: one Conv or ConvTranspose, after a Pad where the padding is not
// zeros. After the operators' definitions at onnx.ai (Conv, ConvTranspose, Pad). Plain data; export/onnx.js
// makes bytes of it, translate/onnx.js source.

import { isCropped, isPadded, plainTransposed } from './layer.js';

/**
 * @typedef {{ op: string, inputs: string[], outputs: string[], attributes: Record<string, string|number|number[]> }} Node
 * @typedef {{ opset: number, nodes: Node[], pads: number[]|null }} Graph `pads` is the second input of Pad
 */

/** ONNX's names of the padding modes. */
const MODES = { reflect: 'reflect', replicate: 'edge', circular: 'wrap' };

/** Whether `graphOf` can say it: a padding by copies that also crops is no Pad. @param {import('./layer.js').Layer} layer */
export const hasGraph = (layer) => layer.paddingMode === 'zeros' || !isCropped(layer);

/** @param {import('./layer.js').Layer} layer @returns {Graph} */
export function graphOf(layer) {
  const { transposed } = layer;
  const steps = transposed ? plainTransposed(layer) : null;
  const before = steps ? zerosAround(steps) : paddingApart(layer);
  const none = layer.begin.map(() => 0);
  const { begin, end } = steps ?? (before ? { begin: none, end: none } : layer);
  return {
    opset: before?.mode === 'wrap' ? 19 : 13, // Pad has known "wrap" since 19
    nodes: [
      ...(before
        ? [{ op: 'Pad', inputs: ['x', 'pads'], outputs: ['xp'], attributes: { mode: before.mode } }]
        : []),
      {
        op: transposed ? 'ConvTranspose' : 'Conv',
        inputs: [before ? 'xp' : 'x', 'w', ...(layer.hasBias ? ['b'] : [])],
        outputs: ['y'],
        attributes: {
          kernel_shape: layer.kernelSize,
          strides: layer.stride,
          pads: [...begin, ...end],
          dilations: layer.dilation,
          group: layer.groups,
          ...(steps ? { output_padding: steps.outputPadding } : {}),
        },
      },
    ],
    pads: before && [0, 0, ...before.begin, 0, 0, ...before.end],
  };
}

/** What Conv cannot pad itself: it knows zeros only, and none below 0. @param {import('./layer.js').Layer} layer */
function paddingApart(layer) {
  const { paddingMode, begin, end } = layer;
  if (paddingMode === 'zeros') return isCropped(layer) ? { mode: 'constant', begin, end } : null;
  return isPadded(layer) ? { mode: MODES[paddingMode], begin, end } : null;
}

/** onnxruntime wants output_padding below the stride, and pads of at least 0. @param {ReturnType<typeof plainTransposed>} steps */
const zerosAround = ({ zerosBegin, zerosEnd }) =>
  [...zerosBegin, ...zerosEnd].some(Boolean)
    ? { mode: 'constant', begin: zerosBegin, end: zerosEnd }
    : null;
