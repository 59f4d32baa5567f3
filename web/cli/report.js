// What the program prints for people: tensors as PyTorch prints them, the maps with their names, the size formula
// with its numbers, and what a text holds. Computes nothing.
import { findingText } from '../i18n/finding.js';
import { printTensor } from '../state/export/print.js';
import { t } from './words.js';

/** @typedef {import('../engine/types.js').Trace} Trace */
/** @typedef {import('../engine/types.js').Axis} Axis */
/** @typedef {{ dtype: string, full: boolean }} How */

/** @param {readonly number[]} shape */
export const shown = (shape) => `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;

/** @param {string} title @param {import('../engine/types.js').TensorOutput} tensor @param {How} how */
export const titled = (title, tensor, how) =>
  `${title} ${shown(tensor.shape)}\n${printTensor(tensor, how)}\n`;

/** @param {import('../engine/types.js').TensorOutput} output @param {How} how */
export const outputText = (output, how) => `${printTensor(output, how)}\n`;

/**
 * Every map on the way, in the order in which they arise, the sizes, the output.
 * @param {Trace} trace
 * @param {import('../engine/types.js').TensorOutput} output as run() gives it, without the batch axis if there is none
 * @param {How} how
 */
export function mapsText({ geometry, maps, phases }, output, how) {
  const parts = Object.entries(maps)
    .filter(([name]) => name !== 'output')
    .map(([name, map]) => titled(t(`map.${name}`), map, how));
  for (const { offset, kernel, output: cells } of phases ?? []) {
    const values = { offset: shown(offset) };
    parts.push(titled(t('map.phaseKernel', values), kernel, how));
    parts.push(titled(t('map.phaseOutput', values), cells, how));
  }
  const sizes = geometry.axes.map((axis) => `  ${sizeText(axis, geometry.transposed)}\n`);
  parts.push(`${t('size')}\n${sizes.join('')}`, titled(t('map.output'), output, how));
  return parts.join('\n');
}

/**
 * One axis of the formula, as Python would compute it.
 * @param {Axis} axis
 * @param {boolean} transposed
 */
function sizeText(axis, transposed) {
  const { input, kernel, stride, dilation, paddingBegin: begin, paddingEnd: end } = axis;
  const padding = (/** @type {string} */ sign) =>
    begin === end ? `${sign} 2 * ${begin}` : `${sign} ${begin} ${sign} ${end}`;
  const reach = `${dilation} * (${kernel} - 1)`;
  const formula = transposed
    ? `(${input} - 1) * ${stride} ${padding('-')} + ${reach} + ${axis.outputPadding} + 1`
    : `(${input} ${padding('+')} - ${reach} - 1) // ${stride} + 1`;
  return `${t(`axis.${axis.name}`)}: ${formula} = ${axis.output}`;
}

/**
 * @param {import('../engine/types.js').Comparison} comparison
 * @param {import('../engine/types.js').Diagnosis | null} diagnosis why they differ
 * @param {readonly number[]} shape of the output
 */
export function verdictText(comparison, diagnosis, shape) {
  const { verdict, compared, hidden, differing, maxAbs, reason, worst } = comparison;
  const lines = [];
  if (verdict === 'cannot_compare')
    lines.push(t('compare.cannot', { reason: findingText(reason ?? '') }));
  else if (verdict === 'differs') {
    lines.push(t('compare.differs', { differing, compared, most: maxAbs }));
    for (const { index, actual, expected } of worst)
      lines.push(t('compare.cell', { index: shown(index), actual, expected }));
  } else if (compared === 0 && hidden === 0) {
    lines.push(t('compare.shape', { shape: shown(shape) }));
  } else lines.push(t('compare.match', { compared }));
  if (hidden > 0) lines.push(t('compare.hidden', { hidden }));
  if (diagnosis) {
    lines.push(
      ...(diagnosis.causes.length
        ? diagnosis.causes.map((c) => findingText(c.sentence))
        : [findingText(diagnosis.summary)]),
    );
    const { tried, total, next } = diagnosis;
    if (next !== null) lines.push(t('compare.unfinished', { tried, total }));
  }
  return `${lines.join('\n')}\n`;
}

/** @param {import('./values.js').Item[]} items @param {boolean} full */
export const itemsText = (items, full) => items.map((item) => itemText(item, full)).join('\n');

/** @param {import('./values.js').Item} item @param {boolean} full */
function itemText(item, full) {
  const name = 'name' in item && item.name ? ` ${item.name}` : '';
  const head = `${t(`item.${item.kind}`)}${name}`;
  if (item.kind === 'shape') return `${head} ${shown(item.shape)}\n`;
  if (item.kind === 'error') return `${head} ${item.type}: ${item.text}\n`;
  if (item.kind === 'layer') return `${head} ${layerText(item)}\n`;
  const { shape, visibleShape, dtype, data } = item;
  const values = dtype === 'float32' ? Float32Array.from(data) : data;
  const whole = shape && !item.truncated;
  const cut = whole ? '' : ` (${t('item.cut', { shape: shown(visibleShape) })})`;
  return `${head} ${shape ? shown(shape) : ''}${cut}\n${printTensor({ shape: visibleShape, data: values }, { dtype, full })}\n`;
}

/** @param {import('../engine/types.js').LayerItem} item */
function layerText({ op, framework, arguments: given, unread }) {
  const args = Object.entries(given).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  const rest = unread.length > 0 ? ` (${t('item.unread', { keys: unread.join(', ') })})` : '';
  return `${op}(${args.join(', ')})${framework === 'torch' ? '' : `, ${framework}`}${rest}`;
}
