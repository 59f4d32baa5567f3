// The state of a stack as the text after "#" and back: version 1 as for one layer, told from it by "stack".

import { makeStackState, STACK_PANELS } from './store.js';
import { layersText, readLayersText } from './text.js';

/** @typedef {import('./store.js').StackState} StackState */

const VERSION = '1';

/** @param {StackState} state @returns {string} begins "v=1&stack=" */
export function writeStackLink(state) {
  const parts = [`v=${VERSION}`, `stack=${layersText(state.layers).replaceAll('%', '%25')}`];
  parts.push(`in=${encodeURIComponent(state.shape.replace(/\s+/g, '')).replaceAll('%2C', ',')}`);
  if (state.panel !== 'field') parts.push(`pn=${state.panel}`);
  const place = state.layers.findIndex((layer) => layer.id === state.selected);
  if (place >= 0) parts.push(`sel=${[place, ...(state.cell ?? [])].join(':')}`);
  return parts.join('&');
}

/**
 * @param {string} text of a link whose key "stack" is there, not packed
 * @returns {{ state: StackState } | { problem: 'version'|'settings' }}
 */
export function readStackLink(text) {
  const params = new URLSearchParams(text);
  if (params.get('v') !== VERSION) return { problem: 'version' };
  // Names are escaped once more than URLSearchParams undoes.
  const layers = readLayersText(params.get('stack') ?? '');
  if (!layers) return { problem: 'settings' };
  const [place, ...cell] = readProbe(params.get('sel'));
  const selected = layers[place]?.id ?? null;
  return {
    state: makeStackState({
      layers,
      shape: (params.get('in') ?? '').slice(0, 100),
      selected,
      cell: selected !== null && cell.length ? cell : null,
      panel: STACK_PANELS.find((panel) => panel === params.get('pn')) ?? 'field',
    }),
  };
}

/** @param {string|null} text @returns {number[]} empty where nothing is selected */
const readProbe = (text) =>
  /^\d{1,4}(?::\d{1,7}){0,3}$/.test(text ?? '') ? String(text).split(':').map(Number) : [];
