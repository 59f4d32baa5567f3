// The state of the stack, the actions on it, and undo. Pure as those of one layer; computes no shape.

import { createHistory } from '../history.js';
import { INPUT, withOp, writeChanges, writeLayers, writeSkips } from './layers.js';

/**
 * @typedef {import('./layers.js').EditLayer} EditLayer
 * @typedef {import('./layers.js').StackLayer} StackLayer
 * @typedef {typeof STACK_PANELS[number]} StackPanel
 * @typedef {{ op: 'conv2d'|'conv_transpose2d'|'max_pool2d'|'avg_pool2d', from: string, to: string, layers: string,
 *   ranges: Readonly<Record<import('./solver.js').RangeKey, string>> }} Question as typed; see solver.js
 * @typedef {object} StackState
 * @property {readonly EditLayer[]} layers
 * @property {string} shape of the input, as typed
 * @property {number} nextId
 * @property {string|null} example the preset that this is
 * @property {number|null} selected the layer whose field and overlap are shown; null: the last that works
 * @property {readonly number[]|null} cell of its output, an index per spatial axis; null: the middle one
 * @property {number} channel the first whose numbers are shown
 * @property {readonly number[]} open layers that show all their arguments
 * @property {StackPanel} panel
 * @property {Question} question
 * @property {{ layer: number|null, size: string }} goal a size, as typed, that a layer is to get; null: the last
 * @property {import('./formats.js').StackFormat} format in which the stack is taken away
 * @property {string} pasted a Sequential that is to be read
 */

export const STACK_PANELS = /** @type {const} */ ([
  ...['field', 'values', 'solve', 'paste', 'export'],
]);

/** From one number to an image, as generators do. @type {Question} */
export const OPENING_QUESTION = {
  op: 'conv_transpose2d',
  from: '1',
  to: '64',
  layers: '5',
  ranges: {
    kernelSize: '1-7',
    stride: '1-4',
    padding: '0-3',
    dilation: '1',
    outputPadding: '0-1',
  },
};

/** @type {StackState['goal']} */
export const OPENING_GOAL = { layer: null, size: '' };

/**
 * @param {{ layers: readonly EditLayer[], shape: string, selected?: number|null, cell?: readonly number[]|null,
 *   panel?: StackPanel, example?: string|null, channel?: number, question?: Question, goal?: StackState['goal'] }} given
 * @returns {StackState}
 */
export const makeStackState = ({ layers, shape, ...given }) => ({
  layers,
  shape,
  nextId: layers.reduce((most, { id }) => Math.max(most, id), INPUT) + 1,
  example: null,
  selected: null,
  cell: null,
  channel: 0,
  open: [],
  panel: 'field',
  question: OPENING_QUESTION,
  goal: OPENING_GOAL,
  format: 'torch',
  pasted: '',
  ...given,
});

/** @param {StackState} s @param {number} id @param {(layer: EditLayer) => EditLayer} change @returns {StackState} */
const changed = (s, id, change) => ({
  ...s,
  layers: s.layers.map((layer) => (layer.id === id ? change(layer) : layer)),
  example: null,
});

export const stackActions = {
  /** @param {StackState} s @param {string} shape @returns {StackState} */
  setShape: (s, shape) => ({ ...s, shape, cell: null, example: null }),

  /** @param {StackState} s @param {number} id @param {string} key @param {string} text @returns {StackState} */
  setField: (s, id, key, text) =>
    changed({ ...s, cell: null }, id, (layer) => ({
      ...layer,
      text: { ...layer.text, [key]: text },
    })),

  /** @param {StackState} s @param {number} id @param {string} op @returns {StackState} */
  setOp: (s, id, op) => changed({ ...s, cell: null }, id, (layer) => withOp(layer, op)),

  /** @param {StackState} s @param {number} id @param {number|null} from @returns {StackState} */
  setFrom: (s, id, from) => changed(s, id, (layer) => ({ ...layer, from })),

  /** @param {StackState} s @param {number} id @param {readonly import('./layers.js').EditSkip[]} skips @returns {StackState} */
  setSkips: (s, id, skips) => changed(s, id, (layer) => ({ ...layer, skips })),

  /** A layer like the one before, or a convolution. @param {StackState} s @param {number} at its place @param {string} op @returns {StackState} */
  add(s, at, op) {
    const blank = { id: s.nextId, name: '', text: {}, from: null, skips: [] };
    const layer = withOp(/** @type {EditLayer} */ ({ ...blank, op: 'identity' }), op);
    const layers = [...s.layers.slice(0, at), layer, ...s.layers.slice(at)];
    return { ...s, layers, nextId: s.nextId + 1, selected: layer.id, cell: null, example: null };
  },

  /** @param {StackState} s @param {number} id @returns {StackState} */
  duplicate(s, id) {
    const at = s.layers.findIndex((layer) => layer.id === id);
    const layers = s.layers.toSpliced(at + 1, 0, { ...s.layers[at], id: s.nextId, name: '' });
    return { ...s, layers, nextId: s.nextId + 1, cell: null, example: null };
  },

  /** What others took from it, they take from nowhere. @param {StackState} s @param {number} id @returns {StackState} */
  remove: (s, id) => ({
    ...s,
    layers: s.layers
      .filter((layer) => layer.id !== id)
      .map((layer) =>
        layer.from === id || layer.skips.some(({ from }) => from === id)
          ? {
              ...layer,
              from: layer.from === id ? null : layer.from,
              skips: layer.skips.filter(({ from }) => from !== id),
            }
          : layer,
      ),
    selected: s.selected === id ? null : s.selected,
    cell: null,
    example: null,
  }),

  /** @param {StackState} s @param {number} id @param {-1|1} by @returns {StackState} */
  move(s, id, by) {
    const at = s.layers.findIndex((layer) => layer.id === id);
    if (at + by < 0 || at + by >= s.layers.length) return s;
    const layers = [...s.layers];
    [layers[at], layers[at + by]] = [layers[at + by], layers[at]];
    return { ...s, layers, cell: null, example: null };
  },

  /** A repair: arguments of one layer. @param {StackState} s @param {number} place @param {Partial<StackLayer>} changes @returns {StackState} */
  repair(s, place, changes) {
    const { id } = s.layers[place];
    return changed({ ...s, cell: null }, id, (layer) => {
      const op = changes.op ?? layer.op;
      const cleared = Object.fromEntries(Object.keys(changes).map((key) => [key, '']));
      const skips =
        changes.skip === undefined
          ? layer.skips
          : writeSkips(changes.skip, (at) => s.layers[at]?.id ?? INPUT);
      return {
        ...layer,
        op,
        skips,
        text: { ...layer.text, ...cleared, ...writeChanges(op, changes) },
      };
    });
  },

  /** Other layers in place of all, or behind the last. @param {StackState} s @param {readonly StackLayer[]} layers @param {{ shape?: string|null, behind?: boolean }} [how] @returns {StackState} */
  setLayers(s, layers, { shape = null, behind = false } = {}) {
    const kept = behind ? s.layers : [];
    const fresh = writeLayers(layers, s.nextId);
    return {
      ...s,
      layers: [...kept, ...fresh],
      nextId: s.nextId + fresh.length,
      shape: shape ?? s.shape,
      selected: null,
      cell: null,
      open: [],
      example: null,
    };
  },

  /** @param {StackState} s @param {number} id @param {readonly number[]|null} [cell] @returns {StackState} */
  select: (s, id, cell = null) => ({ ...s, selected: id, cell }),

  /** @param {StackState} s @param {number} channel @returns {StackState} */
  setChannel: (s, channel) => ({ ...s, channel }),

  /** @param {StackState} s @param {number} id @returns {StackState} */
  toggle: (s, id) => ({
    ...s,
    open: s.open.includes(id) ? s.open.filter((one) => one !== id) : [...s.open, id],
  }),

  /** @param {StackState} s @param {StackPanel} panel @returns {StackState} */
  setPanel: (s, panel) => ({ ...s, panel }),

  /** @param {StackState} s @param {Partial<Question>} change @returns {StackState} */
  ask: (s, change) => ({ ...s, question: { ...s.question, ...change } }),

  /** @param {StackState} s @param {Partial<StackState['goal']>} change @returns {StackState} */
  aim: (s, change) => ({ ...s, goal: { ...s.goal, ...change } }),

  /** @param {StackState} s @param {import('./formats.js').StackFormat} format @returns {StackState} */
  setFormat: (s, format) => ({ ...s, format }),

  /** @param {StackState} s @param {string} pasted @returns {StackState} */
  setPasted: (s, pasted) => ({ ...s, pasted }),

  /** @param {StackState} _ @param {StackState} next @returns {StackState} */
  replace: (_, next) => next,
};

/** @param {StackState} initial */
export const createStackStore = (initial) =>
  createHistory(initial, {
    actions: stackActions,
    typed: { setField: 2, setShape: 0 },
    transient: new Set([
      ...['select', 'setChannel', 'toggle', 'setPanel', 'ask', 'aim', 'setFormat', 'setPasted'],
    ]),
    carry: ({ panel, question, goal, format, pasted }, target) =>
      Object.assign({ ...target }, { panel, question, goal, format, pasted }),
  });

/** @typedef {ReturnType<typeof createStackStore>['dispatch']} StackDispatch */
