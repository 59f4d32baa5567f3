// ONNX Runtime Web, its WebAssembly provider on one thread: a session with one node.
import * as ort from 'onnxruntime-web/wasm';
import { writeOnnx } from '../../../web/state/export/onnx.js';
import { numbersOf, outputShape } from './layers.js';

export const name = 'ONNX Runtime Web';

ort.env.wasm.numThreads = 1;

/** @param {import('./layers.js').BenchLayer} layer */
export async function prepare(layer) {
  const { input, weight } = numbersOf(layer);
  const both = (/** @type {number} */ value) => [value, value];
  const model = writeOnnx(
    {
      op: layer.op,
      transposed: layer.op !== 'conv2d',
      spatial: 2,
      batch: layer.input[0],
      inChannels: layer.input[1],
      outChannels: outputShape(layer)[1],
      groups: layer.groups,
      inputSize: layer.input.slice(2),
      kernelSize: layer.weight.slice(2),
      stride: both(layer.stride),
      dilation: both(layer.dilation),
      begin: both(layer.padding),
      end: both(layer.padding),
      outputPadding: both(layer.outputPadding),
      named: null,
      paddingMode: 'zeros',
      hasBias: false,
      flip: false,
    },
    {
      input: /** @type {any} */ ({ shape: layer.input, data: [] }),
      weight: /** @type {any} */ ({ shape: layer.weight, data: weight }),
      bias: null,
      output: { shape: outputShape(layer) },
    },
  );
  const session = await ort.InferenceSession.create(model, { executionProviders: ['wasm'] });
  const x = new ort.Tensor('float32', input, layer.input);
  return {
    /** @returns {Promise<Float32Array>} (N, O, H, W) */
    async run() {
      const { y } = await session.run({ x });
      return /** @type {Float32Array} */ (y.data);
    },
    dispose: () => session.release(),
  };
}
