// The arguments of a convolution, from the words of the command line to what the engine takes. Whether they make
// sense together, the engine says.
import { UsageError } from './options.js';

/** @typedef {import('./options.js').Options} Options */
/** @typedef {import('../engine/index.js').Request} Request */

/**
 * Only those that were given.
 * @param {Options} options
 * @returns {Partial<Request>}
 */
export function readArguments(options) {
  const { stride, padding, dilation, groups } = options;
  const outputPadding = options['output-padding'];
  const outputSize = options['output-size'];
  const paddingMode = options['padding-mode'];
  return {
    ...(stride !== undefined && { stride: perAxis('--stride', stride) }),
    ...(padding !== undefined && { padding: paddingOf('--padding', padding) }),
    ...(dilation !== undefined && { dilation: perAxis('--dilation', dilation) }),
    ...(groups !== undefined && { groups: number('--groups', groups) }),
    ...(outputPadding !== undefined && {
      outputPadding: perAxis('--output-padding', outputPadding),
    }),
    ...(outputSize !== undefined && { outputSize: perAxis('--output-size', outputSize) }),
    ...(paddingMode !== undefined && { paddingMode }),
    ...(options['true-convolution'] && { flipKernel: true }),
  };
}

/**
 * How far numbers may be off; left out, the engine chooses by the digits that were printed.
 * @param {Options} options
 * @returns {{ rtol?: number, atol?: number }}
 */
export const readTolerance = ({ rtol, atol }) => ({
  ...(rtol !== undefined && { rtol: number('--rtol', rtol) }),
  ...(atol !== undefined && { atol: number('--atol', atol) }),
});

/** "2,1", "2 1" and "(2, 1)" are the same. @param {string} text */
const partsOf = (text) =>
  text
    .replace(/^\s*[([]|[)\]]\s*$/g, '')
    .split(/\s*,\s*|\s+/)
    .filter((part, i, all) => part !== '' || (all.length === 1 && i === 0));

/**
 * @param {string} option
 * @param {string} text
 */
function number(option, text) {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw new UsageError('usage.number', { option, text });
  return value;
}

/** @param {string} option @param {string} text */
function perAxis(option, text) {
  const numbers = partsOf(text).map((part) => number(option, part));
  return numbers.length === 1 ? numbers[0] : numbers;
}

/**
 * @param {string} option
 * @param {string} text
 * @returns {NonNullable<Request['padding']>}
 */
function paddingOf(option, text) {
  if (/^\s*[a-z]+\s*$/i.test(text) && !/nan|inf/i.test(text)) return text.trim();
  if (!text.includes(':')) return perAxis(option, text);
  return partsOf(text.replace(/\s*:\s*/g, ':')).map((part) => {
    const pair = part.split(':');
    if (pair.length !== 2) throw new UsageError('usage.pair', { option, text: part });
    return /** @type {[number, number]} */ (pair.map((side) => number(option, side)));
  });
}
