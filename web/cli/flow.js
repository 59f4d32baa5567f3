// `convscope stack` of one layer: the numbers that flow through it, what a cell of it sees, how it gets a size. Computes
// nothing.

import { inputFor } from '../stack/values.js';
import { readWhole } from '../state/settings.js';
import { DIFFERS, DONE } from './codes.js';
import { toJson } from './json.js';
import { UsageError } from './options.js';
import { outputText, shown, titled } from './report.js';
import { readNumber } from './solve.js';
import { repairText, stackText } from './stack.js';
import { t } from './words.js';

/** @typedef {import('../engine/index.js').Engine} Engine */
/** @typedef {import('../engine/stack.js').StackLayer} StackLayer */
/** @typedef {import('../engine/stack.js').Stack} Stack */
/** @typedef {import('./options.js').Options} Options */
/** @typedef {import('./codes.js').Answer} Answer */
/** @typedef {{ shape: number[], data: Float32Array | Float64Array }} Values */
/** @typedef {{ layers: StackLayer[], stack: Stack, input: Values | null, ignored: string[] }} Given */

/** Which layer is meant; the last, if none is said. @param {Options} options @param {StackLayer[]} layers */
function layerOf(options, layers) {
  const layer = readNumber(options, 'layer', layers.length - 1);
  if (layer < layers.length) return layer;
  throw new UsageError('stack.noLayer', { option: '--layer', layer, last: layers.length - 1 });
}

/** "7,7" @param {'cell' | 'size'} name @param {string} text */
function wholesOf(name, text) {
  const read = text.split(/[\s,x]+/).map(readWhole);
  const wholes = read.flatMap((each) => ('value' in each && each.value >= 0 ? [each.value] : []));
  if (wholes.length === read.length) return wholes;
  throw new UsageError('usage.wholes', { option: `--${name}`, text });
}

/**
 * Every layer's output, or that of one alone, as PyTorch prints tensors.
 * @param {Engine} engine @param {Given} given @param {Options} options @returns {Answer}
 */
export function flowOf(engine, { layers, stack, input: given, ignored }, options) {
  const one = options.layer === undefined ? null : layerOf(options, layers);
  const input = given ?? inputFor(engine, stack.inputShape);
  const run = engine.runStack(one === null ? layers : layers.slice(0, one + 1), input, {
    seed: readNumber(options, 'seed', 0),
  });
  const dtype = 'float32';
  const how = { dtype, full: options.full ?? false };
  const outputs = run.outputs.map((output, layer) => ({ layer, op: layers[layer].op, ...output }));
  if (one !== null) {
    const [output] = outputs.slice(-1);
    return {
      text: options.json ? toJson({ output: { ...output, dtype } }) : outputText(output, how),
    };
  }
  if (options.json) return { text: toJson({ ...stack, ignored, input, outputs }) };
  const parts = outputs.map((output) =>
    titled(t('stack.map', { layer: output.layer, op: output.op }), output, how),
  );
  const all = [stackText(stack, ignored), titled(t('stack.inputMap'), input, how), ...parts];
  return { text: all.join('\n') };
}

/**
 * What one cell depends on, and how evenly the cells of that output are reached.
 * @param {Engine} engine @param {Given} given @param {string} text the cell @param {Options} options @returns {Answer}
 */
export function fieldOf(engine, { layers, stack }, text, options) {
  const layer = layerOf(options, layers);
  const cell = wholesOf('cell', text);
  const field = engine.receptiveField(layers, stack.inputShape, { layer, cell });
  const overlap = engine.overlap(layers, stack.inputShape, layer);
  if (options.json) return { text: toJson({ field, overlap }) };
  const line = (/** @type {string} */ name, /** @type {string} */ rest) =>
    `  ${t(`axis.${name}`)}: ${rest}`;
  return {
    text: `${[
      t('stack.sees', { cell: shown(cell), layer, op: layers[layer].op }),
      ...field.axes.map(({ name, positions, counts }) =>
        line(name, t('stack.positions', { cells: positions.join(' '), counts: counts.join(' ') })),
      ),
      ...(overlap.length ? [t('stack.reached')] : []),
      ...overlap.map(({ name, counts }) => line(name, counts.join(' '))),
    ].join('\n')}\n`,
  };
}

/**
 * Which change of one argument gives a layer a size.
 * @param {Engine} engine @param {Given} given @param {string} text the size @param {Options} options @returns {Answer}
 */
export function sizeFor(engine, { layers, stack }, text, options) {
  const layer = layerOf(options, layers);
  const size = wholesOf('size', text);
  const limit = readNumber(options, 'limit', 10);
  const { inputShape } = stack;
  const found = engine.repair({ layers, inputShape, layer, size, limit });
  const code = found.total > 0 ? DONE : DIFFERS;
  if (options.json) return { text: toJson(found), code };
  const { total, complete, repairs } = found;
  const lines = repairs.map(repairText);
  if (total === 0) lines.push(t('stack.noRepair', { layer, size: shown(size) }));
  if (total > repairs.length) lines.push(t('stack.more', { total, shown: repairs.length }));
  if (!complete) lines.push(t('stack.unfinished'));
  return { text: `${lines.join('\n')}\n`, code };
}
