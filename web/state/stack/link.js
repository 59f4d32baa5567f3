// The state of a stack as the text after "#" and back: version 1 as for one layer, told from it by "stack".

import { RANGE_KEYS, SOLVED } from './solver.js';
import { makeStackState, OPENING_GOAL, OPENING_QUESTION, STACK_PANELS } from './store.js';
import { layersText, readLayersText } from './text.js';
import { readShape } from './values.js';

/** @typedef {import('./store.js').StackState} StackState */
/** @typedef {import('./store.js').Question} Question */

const VERSION = '1';

/** @param {StackState} state @returns {string} begins "v=1&stack=" */
export function writeStackLink(state) {
  const layers = layersText(state.layers).replaceAll('%', '%25').replaceAll('+', '%2B');
  const shape = readShape(state.shape)?.join() ?? state.shape.trim();
  const parts = [`v=${VERSION}`, `stack=${layers}`, `in=${encoded(shape)}`];
  if (state.panel !== 'field') parts.push(`pn=${state.panel}`);
  const place = state.layers.findIndex((layer) => layer.id === state.selected);
  if (place >= 0) parts.push(`sel=${[place, ...(state.cell ?? [])].join(':')}`);
  if (state.channel > 0) parts.push(`ch=${state.channel}`);
  const question = questionText(state.question);
  if (question !== questionText(OPENING_QUESTION)) parts.push(`q=${encoded(question)}`);
  const { layer, size } = state.goal;
  if (layer !== null || size) parts.push(`goal=${encoded(`${layer ?? ''}:${size}`)}`);
  return parts.join('&');
}

/** @param {string} text */
const encoded = (text) => encodeURIComponent(text).replaceAll('%2C', ',').replaceAll('%3A', ':');

/** Whether somebody asked the solver something, or looks at other channels than the first. @param {StackState} state */
export const isAsked = (state) =>
  writeStackLink(state) !==
  writeStackLink({ ...state, channel: 0, question: OPENING_QUESTION, goal: OPENING_GOAL });

/** @param {Question} question */
const questionText = ({ op, from, to, layers, ranges }) =>
  [op, from, to, layers, ...RANGE_KEYS.map((key) => ranges[key])]
    .map((text) => text.replaceAll(',', ' '))
    .join();

/** @param {string|null} text @returns {Question} */
function readQuestionText(text) {
  const [op, from, to, layers, ...ranges] = (text ?? '').split(',').map((t) => t.slice(0, 40));
  if (!Object.hasOwn(SOLVED, op) || ranges.length !== RANGE_KEYS.length) return OPENING_QUESTION;
  return {
    ...{ op: /** @type {Question['op']} */ (op), from, to, layers },
    ranges: /** @type {Question['ranges']} */ (
      Object.fromEntries(RANGE_KEYS.map((key, i) => [key, ranges[i]]))
    ),
  };
}

/** @param {string|null} text @returns {StackState['goal']} */
function readGoal(text) {
  const [, layer, size] = /^(\d{0,4}):(.{0,40})$/.exec(text ?? '') ?? ['', '', ''];
  return { layer: layer === '' ? null : Number(layer), size };
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
      channel: Number(/^\d{1,6}$/.exec(params.get('ch') ?? '')?.[0] ?? 0),
      question: readQuestionText(params.get('q')),
      goal: readGoal(params.get('goal')),
      panel: STACK_PANELS.find((panel) => panel === params.get('pn')) ?? 'field',
    }),
  };
}

/** @param {string|null} text @returns {number[]} empty where nothing is selected */
const readProbe = (text) =>
  /^\d{1,4}(?::\d{1,7}){0,3}$/.test(text ?? '') ? String(text).split(':').map(Number) : [];
