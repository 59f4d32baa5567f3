// Layers of well-known networks on this engine, ONNX Runtime Web and TensorFlow.js (WebAssembly, one thread each), turn
// by turn in one process, in Node and in headless Chromium: medians, how many times faster this engine is than the faster
// of the two, what share of the multiply-adds that SIMD can do is reached; how the time grows with the size; how much
// memory each engine takes. `--node` or `--chromium`: there only; `--layer=TEXT`: layers whose name has it.
// CONVSCOPE_WRITE_DOCS=1 writes the tables to docs/performance.md.
import { writeFileSync } from 'node:fs';
import { LAYERS, multiplyAdds } from './engines/layers.js';
import { inChromium, inNode, memoryOf } from './engines/places.js';

const MILLISECONDS = 2500;
const SIDES = [14, 28, 56, 112, 224];

const asked = process.argv.slice(2);
const has = (/** @type {string} */ flag) => asked.includes(flag);
const wanted = asked.find((each) => each.startsWith('--layer='))?.slice('--layer='.length) ?? '';
const layers = LAYERS.map((layer, index) => ({ layer, index })).filter(({ layer }) =>
  layer.name.includes(wanted),
);

/** @type {string[]} */
const lines = [];
const put = (/** @type {string} */ line) => {
  console.log(line);
  lines.push(line);
};

const ms = (/** @type {number} */ time) =>
  Number.isNaN(time) ? '–' : time < 0.1 ? time.toFixed(4) : time.toFixed(2);
const mib = (/** @type {number | null} */ bytes) =>
  bytes === null ? '–' : (bytes / 2 ** 20).toFixed(1);
const mean = (/** @type {number[]} */ list) =>
  Math.exp(list.reduce((sum, x) => sum + Math.log(x), 0) / list.length).toFixed(2);

/** @param {string} title @param {import('./engines/places.js').Place} place */
async function speed(title, place) {
  const { peak, build } = await place.peak();
  put(`## ${title}`);
  put('');
  put(
    `${place.name}, ${build} SIMD. Milliseconds per call, from array to array, medians; "times faster" is the faster of the other two / Convscope, all with a new array for each output. "Output reused": with the one before as \`spare\`; GFLOP/s are of that, and so is the share of the peak: the time of as many multiply-adds in registers alone, in the same turns.`,
  );
  put(`Multiply-adds in registers alone: ${peak.toFixed(1)} GFLOP/s.`);
  put('');
  put(
    '| layer | Convscope | ONNX Runtime Web | TensorFlow.js | times faster | output reused | times faster | GFLOP/s | of the peak |',
  );
  put('| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
  /** @type {{ kind: string, ratio: number, again: number }[]} */
  const ratios = [];
  for (const { layer, index } of layers) {
    const [own, onnx, tensorflow, reused, registers] = await place.timesOf(index, MILLISECONDS);
    const best = Math.min(...[onnx, tensorflow].filter((time) => !Number.isNaN(time)));
    const [ratio, again] = [best / own, best / reused];
    const rate = (2 * multiplyAdds(layer)) / reused / 1e6;
    ratios.push({ kind: layer.kind, ratio, again });
    const share = `${rate.toFixed(1)} | ${((100 * registers) / reused).toFixed(0)} %`;
    put(
      `| ${layer.name} | ${[own, onnx, tensorflow].map(ms).join(' | ')} | ${ratio.toFixed(2)} | ${ms(reused)} | ${again.toFixed(2)} | ${layer.kind === 'tiny' ? '– | –' : share} |`,
    );
  }
  /** @param {'ratio'|'again'} which */
  const means = (which) => {
    const of = (/** @type {string[]} */ ...kinds) =>
      ratios.filter(({ kind }) => kinds.includes(kind)).map((each) => each[which]);
    return `${mean(ratios.map((each) => each[which]))} over all, ${mean(of('dense', 'other'))} convolutions, ${mean(of('transposed'))} transposed (least ${Math.min(...of('transposed')).toFixed(2)}), ${mean(of('tiny'))} tiny; without the tiny ones ${mean(of('dense', 'other', 'transposed'))}`;
  };
  put('');
  if (!wanted) put(`Geometric mean: ${means('ratio')}. With the output reused: ${means('again')}.`);
  put(
    'GFLOP/s count the products of the definition: the algorithms of Winograd and Strassen need fewer, so that their layers may pass the peak.',
  );
  put('');
  put(
    'A 3×3 layer of 64 channels on square images, each in a module of its own, and the memory of that afterwards:',
  );
  put('');
  put('| side | ms | ns per multiply-add | memory, MiB |');
  put('| ---: | ---: | ---: | ---: |');
  for (const side of SIDES) {
    const { time, multiplyAdds: count, bytes } = await place.growthOf(side, 300);
    put(`| ${side} | ${ms(time)} | ${((1e6 * time) / count).toFixed(4)} | ${mib(bytes)} |`);
  }
  put('');
}

async function memory() {
  put('## Memory');
  put('');
  put(
    'MiB of WebAssembly memory after one call of one layer, each engine in a fresh module: its high-water mark, since such memory only grows.',
  );
  put('');
  put('| layer | Convscope | ONNX Runtime Web | TensorFlow.js |');
  put('| --- | ---: | ---: | ---: |');
  for (const { layer, index } of layers)
    put(`| ${layer.name} | ${(await memoryOf(index)).map(mib).join(' | ')} |`);
}

/** @type {[string, string, () => Promise<import('./engines/places.js').Place>][]} */
const PLACES = [
  ['In Node', '--node', inNode],
  ['In Chromium', '--chromium', inChromium],
];
const both = !PLACES.some(([, flag]) => has(flag));
for (const [title, flag, open] of PLACES) {
  if (!both && !has(flag)) continue;
  const place = await open();
  try {
    await speed(title, place);
  } finally {
    await place.close();
  }
}
await memory();

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
