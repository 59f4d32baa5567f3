// The same layer in other frameworks: source that gives equal numbers, and what had to be permuted, padded
// or cropped for it. Loaded when the panel is first opened, not with the page.

import { layerOf } from '../layer.js';
import { jax } from './jax.js';
import { keras } from './keras.js';
import { onnx } from './onnx.js';
import { pytorch } from './pytorch.js';

/**
 * @typedef {{ id: string, values?: Record<string, string|number> }} Note a sentence of the catalogue, "translate.…"
 * @typedef {'one'|'steps'|'none'} Fit one layer says it all; further steps are needed; it cannot be said
 * @typedef {{ fit: Fit, source: string, notes: Note[] }} Translation `source` takes x, w and b in PyTorch's
 *   layouts and gives y in PyTorch's; it is empty where nothing fits
 * @typedef {'pytorch'|'keras'|'jax'|'onnx'} Framework
 */

/** @type {[Framework, (layer: import('../layer.js').Layer) => Translation][]} */
const WRITERS = [
  ['pytorch', pytorch],
  ['keras', keras],
  ['jax', jax],
  ['onnx', onnx],
];

/**
 * @param {import('../store.js').State} state
 * @returns {(Translation & { framework: Framework })[]} empty while a field cannot be read
 */
export function translate(state) {
  const layer = layerOf(state);
  return layer ? WRITERS.map(([framework, write]) => ({ framework, ...write(layer) })) : [];
}
