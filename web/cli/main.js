#!/usr/bin/env node
// `convscope`: the engine on the command line. Prints what PyTorch would, or JSON; the help is in i18n/cli.en.js.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConvError, createEngine } from '../engine/index.js';
import { FileRefusal } from '../state/files/refusal.js';
import { OPS } from '../state/schema.js';
import { readArguments, readTolerance } from './arguments.js';
import { DIFFERS, DONE, FAILED, REFUSED, USAGE } from './codes.js';
import { readText } from './files.js';
import { fromJson, toJson } from './json.js';
import { readOptions, UsageError } from './options.js';
import { itemsText, mapsText, outputText, verdictText } from './report.js';
import { solveSizes } from './solve.js';
import { stackOf } from './stack.js';
import { readExpected, readItems, readTensors } from './values.js';
import { LANGUAGES, reasonOf, speak, t } from './words.js';

/** Multiplications after which the search for a cause ends: some seconds. */
const DIAGNOSIS = 5e8;

/** @typedef {import('./options.js').Options} Options */
/** @typedef {import('../engine/index.js').Request} Request */

/** Below web/ as below dist/, the manifest lies two folders up. */
function version() {
  const here = dirname(fileURLToPath(import.meta.url));
  return JSON.parse(readFileSync(join(here, '../../package.json'), 'utf8')).version;
}

/**
 * @param {string[]} args
 * @returns {Promise<import('./codes.js').Answer>}
 */
async function answer(args) {
  // before the options are read: what is wrong with them is said in it too
  await speak(/(?:^| )--lang[= ](\w+)/.exec(args.join(' '))?.[1], process.env);
  const { command, operation, file, options } = readOptions(args);
  if (options.version) return { text: `${version()}\n` };
  if (options.help || args.length === 0)
    return { text: t('help', { languages: LANGUAGES.join(', ') }) };
  const engine = await createEngine();
  if (command === 'solve') return solveSizes(engine, operation, options);
  if (file !== null) return stackOf(engine, file, options);
  const reader = readerOf(engine, options);
  if (options.parse !== undefined) {
    const items = await readItems(reader, options.parse);
    return { text: options.json ? toJson({ items }) : itemsText(items, options.full ?? false) };
  }
  const dtype = options.dtype === 'float64' ? 'float64' : 'float32';
  const request = await readRequest(reader, operation, options, dtype);
  const result = compute(engine, request, options, dtype);
  if (options.compare === undefined) {
    return { text: options.json ? toJson(jsonOf(result)) : textOf(result, options) };
  }
  const tolerance = readTolerance(options);
  const expected = await readExpected(reader, options.compare);
  const comparison = engine.compare(result.output, expected, tolerance);
  const diagnosis =
    comparison.verdict === 'match'
      ? null
      : engine.diagnose(request, expected, { ...tolerance, budget: DIAGNOSIS });
  return {
    text: options.json
      ? toJson({ ...jsonOf(result), comparison, diagnosis })
      : verdictText(comparison, diagnosis, result.output.shape),
    code: comparison.verdict === 'match' ? DONE : DIFFERS,
  };
}

/** @param {import('../engine/index.js').Engine} engine @param {Options} options @returns {import('./values.js').Reader} */
function readerOf(engine, options) {
  const comma = options['decimal-comma'];
  const how = comma === undefined ? {} : { decimalComma: comma === 'yes' };
  return { parse: (text) => engine.parse(text, how) };
}

/**
 * @param {import('./values.js').Reader} reader
 * @param {string | null} operation
 * @param {Options} options
 * @param {'float32' | 'float64'} dtype
 * @returns {Promise<Request>}
 */
async function readRequest(reader, operation, options, dtype) {
  const given = options.request === undefined ? null : await readJson(options.request, dtype);
  const op = operation ?? given?.op;
  if (op === undefined) throw new UsageError('usage.noOperation', { operations: OPS.join(', ') });
  const spatial = Number(/(\d)d$/.exec(op)?.[1] ?? 2);
  const { input, weight, bias } = await readTensors(reader, options, { spatial, dtype });
  if (!given && !input) throw new UsageError('usage.missing', { option: '--input' });
  if (!given && !weight) throw new UsageError('usage.missing', { option: '--kernel' });
  return /** @type {Request} */ ({
    ...given,
    op,
    ...(input && { input }),
    ...(weight && { weight }),
    ...(bias && { bias }),
    ...readArguments(options),
  });
}

/**
 * A request as the engine takes it, or what this program wrote with --json.
 * @param {string} file
 * @param {'float32' | 'float64'} dtype
 */
async function readJson(file, dtype) {
  let given;
  try {
    given = fromJson(await readText(file));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UsageError('file.json', { file, reason: error.message });
  }
  const request = { ...(given?.request ?? given) };
  for (const key of ['input', 'weight', 'bias']) {
    const data = request[key]?.data;
    if (dtype === 'float32' && Array.isArray(data) && data.every((v) => typeof v === 'number'))
      request[key] = { ...request[key], data: Float32Array.from(data) };
  }
  return request;
}

/**
 * @typedef {object} Result
 * @property {Request} request
 * @property {import('../engine/types.js').Geometry} geometry
 * @property {string | null} method by which the maps were made
 * @property {import('../engine/types.js').Trace | null} trace where maps are asked for
 * @property {import('../engine/types.js').TensorOutput & { dtype: 'float32' | 'float64' }} output
 */

/**
 * @param {import('../engine/index.js').Engine} engine
 * @param {Request} request
 * @param {Options} options
 * @param {'float32' | 'float64'} dtype
 * @returns {Result}
 */
function compute(engine, request, options, dtype) {
  const geometry = engine.inferShape(request);
  const method = /** @type {import('../engine/types.js').Method} */ (
    options.method ?? (geometry.transposed ? 'zero-insertion' : 'direct')
  );
  const traced =
    options.maps || options.method !== undefined
      ? engine.trace(request, { method, contributions: false })
      : null;
  const { data } = traced ? traced.maps.output : engine.run(request);
  return {
    ...{ request, geometry },
    method: traced && method,
    trace: options.maps ? traced : null,
    // the maps always have the batch axis
    output: { shape: geometry.outputShape, data, dtype },
  };
}

/** @param {Result} result @param {Options} options */
function textOf({ trace, output }, options) {
  const how = { dtype: output.dtype, full: options.full ?? false };
  return trace ? mapsText(trace, output, how) : outputText(output, how);
}

/** @param {Result} result */
function jsonOf({ request, geometry, method, trace, output }) {
  const bare = (/** @type {import('../engine/types.js').TraceMap} */ { shape, data }) => ({
    shape,
    data,
  });
  const maps = Object.entries(trace?.maps ?? {}).map(([name, map]) => [name, bare(map)]);
  const phases = trace?.phases?.map((phase) => ({
    ...phase,
    kernel: bare(phase.kernel),
    output: bare(phase.output),
  }));
  return {
    ...{ request, geometry },
    ...(method && { method }),
    ...(trace && { maps: Object.fromEntries(maps) }),
    ...(phases && { phases }),
    output,
  };
}

/**
 * @param {unknown} error
 * @param {boolean} json
 * @returns {number} the exit code
 */
function report(error, json) {
  if (error instanceof UsageError || error instanceof FileRefusal) {
    const { message } = error;
    const field = error instanceof UsageError ? error.option : null;
    if (json)
      process.stdout.write(toJson({ error: { code: 'usage', field, message, torch: null } }));
    else {
      const said = error instanceof UsageError ? t(error.id, error.values) : reasonOf(error);
      process.stderr.write(`convscope: ${said}\n${t('seeHelp')}\n`);
    }
    return USAGE;
  }
  if (error instanceof ConvError) {
    const { code, field, axis, message, torch } = error;
    if (json) process.stdout.write(toJson({ error: { code, field, axis, message, torch } }));
    else {
      const words = torch === null ? '' : `${t('torch', { text: torch })}\n`;
      process.stderr.write(`convscope: ${reasonOf(error)}\n${words}`);
    }
    return REFUSED;
  }
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${t('failed', { reason })}\n`);
  return FAILED;
}

const args = process.argv.slice(2);
process.stdout.on('error', (error) => {
  // who reads has had enough, as `| head` has
  if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EPIPE')
    process.exitCode = report(error, false);
});
try {
  const { text, code = DONE, refusal = '' } = await answer(args);
  process.stdout.write(text);
  process.stderr.write(refusal);
  process.exitCode = code;
} catch (error) {
  process.exitCode = report(error, args.includes('--json'));
}
