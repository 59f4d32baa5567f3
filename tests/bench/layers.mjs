// Layers of well-known networks on this engine, ONNX Runtime Web and TensorFlow.js (WebAssembly, one thread each), turn
// by turn in one process: medians, and how many times faster this engine is than the faster of the two. Then what share
// of the multiply-adds that SIMD can do is reached, and how time and memory grow with the size.
// CONVSCOPE_WRITE_DOCS=1 writes the tables to docs/performance.md.
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { createEngine } from '../../web/engine/index.js';
import { hasRelaxedSimd } from '../../web/engine/load.js';
import * as convscope from './engines/convscope.js';
import { LAYERS, multiplyAdds, numbersOf, outputShape } from './engines/layers.js';
import { measure, median } from './engines/measure.js';
import * as onnxruntime from './engines/onnxruntime.js';
import * as tensorflow from './engines/tensorflow.js';

const MILLISECONDS = 1000;
const ENGINES = [convscope, onnxruntime, tensorflow];

/** @type {string[]} */
const lines = [];
const put = (/** @type {string} */ line) => {
  console.log(line);
  lines.push(line);
};

/** GFLOP/s of a loop in registers, in the module that the engine runs in. */
async function peak() {
  const { default: create } = await (hasRelaxedSimd()
    ? import('#wasm/convscope-relaxed.mjs')
    : import('#wasm/convscope.mjs'));
  const raw = /** @type {any} */ (await create());
  const times = 20_000;
  /** @type {number[]} */
  const rates = [];
  for (let at = 0; at < 200; at++) {
    const from = performance.now();
    raw._convscope_multiply_add_only(times, 0.5, 1);
    rates.push((times * 80) / (performance.now() - from) / 1e6);
  }
  return median(rates.slice(100));
}

/** The largest difference of two results, as a share of the largest number; the second may have channels last. */
function difference(
  /** @type {Float32Array} */ a,
  /** @type {Float32Array} */ b,
  /** @type {import('./engines/layers.js').BenchLayer} */ layer,
  /** @type {boolean} */ last,
) {
  const [, channels, height, width] = outputShape(layer);
  const plane = height * width;
  let most = 0;
  let largest = 0;
  for (let at = 0; at < a.length; at++) {
    const other = last ? (at % plane) * channels + Math.floor(at / plane) : at;
    most = Math.max(most, Math.abs(a[at] - b[other]));
    largest = Math.max(largest, Math.abs(b[other]));
  }
  return most / largest;
}

const ms = (/** @type {number} */ time) =>
  Number.isNaN(time) ? '–' : time < 0.1 ? time.toFixed(4) : time.toFixed(2);
const mean = (/** @type {number[]} */ list) =>
  Math.exp(list.reduce((sum, x) => sum + Math.log(x), 0) / list.length);

const top = await peak();
put(
  `${cpus()[0].model}, Node ${process.versions.node}, ${hasRelaxedSimd() ? 'relaxed' : 'plain'} SIMD. Milliseconds per call, from array to array, medians; "times faster" is the faster of the other two / Convscope.`,
);
put(`Multiply-adds in registers alone: ${top.toFixed(1)} GFLOP/s.`);
put('');
put(
  '| layer | Convscope | ONNX Runtime Web | TensorFlow.js | times faster | GFLOP/s | of the peak |',
);
put('| --- | ---: | ---: | ---: | ---: | ---: | ---: |');
/** @type {{ kind: string, ratio: number }[]} */
const ratios = [];
for (const layer of LAYERS) {
  /** @type {any[]} */
  const prepared = [];
  for (const engine of ENGINES) prepared.push(await engine.prepare(layer));
  const results = [];
  for (const engine of prepared) results.push(engine && (await engine.run()));
  for (const at of [1, 2]) {
    if (!results[at]) continue;
    const off = difference(results[0], results[at], layer, Boolean(prepared[at].channelsLast));
    if (off > 1e-5)
      throw new Error(`${layer.name}: ${ENGINES[at].name} gives other numbers (${off})`);
  }
  const times = await measure(prepared, MILLISECONDS, layer.kind === 'tiny' ? 200 : 1);
  const best = Math.min(...times.slice(1).filter((time) => !Number.isNaN(time)));
  const ratio = best / times[0];
  const rate = (2 * multiplyAdds(layer)) / times[0] / 1e6;
  ratios.push({ kind: layer.kind, ratio });
  const share =
    layer.kind === 'tiny' ? '– | –' : `${rate.toFixed(1)} | ${((100 * rate) / top).toFixed(0)} %`;
  put(`| ${layer.name} | ${times.map(ms).join(' | ')} | ${ratio.toFixed(2)} | ${share} |`);
  for (const engine of prepared) await engine?.dispose();
}
const of = (/** @type {string[]} */ ...kinds) =>
  ratios.filter(({ kind }) => kinds.includes(kind)).map(({ ratio }) => ratio);
put('');
put(
  `Geometric mean: ${mean(ratios.map(({ ratio }) => ratio)).toFixed(2)} over all, ${mean(of('dense', 'other')).toFixed(2)} convolutions, ${mean(of('transposed')).toFixed(2)} transposed (least ${Math.min(...of('transposed')).toFixed(2)}), ${mean(of('tiny')).toFixed(2)} tiny; without the tiny ones ${mean(of('dense', 'other', 'transposed')).toFixed(2)}.`,
);
put(
  'GFLOP/s count the products of the definition: Winograd needs fewer, so its layers may pass the peak.',
);

put('');
put('## Growth');
put('');
put('A 3×3 layer of 64 channels on square images, and the memory of the whole process afterwards:');
put('');
put('| side | ms | ns per multiply-add | memory, MiB |');
put('| ---: | ---: | ---: | ---: |');
const engine = await createEngine();
const base = LAYERS[1];
for (const side of [14, 28, 56, 112, 224]) {
  const layer = { ...base, input: [1, 64, side, side] };
  const { input, weight } = numbersOf(layer);
  const made = engine.layer({
    op: 'conv2d',
    padding: 1,
    weight: { shape: layer.weight, data: weight },
  });
  const x = { shape: layer.input, data: input };
  const [time] = await measure([{ run: () => made.run(x), dispose() {} }], 300, 1);
  made.dispose();
  const memory = process.memoryUsage().rss / 2 ** 20;
  put(
    `| ${side} | ${ms(time)} | ${((1e6 * time) / multiplyAdds(layer)).toFixed(4)} | ${memory.toFixed(0)} |`,
  );
}

if (process.env.CONVSCOPE_WRITE_DOCS) {
  const head = [
    '# Speed',
    '',
    '`engine.layer` beside the engines that people ship to browsers. Written by `CONVSCOPE_WRITE_DOCS=1 npm run bench -- layers`;',
    'numbers of another machine will differ, ratios less.',
    '',
  ];
  writeFileSync(
    new URL('../../docs/performance.md', import.meta.url),
    `${[...head, ...lines].join('\n')}\n`,
  );
}
