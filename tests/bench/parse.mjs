// How long ten megabytes of pasted text take, in a fresh engine and once it has warmed up, beside JSON.parse and beside
// a loop in JavaScript that only splits the text into numbers: the ratio to these is what counts.
import { createEngine } from '../../web/engine/index.js';

const SIZE = 1e7;
const ROUNDS = 5;

const row = (/** @type {number} */ seed, /** @type {string} */ separator) =>
  Array.from({ length: 100 }, (_, at) => Math.sin(seed + at * 0.7).toFixed(4)).join(separator);
const rows = (/** @type {string} */ separator) =>
  Array.from({ length: Math.ceil(SIZE / row(0, separator).length) }, (_, at) => row(at, separator));

const texts = {
  json: `[[${rows(', ').join('],\n [')}]]`,
  tensor: `tensor([[${rows(', ').join('],\n        [')}]])`,
  csv: rows(',').join('\n'),
  prose: 'it is (1 of 2) "text" [see] x[0] = \n'.repeat(SIZE / 36),
};

/** @param {() => unknown} call @returns {{ first: number, best: number }} milliseconds */
function time(call) {
  const times = Array.from({ length: ROUNDS }, () => {
    const begin = performance.now();
    try {
      call();
    } catch {
      // prose holds nothing, and is refused
    }
    return performance.now() - begin;
  });
  return { first: times[0], best: Math.min(...times) };
}

/** The plainest reader there is: numbers without their shape. @param {string} text */
const split = (text) => Float64Array.from(text.split(/[^-+.\de]+/).filter(Boolean), Number);

const engine = await createEngine();
const ms = (/** @type {number} */ value) => `${value.toFixed(0)} ms`;
const json = time(() => JSON.parse(texts.json)).best;
console.log(`JSON.parse of ${(texts.json.length / 1e6).toFixed(1)} MB: ${ms(json)}`);
for (const [name, text] of Object.entries(texts)) {
  const loop = time(() => split(text)).best;
  const { first, best } = time(() => engine.parse(text));
  console.log(
    `${name.padEnd(7)} ${(text.length / 1e6).toFixed(1)} MB: first ${ms(first)}, then ${ms(best)}; ` +
      `split and Number: ${ms(loop)}; ${(loop / best).toFixed(2)} times as fast as that, ` +
      `${(json / best).toFixed(2)} times as fast as JSON.parse`,
  );
}
