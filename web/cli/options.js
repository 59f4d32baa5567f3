// The options of the command line: from words to values, every mistake named. Knows no tensor and no engine.
import { parseArgs } from 'node:util';
import { OPS } from '../state/schema.js';
import { STACK_FORMATS } from '../state/stack/formats.js';
import { english, LANGUAGES } from './words.js';

/** A command line, or a file named on it, that cannot be used. */
export class UsageError extends Error {
  /**
   * @param {string} id of the words
   * @param {Record<string, string | number>} [values] `option`: the one at fault
   */
  constructor(id, values = {}) {
    super(english(id, values));
    this.name = 'UsageError';
    this.id = id;
    this.values = values;
    this.option = values.option === undefined ? null : String(values.option);
  }
}

const text = /** @type {const} */ ({ type: 'string' });
const flag = /** @type {const} */ ({ type: 'boolean' });

export const OPTIONS = /** @type {const} */ ({
  input: { ...text, short: 'i' },
  kernel: { ...text, short: 'k' },
  weight: text,
  bias: { ...text, short: 'b' },
  stride: { ...text, short: 's' },
  padding: { ...text, short: 'p' },
  dilation: { ...text, short: 'd' },
  groups: { ...text, short: 'g' },
  'output-padding': text,
  'output-size': text,
  'padding-mode': text,
  'true-convolution': flag,
  maps: { ...flag, short: 'm' },
  method: text,
  dtype: text,
  full: flag,
  json: flag,
  compare: { ...text, short: 'c' },
  rtol: text,
  atol: text,
  'decimal-comma': text,
  parse: text,
  request: text,
  shape: text,
  as: text,
  layer: text,
  cell: text,
  size: text,
  seed: text,
  from: text,
  to: text,
  layers: text,
  limit: text,
  lang: text,
  help: { ...flag, short: 'h' },
  version: { ...flag, short: 'V' },
});

/** @type {Partial<Record<keyof typeof OPTIONS, readonly string[]>>} */
const CHOICES = {
  ...{ dtype: ['float32', 'float64'], 'decimal-comma': ['yes', 'no'] },
  ...{ as: STACK_FORMATS, lang: LANGUAGES },
};

/** What each command takes, besides what all take. @type {Record<'operation' | 'parse' | 'stack' | 'solve', string[]>} */
const TAKEN = {
  operation: [
    ...['input', 'kernel', 'bias', 'stride', 'padding', 'dilation', 'groups', 'output-padding'],
    ...['output-size', 'padding-mode', 'true-convolution', 'maps', 'method', 'dtype', 'full'],
    ...['compare', 'rtol', 'atol', 'decimal-comma', 'request'],
  ],
  parse: ['parse', 'full', 'decimal-comma'],
  stack: ['input', 'shape', 'as', 'maps', 'layer', 'cell', 'size', 'seed', 'limit', 'full'],
  solve: [
    ...['from', 'to', 'layers', 'limit'],
    ...['kernel', 'stride', 'padding', 'dilation', 'output-padding'],
  ],
};
const TAKEN_BY_ALL = ['json', 'lang', 'help', 'version'];

/** Each is another answer of the command `stack`. */
const ANSWERS = ['as', 'maps', 'cell', 'size'];

/** @typedef {{ [name in keyof typeof OPTIONS]?: (typeof OPTIONS)[name]['type'] extends 'boolean' ? boolean : string }} Options */

/**
 * @param {string[]} args after the program's name
 * @returns {{ command: 'stack' | 'solve' | null, operation: string | null, file: string | null, options: Options }} `file`: of
 *   the command `stack`
 * @throws {UsageError}
 */
export function readOptions(args) {
  // strict, it would take "-1 2" for an option; what it checks is checked below
  const { tokens, positionals } = parseArgs({
    args,
    options: OPTIONS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  /** @type {Record<string, string | boolean>} */
  const options = {};
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name, rawName: option, value } = token;
    const known = Object.hasOwn(OPTIONS, name) ? OPTIONS[/** @type {'input'} */ (name)] : null;
    if (!known) throw unknown(option);
    if (/** @type {string} */ (known.type) === 'boolean') {
      if (value !== undefined) throw new UsageError('usage.value', { option });
    } else if (value === undefined || (!token.inlineValue && isOption(value))) {
      throw new UsageError('usage.noValue', { option });
    }
    const key = name === 'weight' ? 'kernel' : name;
    if (key in options) throw new UsageError('usage.twice', { option });
    options[key] = value ?? true;
  }
  for (const [name, choices] of Object.entries(CHOICES)) {
    const value = options[name];
    if (value !== undefined && !choices.includes(String(value)))
      throw choice(`--${name}`, String(value), choices);
  }
  const [first, ...others] = positionals;
  const command = first === 'stack' || first === 'solve' ? first : null;
  if (!options.help && !options.version) checkTaken(command, options);
  const word = command === 'solve' ? others.shift() : command ? undefined : first;
  const file = (command === 'stack' && others.shift()) || null;
  if (command === 'stack' && !file && !options.help) throw new UsageError('stack.noFile');
  if (others.length > 0) throw new UsageError('usage.extra', { argument: others[0] });
  const known = command === 'solve' ? [...OPS, ...POOLS] : OPS;
  return {
    command,
    operation: word === undefined ? null : operationOf(word, known),
    file,
    options,
  };
}

/**
 * What would be left unheard is refused.
 * @param {'stack' | 'solve' | null} command
 * @param {Record<string, unknown>} options
 */
function checkTaken(command, options) {
  const taker = command ?? ('parse' in options ? 'parse' : 'operation');
  const taken = [...TAKEN[taker], ...TAKEN_BY_ALL];
  const other = Object.keys(options).find((name) => !taken.includes(name));
  if (other) {
    const id = command ? 'usage.takesNo' : `usage.takesNo.${taker}`;
    throw new UsageError(id, { option: `--${other}`, command: taker });
  }
  const [one, another] = ANSWERS.filter((name) => name in options);
  if (command === 'stack' && another)
    throw new UsageError('usage.oneOnly', { option: `--${another}`, other: `--${one}` });
}

/** Operations that change sizes as convolutions do. */
const POOLS = [1, 2, 3].flatMap((axes) => [`max_pool${axes}d`, `avg_pool${axes}d`]);

/** @param {string} option @param {string} value @param {readonly string[]} choices */
const choice = (option, value, choices) =>
  new UsageError('usage.choice', { option, text: value, choices: choices.join(', ') });

/** Whether it is one of the options, and no number below 0. @param {string} value */
const isOption = (value) => {
  const name = value.replace(/^--/, '').replace(/=.*/, '');
  const shorts = Object.values(OPTIONS).flatMap((o) => ('short' in o ? [`-${o.short}`] : []));
  return value.startsWith('--') ? Object.hasOwn(OPTIONS, name) : shorts.includes(value);
};

/**
 * PyTorch's name of the function; that of the layer is understood too.
 * @param {string} word
 * @param {readonly string[]} known
 */
function operationOf(word, known) {
  const name = word
    .replace(/^.*\./, '')
    .replace(/^Conv(Transpose)?(?=\dd$)/, (_, transposed) =>
      transposed ? 'conv_transpose' : 'conv',
    )
    .replace(/^(Max|Avg)Pool(?=\dd$)/, (_, kind) => `${kind.toLowerCase()}_pool`);
  if (known.includes(name)) return name;
  const operations = known.join(', ');
  throw new UsageError('usage.operation', { operation: word, operations });
}

/** @param {string} option as it was written */
function unknown(option) {
  const wanted = option.replace(/^-+/, '');
  const near = Object.keys(OPTIONS)
    .map((name) => ({ name, changes: changesBetween(wanted, name) }))
    .filter(({ name, changes }) => changes <= 2 && changes < name.length / 2)
    .sort((a, b) => a.changes - b.changes)[0];
  return near && wanted.length > 1
    ? new UsageError('usage.nearest', { option, nearest: `--${near.name}` })
    : new UsageError('usage.unknown', { option });
}

/** So many letters to put in, take out or replace. @param {string} a @param {string} b */
function changesBetween(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const before = row;
    row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = before[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, before[j] + 1, row[j - 1] + 1));
    }
  }
  return row[b.length];
}
