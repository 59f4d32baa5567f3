// What stands in place of a figure for readers without scripts, and until it is there: its maps as tables, computed by
// the engine in dist/engine from the figure's own attributes, named in the language of the page.
import { createEngine } from '../../web/engine/index.js';
import { chooseLanguage, t, useLanguage } from '../../web/i18n/index.js';
import { readAttributes } from '../../web/state/attributes/read.js';
import { escapeXml } from '../../web/state/markup.js';
import { readSettings, requestOf } from '../../web/state/settings.js';
import { gridOf } from '../../web/state/tensors.js';
import { mapName } from '../../web/views/cells.js';
import { chooseFormat, formatNumber } from '../../web/views/format.js';

/** A figure in the source of a page. */
const FIGURE = /(\n *)<conv-scope( [^>]*)>/g;

/** Pages take turns, for there is one language at a time. @type {Promise<unknown>} */
let turn = Promise.resolve();

/** A page whose figures have no tables yet. @param {string} html @returns {Promise<string>} */
export function withTables(html) {
  const done = turn.then(() => filled(html));
  turn = done.catch(() => {});
  return done;
}

/** @param {string} html */
async function filled(html) {
  const engine = await createEngine({ part: 'core' });
  await useLanguage(chooseLanguage([/<html lang="([^"]*)"/.exec(html)?.[1]]));
  const figures = figuresIn(html);
  return html.replace(FIGURE, (tag, indent) => {
    const { state, request } = /** @type {Figure} */ (figures.shift());
    const maps = Object.entries({
      input: state.input,
      weight: state.weight,
      ...(state.hasBias ? { bias: { ...state.bias, shape: [1, 1, state.bias.data.length] } } : {}),
      output: engine.run(request),
    });
    const all = maps.map(([name, tensor]) => tables(state, name, tensor));
    return `${tag}${indent}  <div class="tables">${all.join('')}</div>`;
  });
}

/**
 * What the figures of a page compute, in their order.
 * @typedef {{ state: import('../../web/state/store.js').State, request: any }} Figure
 * @param {string} html @returns {Figure[]}
 */
export const figuresIn = (html) =>
  Array.from(html.matchAll(FIGURE), ([, , text]) => {
    const all = new Map(
      Array.from(text.matchAll(/ ([\w-]+)="([^"]*)"/g), ([, name, value]) => [name, value]),
    );
    const { state, problems } = readAttributes(null, all, all.keys());
    const { values, errors } = readSettings(state);
    if (problems.length || errors.length)
      throw new Error(`<conv-scope${text}>: ${JSON.stringify([...problems, ...errors])}`);
    return { state, request: requestOf(state, values) };
  });

/**
 * One table for each map of a tensor.
 * @param {import('../../web/state/store.js').State} state @param {string} name
 * @param {{ shape: number[], data: Float64Array|Float32Array }} tensor
 */
function tables(state, name, { shape, data }) {
  const [outer, inner] = shape;
  const { rows, cols } = gridOf(shape);
  const format = chooseFormat(data);
  const model = /** @type {any} */ ({ state });
  const spec = /** @type {any} */ ({ name });
  return Array.from({ length: outer * inner }, (_, map) => {
    const { spoken } = mapName(model, spec, Math.floor(map / inner), map % inner, outer, inner);
    const caption = [t(`map.${name}`), spoken].filter(Boolean).join(' ');
    const row = (/** @type {number} */ r) =>
      Array.from(data.subarray((map * rows + r) * cols, (map * rows + r + 1) * cols), (value) => {
        return `<td>${formatNumber(value, format)}</td>`;
      }).join('');
    const body = Array.from({ length: rows }, (_, r) => `<tr>${row(r)}</tr>`).join('');
    return `<table><caption>${escapeXml(caption)}</caption><tbody>${body}</tbody></table>`;
  }).join('');
}
