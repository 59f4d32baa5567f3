// `convscope solve`: which arguments turn one size into another. Computes nothing.
import { readWhole } from '../state/settings.js';
import { argumentsText, RANGE_KEYS, readRange } from '../state/stack/solver.js';
import { DIFFERS, DONE } from './codes.js';
import { toJson } from './json.js';
import { UsageError } from './options.js';
import { t } from './words.js';

/** @typedef {import('./options.js').Options} Options */
/** @typedef {import('../engine/stack.js').SizeAnswers} SizeAnswers */

/** Answers that are printed unless --limit says otherwise. */
const LISTED = 10;

/** Options that hold ranges. @type {Record<typeof RANGE_KEYS[number], keyof Options & string>} */
const OPTION_OF = {
  ...{ kernelSize: 'kernel', stride: 'stride', padding: 'padding', dilation: 'dilation' },
  outputPadding: 'output-padding',
};

/** As Python calls them. @type {Record<typeof RANGE_KEYS[number], string>} */
const NAMES = {
  ...{ kernelSize: 'kernel_size', stride: 'stride', padding: 'padding', dilation: 'dilation' },
  outputPadding: 'output_padding',
};

/**
 * @param {Options} options @param {'from'|'to'|'layers'|'limit'|'layer'|'seed'} name
 * @param {number} [missing] without one, the option is needed
 */
export function readNumber(options, name, missing) {
  const text = options[name];
  const option = `--${name}`;
  if (text === undefined) {
    if (missing === undefined) throw new UsageError('usage.missing', { option });
    return missing;
  }
  const read = readWhole(text);
  if ('value' in read && read.value >= 0) return read.value;
  throw new UsageError('usage.whole', { option, text });
}

/**
 * @param {string | null} op without one, a transposed convolution where the size grows
 * @param {Options} options
 * @returns {import('../engine/stack.js').SizeQuestion}
 */
function readQuestion(op, options) {
  const from = readNumber(options, 'from');
  const to = readNumber(options, 'to');
  const ranges = RANGE_KEYS.flatMap((key) => {
    const text = options[OPTION_OF[key]];
    if (text === undefined) return [];
    const range = readRange(String(text));
    if (!range)
      throw new UsageError('usage.range', { option: `--${OPTION_OF[key]}`, text: String(text) });
    return [[key, range]];
  });
  return {
    op: /** @type {import('../engine/stack.js').StackOp} */ (
      op ?? (to > from ? 'conv_transpose2d' : 'conv2d')
    ),
    ...{ from, to, layers: readNumber(options, 'layers', 1) },
    ranges: Object.fromEntries(ranges),
    limit: readNumber(options, 'limit', LISTED),
  };
}

/**
 * @param {Pick<import('../engine/index.js').Engine, 'solve'>} engine
 * @param {string | null} op
 * @param {Options} options
 * @returns {import('./codes.js').Answer}
 */
export function solveSizes(engine, op, options) {
  const question = readQuestion(op, options);
  const found = engine.solve(question);
  return {
    text: options.json ? toJson({ question, ...found }) : answersText(question.op, found),
    code: found.total > 0 ? DONE : DIFFERS,
  };
}

/** @param {typeof RANGE_KEYS[number]} key @param {number} value */
const argumentText = (key, value) => `${NAMES[key]}=${value}`;

/** @param {string} op @param {SizeAnswers} found */
function answersText(op, { total, tried, answers }) {
  const counts = { op, total, tried, shown: answers.length };
  const lines = answers.map(({ layers, sizes, customary }) => {
    const note = customary ? `  (${t('solve.customary')})` : '';
    return `${sizes.join(' → ')}  ${argumentsText(layers, argumentText)}${note}\n`;
  });
  return `${t(total > 0 ? 'solve.found' : 'solve.none', counts)}\n${lines.join('')}`;
}
