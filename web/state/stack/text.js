// A stack as one line of text, for links and presets: "conv2d(co=64,k=7,s=2,p=3);relu;max_pool2d(k=3,s=2,p=1)".
// Layers name each other by their places, counted from 0; "in" is the stack's input.

import { fieldsOf, isStackOp, STACK_FIELDS } from './kinds.js';
import { INPUT } from './layers.js';

/** @typedef {import('./layers.js').EditLayer} EditLayer */

/** As many as the engine takes. */
const MOST_LAYERS = 2000;
/** Letters of a typed text that a link keeps. */
const LONGEST = 60;

/** What stands for itself; all else is escaped, once more than the link itself does. @param {string} text */
const escaped = (text) =>
  encodeURIComponent(text.slice(0, LONGEST))
    .replaceAll('%2F', '/')
    .replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** @param {readonly EditLayer[]} layers @returns {string} */
export function layersText(layers) {
  const place = (/** @type {number} */ id) =>
    id === INPUT ? 'in' : String(layers.findIndex((layer) => layer.id === id));
  return layers
    .map((layer) => {
      const parts = fieldsOf(layer.op)
        .filter((key) => (layer.text[key] ?? '') !== '')
        .map((key) => `${STACK_FIELDS[key].url}=${escaped(layer.text[key])}`);
      if (layer.from !== null) parts.push(`from=${place(layer.from)}`);
      for (const { from, merge } of layer.skips)
        parts.push(`${merge === 'add' ? 'add' : 'cat'}=${place(from)}`);
      if (layer.name) parts.push(`name=${escaped(layer.name)}`);
      return parts.length ? `${layer.op}(${parts.join(',')})` : layer.op;
    })
    .join(';');
}

/**
 * @param {string} text
 * @returns {EditLayer[]|null} with ids from 1 on; null where it is no such text
 */
export function readLayersText(text) {
  if (text.trim() === '') return [];
  const pieces = text.split(';');
  if (pieces.length > MOST_LAYERS) return null;
  /** @type {EditLayer[]} */
  const layers = [];
  for (const piece of pieces) {
    const layer = readPiece(piece.trim(), layers.length + 1, pieces.length);
    if (!layer) return null;
    layers.push(layer);
  }
  return layers;
}

/** @param {string} piece @param {number} id @param {number} count of layers @returns {EditLayer|null} */
function readPiece(piece, id, count) {
  const [, op, inner = ''] = /^(\w+)(?:\((.*)\))?$/.exec(piece) ?? [];
  if (!op || !isStackOp(op)) return null;
  const keys = new Map(fieldsOf(op).map((key) => [STACK_FIELDS[key].url, key]));
  /** @type {Record<string, string>} */
  const text = {};
  /** @type {EditLayer['skips'][number][]} */
  const skips = [];
  const layer = { id, op, name: '', text, from: /** @type {number|null} */ (null), skips };
  for (const part of inner.split(',').filter(Boolean)) {
    const at = part.indexOf('=');
    const [url, written] = [part.slice(0, at).trim(), unescaped(part.slice(at + 1).trim())];
    const key = keys.get(url);
    if (at < 0 || written === null) return null;
    if (url === 'name') layer.name = written;
    else if (key && !(url in text)) text[key] = written;
    else if (url === 'from' || url === 'add' || url === 'cat') {
      const from = readPlace(written, count);
      if (from === null) return null;
      if (url === 'from') layer.from = from;
      else skips.push({ from, merge: url === 'add' ? 'add' : 'concat' });
    } else return null;
  }
  return layer;
}

/** @param {string} text */
function unescaped(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** The id of a layer, from its place. @param {string} text @param {number} count */
function readPlace(text, count) {
  if (text === 'in') return INPUT;
  return /^\d{1,4}$/.test(text) && Number(text) < count ? Number(text) + 1 : null;
}
