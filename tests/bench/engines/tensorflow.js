// TensorFlow.js, its WebAssembly backend with SIMD on one thread. Inputs and outputs are laid out as it likes best, channels
// last; taking the input from an array and giving the output in one is part of a call, as everywhere.
import * as wasm from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { numbersOf, outputShape } from './layers.js';

export const name = 'TensorFlow.js';

wasm.setThreadsCount(1);
await tf.setBackend('wasm');
await tf.ready();

/** @param {import('./layers.js').BenchLayer} layer */
export async function prepare(layer) {
  const { op, groups, stride, padding, dilation } = layer;
  const depthwise = groups > 1 && groups === layer.input[1] && layer.weight[1] === 1;
  if (groups > 1 && !depthwise) return null; // it has no grouped convolution
  const { input, weight } = numbersOf(layer);
  const last = (
    /** @type {Float32Array} */ data,
    /** @type {number[]} */ shape,
    /** @type {number[]} */ order,
  ) =>
    tf.tidy(
      () =>
        /** @type {tf.Tensor4D} */ (
          tf.transpose(tf.tensor(data, /** @type {any} */ (shape)), order)
        ),
    );
  const first = last(input, layer.input, [0, 2, 3, 1]);
  const values = first.dataSync();
  const { shape } = first;
  first.dispose();
  const w = last(weight, layer.weight, depthwise ? [2, 3, 0, 1] : [2, 3, 1, 0]);
  const [n, o, oh, ow] = outputShape(layer);
  const compute = (/** @type {tf.Tensor4D} */ x) => {
    if (depthwise) return tf.depthwiseConv2d(x, w, stride, padding, 'NHWC', dilation, 'floor');
    if (op === 'conv2d') return tf.conv2d(x, w, stride, padding, 'NHWC', dilation, 'floor');
    return tf.conv2dTranspose(x, w, [n, oh, ow, o], stride, padding, 'floor');
  };
  return {
    /** @returns {Float32Array} (N, H, W, O) */
    run() {
      const x = tf.tensor4d(values, shape);
      const y = compute(x);
      const data = y.dataSync();
      x.dispose();
      y.dispose();
      return /** @type {Float32Array} */ (data);
    },
    channelsLast: true,
    dispose: () => w.dispose(),
  };
}
