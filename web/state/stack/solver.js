// What one asks the solver, between the texts in its fields and the question that the engine takes.

import { readWhole } from '../settings.js';

/** @typedef {'kernelSize'|'stride'|'padding'|'dilation'|'outputPadding'} RangeKey */

export const RANGE_KEYS = /** @type {RangeKey[]} */ ([
  'kernelSize',
  'stride',
  'padding',
  'dilation',
  'outputPadding',
]);

/** Operations that can be asked about, by the arguments they have. */
export const SOLVED = /** @type {Record<string, RangeKey[]>} */ ({
  conv2d: ['kernelSize', 'stride', 'padding', 'dilation'],
  conv_transpose2d: RANGE_KEYS,
  max_pool2d: ['kernelSize', 'stride', 'padding', 'dilation'],
  avg_pool2d: ['kernelSize', 'stride', 'padding'],
});

/** Channels of layers that only their sizes are asked for. */
const CHANNELS = 16;

/**
 * An answer as layers of a stack.
 * @param {string} op @param {import('../../engine/stack.js').SizeAnswer} answer
 * @returns {import('../../engine/stack.js').StackLayer[]}
 */
export function layersOfAnswer(op, { layers }) {
  const channels = op.startsWith('conv') ? { outChannels: CHANNELS } : {};
  return layers.map((one) => ({ op: /** @type {any} */ (op), ...channels, ...one }));
}

/** What goes into a stack of such an answer alone. @param {import('../../engine/stack.js').SizeAnswer} answer */
export const shapeOfAnswer = ({ sizes: [size] }) => [1, CHANNELS, size, size].join(', ');

/** Values that go without saying. @type {Partial<Record<RangeKey, number>>} */
const SILENT = { dilation: 1, outputPadding: 0 };

/**
 * The layers of an answer, those alike behind each other once with how often.
 * @param {readonly import('../../engine/stack.js').SizeArguments[]} layers
 * @param {(key: RangeKey, value: number) => string} word of one argument
 */
export function argumentsText(layers, word) {
  /** @type {{ text: string, times: number }[]} */
  const runs = [];
  for (const layer of layers) {
    const text = RANGE_KEYS.flatMap((key) => {
      const value = layer[key];
      return value === undefined || value === SILENT[key] ? [] : [word(key, value)];
    }).join(', ');
    const last = runs.at(-1);
    if (last?.text === text) last.times++;
    else runs.push({ text, times: 1 });
  }
  return runs.map(({ text, times }) => (times > 1 ? `${times} × (${text})` : text)).join('; ');
}

/** "3" or "1-7": both ends belong to it. @param {string} text @returns {[number, number]|null} */
export function readRange(text) {
  const [first, last = first, ...more] = text.split(/\s*(?:-|–|\.\.|…)\s*/).map(readWhole);
  if (more.length || !('value' in first) || !('value' in last)) return null;
  return [first.value, last.value];
}

/**
 * @param {import('./store.js').Question} question
 * @returns {{ question: import('../../engine/stack.js').SizeQuestion } | { wrong: string[] }} `wrong`: fields that cannot be
 *   read
 */
export function readQuestion({ op, from, to, layers, ranges }) {
  const sizes = { from: readWhole(from), to: readWhole(to), layers: readWhole(layers) };
  const used = SOLVED[op];
  const read = used.map((key) => /** @type {const} */ ([key, readRange(ranges[key])]));
  const wrong = [
    ...Object.entries(sizes).flatMap(([key, size]) => ('value' in size ? [] : [key])),
    ...read.flatMap(([key, range]) => (range ? [] : [key])),
  ];
  if (wrong.length) return { wrong };
  const value = (/** @type {any} */ size) => /** @type {number} */ (size.value);
  return {
    question: {
      op,
      from: value(sizes.from),
      to: value(sizes.to),
      layers: value(sizes.layers),
      ranges: Object.fromEntries(read),
      limit: 30,
    },
  };
}
