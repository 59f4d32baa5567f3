// The table of a stack as Markdown, LaTeX and CSV.

import { writeLayers } from '../../stack/layers.js';
import { overlapOf } from '../../stack/overlap.js';
import { layersText } from '../../stack/text.js';

/**
 * @typedef {import('../../../engine/stack.js').StackLayer} StackLayer
 * @typedef {import('../../../engine/stack.js').Stack} Stack
 * @typedef {'markdown'|'latex'|'csv'} TableFormat
 */

const COLUMNS = [
  ...['#', 'Layer', 'Input', 'Output', 'Parameters', 'Multiply-adds', 'Memory (bytes)'],
  ...['Receptive field', 'Jump', 'Start', 'Overlap'],
];
/** Columns of text, which begin at the left. */
const TEXTS = 4;

/** @param {StackLayer[]} layers @param {Stack} stack @returns {string[][]} */
function rowsOf(layers, stack) {
  const texts = writeLayers(layers, 1);
  return stack.layers.map((found, index) => {
    const { axes, global } = found;
    const all = (/** @type {'receptiveField'|'jump'|'start'} */ key) =>
      global ? 'all' : alike(axes.map((axis) => String(axis[key] ?? '')));
    const overlap = overlapOf(axes);
    return [
      ...[String(index), layersText(texts.slice(index, index + 1)).replaceAll(',', ', ')],
      ...[found.inputShape.join('×'), found.outputShape.join('×')],
      ...[found.parameters.total, found.multiplyAdds, found.memory].map(String),
      ...[all('receptiveField'), all('jump'), all('start')],
      overlap === null
        ? ''
        : overlap.regular
          ? 'even'
          : `${overlap.interiorMin} to ${overlap.interiorMax}`,
    ];
  });
}

/** @param {string[]} texts one per axis */
const alike = (texts) =>
  texts.every((text) => text === texts[0]) ? (texts[0] ?? '') : texts.join('×');

/** @param {Stack} stack */
const totalsOf = ({ totals, layers, inputShape }) => [
  ...['', 'Total', inputShape.join('×'), (layers.at(-1)?.outputShape ?? inputShape).join('×')],
  ...[totals.parameters, totals.multiplyAdds, totals.memory].map(String),
  ...['', '', '', ''],
];

/** @type {Record<TableFormat, (layers: StackLayer[], stack: Stack) => string>} */
export const TABLES = {
  markdown(layers, stack) {
    const line = (/** @type {string[]} */ cells) => `| ${cells.join(' | ')} |`;
    const marks = COLUMNS.map((_, i) => (i > 0 && i < TEXTS ? ':--' : '--:'));
    const rows = rowsOf(layers, stack).map((cells) =>
      line(cells.map((cell, i) => (i === 1 ? `\`${cell}\`` : cell))),
    );
    return `${[line(COLUMNS), line(marks), ...rows, line(totalsOf(stack))].join('\n')}\n`;
  },

  latex(layers, stack) {
    const safe = (/** @type {string} */ text) =>
      text
        .replace(/[#%&_$]/g, '\\$&')
        .replaceAll('×', '$\\times$')
        .replace(/^-(?=[\d.])/, '$-$');
    const line = (/** @type {string[]} */ cells) => `  ${cells.map(safe).join(' & ')} \\\\`;
    const body = rowsOf(layers, stack).map(line);
    return `${[
      `\\begin{tabular}{rlll${'r'.repeat(COLUMNS.length - TEXTS)}}`,
      '  \\hline',
      line(COLUMNS),
      '  \\hline',
      ...body,
      '  \\hline',
      line(totalsOf(stack)),
      '  \\hline',
      '\\end{tabular}',
    ].join('\n')}\n`;
  },

  csv(layers, stack) {
    const cell = (/** @type {string} */ text) =>
      /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    const rows = [COLUMNS, ...rowsOf(layers, stack), totalsOf(stack)];
    return rows.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
  },
};
