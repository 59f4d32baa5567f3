// Which part of a paste is what: by what the source says, by name, by what made it, by shape, by order.
// A guess that the page shows and lets one change; it never touches a number.

import { sizeOf } from '../tensors.js';

/**
 * @typedef {'input'|'weight'|'bias'|'output'|'layer'|'none'|'ask'} Role 'ask': only its user can tell
 * @typedef {{ role: Role, channelsLast: boolean }} Part one for each item of a paste
 * @typedef {import('../../engine/types.js').Item} Item
 */

/** What a part of each kind may be. @type {Record<Item['kind'], Role[]>} */
export const ROLES = {
  tensor: ['input', 'weight', 'bias', 'output', 'none'],
  layer: ['layer', 'none'],
  shape: ['output', 'none'],
  error: ['none'],
};

/** Names that people give to these tensors; with a prefix such as "0." or "conv1." as well. */
const NAMES = /** @type {const} */ ([
  ['weight', /(^|[._])(weight|weights|w|kernel|k|filters?)\d*$/i],
  ['bias', /(^|[._])(bias|biases|b)\d*$/i],
  ['input', /^(x|xs|inp|inputs?|img|images?|src|source|data|z|noise|feats?|features?|a)\d*$/i],
  [
    'output',
    /^(y|ys|o|out|outputs?|res|results?|pred|yhat|y_hat|expected|target|ref|reference|.*_out(put)?)\d*$/i,
  ],
]);

/** @param {string|null} name @returns {Role|null} */
const roleOfName = (name) => NAMES.find(([, pattern]) => pattern.test(name ?? ''))?.[0] ?? null;

/** Sizes without leading ones, as text: what two shapes that mean the same have in common. @param {readonly number[]} shape */
const core = (shape) =>
  shape
    .slice(
      Math.max(
        0,
        shape.findIndex((n) => n !== 1),
      ),
    )
    .join();

/** The shape of a tensor item, of what it shows where "..." hides the rest. @param {any} item @returns {number[]} */
export const shownShape = (item) => item.shape ?? item.visibleShape;

/**
 * @param {readonly any[]} items from engine.parse
 * @param {{ chosen?: number, shapes: { input: number[], weight: number[], output: number[]|null },
 *   outputOf: (parts: Part[]) => number[]|null }} page `chosen`: the layer to use, by item; what the
 *   page shows now; and the output shape that the parts known so far lead to
 * @returns {Part[]}
 */
export function guessParts(items, page) {
  const first = items.findIndex((item) => item.kind === 'layer');
  const chosen = page.chosen ?? first;
  const layer = items[chosen];
  /** @type {Part[]} */
  const parts = items.map((item, n) => ({
    role: item.kind === 'layer' && n === chosen ? 'layer' : 'none',
    channelsLast: isChannelsLast(item, layer),
  }));
  const tensors = items
    .map((item, n) => ({ item, n, part: parts[n] }))
    .filter(({ item }) => item.kind === 'tensor');
  /** Each role but the output's is held once. @param {Part} part @param {Role|null} role */
  const take = (part, role) => {
    if (!role || (role !== 'output' && parts.some((p) => p.role === role))) return;
    part.role = role;
  };
  const ofOperand = operandsOf(layer);
  const { own, foreign } = operandItems(items, layer);
  for (const { item, n, part } of tensors) {
    if (own.has(n)) take(part, own.get(n) ?? null);
    if (own.has(n) || foreign.has(n)) continue;
    const named = item.role ?? ofOperand.get(item.name) ?? null;
    if (item.layer && layer?.name && item.layer !== layer.name) continue;
    take(part, named);
  }
  for (const { item, part } of tensors)
    if (part.role === 'none' && !item.layer && !item.role) take(part, roleOfName(item.name));
  for (const { item, part } of tensors) {
    if (part.role === 'none' && item.container === 'parameter')
      take(part, shownShape(item).length === 1 ? 'bias' : 'weight');
  }
  const open = tensors.filter(
    ({ item, part }) => part.role === 'none' && !item.layer && !isRepeated(item, tensors),
  );
  byShape(open, parts, page, Boolean(layer));
  if (!parts.some((p) => p.role === 'output')) {
    const shapes = items
      .map((item, n) => ({ item, part: parts[n] }))
      .filter(({ item }) => item.kind === 'shape');
    const own = shapes.find(({ item }) => roleOfName(item.name) === 'output') ?? shapes.at(-1);
    if (own && (!own.item.name || roleOfName(own.item.name) !== 'input')) own.part.role = 'output';
  }
  return parts;
}

/**
 * What neither source nor name tell.
 * @param {{ item: any, part: Part }[]} open @param {Part[]} parts @param {Parameters<typeof guessParts>[1]} page
 * @param {boolean} hasLayer
 */
function byShape(open, parts, page, hasLayer) {
  if (!open.length) return;
  const known = (/** @type {Role} */ role) => parts.some((p) => p.role === role);
  const alone = !hasLayer && !known('input') && !known('weight');
  if (alone && open.length >= 3) {
    const [x, w, ...rest] = open;
    x.part.role = 'input';
    w.part.role = 'weight';
    const bias = rest.length > 1 && shownShape(rest[0].item).length === 1 ? rest.shift() : null;
    if (bias) bias.part.role = 'bias';
    if (!known('output')) /** @type {any} */ (rest.at(-1)).part.role = 'output';
    return;
  }
  if (alone && open.length === 1 && !known('output')) {
    const { item, part } = open[0];
    const shape = core(shownShape(item));
    const { input, weight, output } = page.shapes;
    const asInput = shape === core(input) || shape === core(weight);
    const isOutput = item.isConvolved || (output && shape === core(output));
    part.role = isOutput || (item.truncated && !asInput) ? 'output' : 'ask';
    return;
  }
  // Prints that follow a layer and its operands: those of the size it gives are its output.
  const expected = page.outputOf(parts);
  const fitting = open.filter(({ item }) => expected && core(shownShape(item)) === core(expected));
  const outputs = fitting.length ? fitting : open.length === 1 ? open : [];
  if (!known('output')) for (const { part } of outputs) part.role = 'output';
  for (const { part } of open)
    if (part.role === 'none') part.role = known('output') ? 'none' : 'ask';
}

/** A print of a tensor that already has its part, under another name or none. @param {any} item @param {{ item: any, part: Part }[]} tensors */
const isRepeated = (item, tensors) =>
  tensors.some(
    (other) =>
      other.part.role !== 'none' &&
      other.part.role !== 'output' &&
      core(shownShape(other.item)) === core(shownShape(item)) &&
      item.data.every((/** @type {number} */ v, /** @type {number} */ i) =>
        Object.is(v, other.item.data[i]),
      ),
  );

/**
 * Which items are the layer's by what the source says, and which another layer's only.
 * @param {readonly any[]} items @param {any} layer
 */
function operandItems(items, layer) {
  /** @type {Map<number, Role>} */
  const own = new Map();
  /** @type {Set<number>} */
  const foreign = new Set();
  for (const item of items) {
    for (const [role, n] of Object.entries(item.operands ?? {}))
      item === layer ? own.set(n, /** @type {Role} */ (role)) : foreign.add(n);
  }
  return { own, foreign };
}

/** The tensors that a function's call names. @param {any} layer @returns {Map<string, Role>} */
function operandsOf(layer) {
  const entries = Object.entries(layer?.tensors ?? {});
  return new Map(entries.map(([role, name]) => [String(name), /** @type {Role} */ (role)]));
}

/** TensorFlow and Keras put the channels last. @param {any} item @param {any} layer */
const isChannelsLast = (item, layer) =>
  item.kind === 'tensor' &&
  (item.container === 'tf' || layer?.framework === 'keras' || layer?.framework === 'tf') &&
  sizeOf(shownShape(item)) > 0 &&
  shownShape(item).length > 2;
