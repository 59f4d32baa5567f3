// This engine, from array to array.
import { createEngine } from '../../../web/engine/index.js';
import { numbersOf } from './layers.js';

export const name = 'Convscope';

const engine = await createEngine();

/** @param {import('./layers.js').BenchLayer} layer */
export async function prepare(layer) {
  const { input, weight } = numbersOf(layer);
  const { op, stride, padding, dilation, outputPadding, groups } = layer;
  const made = engine.layer({
    ...{ op, stride, padding, dilation, groups },
    ...(op === 'conv2d' ? {} : { outputPadding }),
    weight: { shape: layer.weight, data: weight },
  });
  const x = { shape: layer.input, data: input };
  /** @type {import('../../../web/engine/types.js').TensorOutput | undefined} */
  let spare;
  return {
    /** @returns {Float32Array} (N, O, H, W) */
    run: () => /** @type {Float32Array} */ (made.run(x).data),
    /** The same into the memory of the output before. */
    runAgain: () => {
      spare = made.run(x, spare);
    },
    dispose: () => made.dispose(),
  };
}
