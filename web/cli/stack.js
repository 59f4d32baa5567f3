// `convscope stack`: the layers of a file, one per line with shapes, counts and receptive fields, or as a file to take away.
// Computes nothing.

import { inputFor } from '../stack/values.js';
import { exportStack } from '../state/export/stack/index.js';
import { readLayers as readTyped } from '../state/stack/layers.js';
import { overlapOf } from '../state/stack/overlap.js';
import { readLayersText } from '../state/stack/text.js';
import { sizeOf } from '../state/tensors.js';
import { DONE, REFUSED } from './codes.js';
import { readText } from './files.js';
import { fieldOf, flowOf, sizeFor } from './flow.js';
import { fromJson, toJson } from './json.js';
import { UsageError } from './options.js';
import { shown } from './report.js';
import { readNumber } from './solve.js';
import { readValues } from './values.js';
import { reasonOf, t } from './words.js';

/** @typedef {import('../engine/stack.js').Stack} Stack */
/** @typedef {import('../engine/stack.js').StackLayer} StackLayer */
/** @typedef {import('../engine/stack.js').StackLayerResult} StackLayerResult */

/**
 * The command: a table of the layers, or what the options ask of them.
 * @param {import('../engine/index.js').Engine} engine
 * @param {string} file
 * @param {import('./options.js').Options} options
 * @returns {Promise<import('./codes.js').Answer>}
 */
export async function stackOf(engine, file, options) {
  const given = options.input === undefined ? null : await readInput(engine, file, options.input);
  const shape = options.shape ?? given?.shape.join(',');
  const { layers, inputShape, ignored } = await readLayers(engine, file, shape);
  const input = given && { shape: inputShape, data: Float32Array.from(given.data) };
  if (input && sizeOf(inputShape) !== input.data.length)
    throw new UsageError('stack.inputShape', {
      option: '--input',
      n: input.data.length,
      shape: shown(inputShape),
    });
  const stack = engine.stack(layers, inputShape);
  const all = { layers, stack, input, ignored };
  const { failure } = stack;
  if (options.size !== undefined) return sizeFor(engine, all, options.size, options);
  const code = failure ? REFUSED : DONE;
  const flows = options.maps || input !== null || options.layer !== undefined;
  if (options.json && (failure || !(flows || options.cell !== undefined)))
    return { text: toJson({ ...stack, ignored }), code };
  const refusal = failure ? failureText(failure, layers) : '';
  if (failure && options.as) return { text: '', code, refusal };
  if (options.as) return stackFile(engine, layers, stack, options);
  if (failure) return { text: stackText(stack, ignored), code, refusal };
  if (options.cell !== undefined) return fieldOf(engine, all, options.cell, options);
  if (flows) return flowOf(engine, all, options);
  return { text: stackText(stack, ignored) };
}

/** @param {import('../engine/index.js').Engine} engine @param {string} file @param {string} value of --input */
function readInput(engine, file, value) {
  if (file === '-' && value === '-') throw new UsageError('usage.stdin');
  return readValues({ parse: (text) => engine.parse(text) }, '--input', value);
}

/**
 * Layers as the package takes them, as JSON; a Sequential as PyTorch prints it or source has it; or the short text of links.
 * @param {import('../engine/index.js').Engine} engine
 * @param {string} file
 * @param {string | undefined} shape as written
 * @returns {Promise<{ layers: StackLayer[], inputShape: number[], ignored: string[] }>}
 */
async function readLayers(engine, file, shape) {
  const text = await readText(file);
  const {
    layers,
    inputShape,
    ignored = [],
  } = /^\s*[[{]/.test(text) ? ofJson(text, file) : (ofShort(text) ?? engine.parseStack(text));
  const sizes = shape === undefined ? inputShape : shapeOf(shape);
  if (!sizes) throw new UsageError('stack.noShape', { option: '--shape' });
  return { layers, inputShape: sizes, ignored };
}

/**
 * @param {string} text
 * @returns {{ layers: StackLayer[], inputShape?: number[], ignored?: string[] } | null} null where it is another text
 */
function ofShort(text) {
  const typed = readLayersText(text.replace(/[;\s]+$/, ''));
  if (!typed?.length) return null;
  const { layers, problem } = readTyped(typed);
  if (problem) throw new UsageError('stack.unreadable', { ...problem });
  return { layers };
}

/** @param {string} text @param {string} file */
function ofJson(text, file) {
  try {
    const given = fromJson(text);
    return Array.isArray(given) ? { layers: given } : given;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UsageError('file.json', { file, reason: error.message });
  }
}

/** "1,3,32,32", "1 3 32 32" and "(1, 3, 32, 32)" are the same. @param {string} text */
function shapeOf(text) {
  const sizes = text
    .replace(/[()[\]]/g, ' ')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  if (sizes.every(Number.isInteger)) return sizes;
  throw new UsageError('stack.shape', { option: '--shape', text });
}

/** One number where all axes agree. @param {StackLayerResult} layer @param {'receptiveField' | 'jump' | 'start'} key */
function alongAxes({ axes, global }, key) {
  if (global) return t('stack.all');
  const values = axes.map((axis) => {
    const value = axis[key];
    return value === null ? '-' : String(Math.round(value * 1e6) / 1e6);
  });
  return new Set(values).size > 1 ? values.join('×') : (values[0] ?? '-');
}

/** How often the cells away from borders are reached, where that differs. @param {StackLayerResult} layer */
function overlapText({ axes }) {
  const overlap = overlapOf(axes);
  if (!overlap) return '-';
  return overlap.regular ? t('stack.even') : `${overlap.interiorMin}–${overlap.interiorMax}`;
}

/** How much wider than one column a text is printed. @param {string} text */
const extra = (text) => text.match(/[\u3000-\u9fff\uff00-\uffef]/g)?.length ?? 0;

/** @param {string[][]} rows @param {number} left so many columns begin at their left edge */
function aligned(rows, left) {
  const widths = rows[0].map((_, at) =>
    Math.max(...rows.map((row) => row[at].length + extra(row[at]))),
  );
  const line = (/** @type {string[]} */ row) =>
    row
      .map((text, at) => {
        const width = widths[at] - extra(text);
        return at < left ? text.padEnd(width) : text.padStart(width);
      })
      .join('  ')
      .trimEnd();
  return rows.map((row) => `${line(row)}\n`).join('');
}

/** @param {Stack} stack @param {string[]} ignored */
export function stackText({ inputShape, layers, totals }, ignored) {
  const columns = ['parameters', 'multiplyAdds', 'memory', 'field', 'jump', 'start', 'overlap'];
  const empty = columns.slice(3).map(() => '');
  const rows = [
    ['#', ...['layer', 'output', ...columns].map((head) => t(`stack.${head}`))],
    ['', t('stack.input'), shown(inputShape), '', '', '', ...empty],
    ...layers.map((layer) => [
      ...[String(layer.index), layer.op, shown(layer.outputShape)],
      ...[layer.parameters.total, layer.multiplyAdds, layer.memory].map(String),
      ...[alongAxes(layer, 'receptiveField'), alongAxes(layer, 'jump')],
      ...[alongAxes(layer, 'start'), overlapText(layer)],
    ]),
    [
      ...['', t('stack.total'), ''],
      ...[totals.parameters, totals.multiplyAdds, totals.memory].map(String),
      ...empty,
    ],
  ];
  const note = ignored.length > 0 ? `${t('stack.ignored', { names: ignored.join(', ') })}\n` : '';
  return aligned(rows, 3) + note;
}

/** Why the stack ends where it does, and what would mend it. @param {NonNullable<Stack['failure']>} failure @param {StackLayer[]} layers */
function failureText(failure, layers) {
  const { layer, torch, repairs } = failure;
  const lines = [t('stack.failure', { layer, op: layers[layer].op, reason: reasonOf(failure) })];
  if (torch !== null) lines.push(t('torch', { text: torch }));
  lines.push(...repairs.slice(0, 5).map(repairText));
  return `${lines.join('\n')}\n`;
}

/** @param {import('../engine/stack.js').Repair} repair */
export function repairText({ layer, changes, outputShape }) {
  const change = Object.entries(changes)
    .map(([key, value]) => `${key} = ${JSON.stringify(value)}`)
    .join(', ');
  return t('stack.repair', { layer, change, shape: shown(outputShape) });
}

/**
 * What the page offers to take away. The weights of an ONNX file are those that the engine seeds.
 * @param {import('../engine/index.js').Engine} engine
 * @param {StackLayer[]} layers
 * @param {Stack} stack without a failure
 * @param {import('./options.js').Options} options
 * @returns {import('./codes.js').Answer}
 */
function stackFile(engine, layers, stack, options) {
  const { inputShape: shape, batched } = stack;
  const format = options.as;
  const seed = readNumber(options, 'seed', 0);
  const run =
    format === 'onnx' && batched
      ? engine.runStack(layers, inputFor(engine, shape), { seed })
      : null;
  const found = exportStack(/** @type {any} */ (format), layers, stack, run);
  if (!('problem' in found)) return { text: found.content() };
  const words =
    found.problem === 'layer'
      ? t('stack.noCounterpart', { layer: found.layer, op: found.op })
      : t('stack.noBatch');
  return { text: '', code: REFUSED, refusal: `convscope: ${words}\n` };
}
