// The state of the page, the actions on it, and undo. Actions are pure: (state, …) → new state.
// Nothing here computes a convolution or touches the DOM.

import { createHistory } from './history.js';
import { axisNames, FIELDS, isTransposed, methodsOf } from './schema.js';
import { channelsSplit, readSettings, shapesOf } from './settings.js';
import { fill, gridOf, makeTensor, readNumber, resize, sizeOf, withValues } from './tensors.js';

/**
 * @typedef {import('./schema.js').FieldKey} FieldKey
 * @typedef {import('./schema.js').Op} Op
 * @typedef {import('./tensors.js').EditTensor} EditTensor
 * @typedef {import('./paste/empty.js').Paste} Paste
 * @typedef {'input'|'weight'|'bias'} TensorKey
 * @typedef {{ map: 'input'|'weight'|'output', index: number }} Probe
 * @typedef {{
 *   op: Op, text: Record<FieldKey, string[]>, paddingKind: import('./schema.js').PaddingKind,
 *   paddingMode: import('./schema.js').PaddingMode, hasBias: boolean, linked: boolean,
 *   method: import('./schema.js').Method, input: EditTensor, weight: EditTensor, bias: EditTensor,
 *   drafts: Readonly<Record<string, string>>, selected: Probe|null, hovered: Probe|null,
 *   range: { map: TensorKey, indices: number[] }|null, seed: number, example: string|null,
 *   lastField: FieldKey|null, slices: Readonly<Record<string, number>>,
 *   step: number|null, playing: boolean, speed: number,
 *   panel: typeof import('./schema.js').PANELS[number], gradient: EditTensor|null,
 *   palette: 'sign'|'grey', flip: boolean, tint: boolean, paste: Paste,
 *   copyOut: import('./formats.js').CopyOut
 * }} State
 *
 * `drafts` holds cell texts that are not numbers, by "tensor:index": what was typed stays visible
 * until it is mended.
 */

/** Brings the tensors to the sizes in the fields, where these make sense. @param {State} state @returns {State} */
export function fitTensors(state) {
  const { values, errors } = readSettings(state);
  if (errors.length || !channelsSplit(values)) return state;
  const shapes = shapesOf(state.op, values);
  const next = {
    ...state,
    input: resize(state.input, shapes.input),
    weight: resize(state.weight, shapes.weight),
    bias: resize(state.bias, shapes.bias),
  };
  const moved = next.input !== state.input || next.weight !== state.weight;
  return moved ? { ...next, selected: null, hovered: null, range: null, drafts: {} } : next;
}

export const actions = {
  /** @param {State} s @param {FieldKey} key @param {number} axis @param {string} value @returns {State} */
  setField(s, key, axis, value) {
    const perAxis = s.text[key];
    const next =
      s.linked && perAxis.length > 1
        ? perAxis.map(() => value)
        : perAxis.map((t, i) => (i === axis ? value : t));
    return fitTensors({ ...s, text: { ...s.text, [key]: next }, example: null, lastField: key });
  },

  /** Keeps every field and value that still has a meaning. @param {State} s @param {Op} op @returns {State} */
  setOp(s, op) {
    const axes = axisNames(op).length;
    const text = /** @type {State['text']} */ (
      Object.fromEntries(
        FIELDS.map((f) => [
          f.key,
          f.perAxis
            ? Array.from({ length: axes }, (_, i) => s.text[f.key][i] ?? s.text[f.key][0])
            : s.text[f.key],
        ]),
      )
    );
    // A transposed convolution knows neither 'same' nor other modes than zeros.
    const named = s.paddingKind === 'same' || s.paddingKind === 'valid';
    return fitTensors({
      ...s,
      op,
      text,
      paddingKind: isTransposed(op) && named ? 'each' : s.paddingKind,
      paddingMode: isTransposed(op) ? 'zeros' : s.paddingMode,
      method: methodsOf(op)[0],
      selected: null,
      hovered: null,
      example: null,
    });
  },

  /** @param {State} s @param {Partial<Pick<State, 'paddingKind'|'paddingMode'|'hasBias'|'method'|'seed'|'linked'|'speed'|'panel'|'palette'|'flip'|'tint'>>} change @returns {State} */
  setOption: (s, change) => ({
    ...s,
    ...change,
    step: 'method' in change ? null : s.step,
    example: 'method' in change || 'speed' in change || 'panel' in change ? s.example : null,
  }),

  /** What was typed into one cell; a text that is no number waits as a draft. @param {State} s @param {TensorKey} key @param {number} index @param {string} text @returns {State} */
  setCell(s, key, index, text) {
    const value = readNumber(text);
    const { [`${key}:${index}`]: _, ...others } = s.drafts;
    if (value === null) return { ...s, drafts: { ...others, [`${key}:${index}`]: text } };
    return { ...s, [key]: withValues(s[key], [[index, value]]), drafts: others, example: null };
  },

  /** @param {State} s @param {TensorKey} key @param {number} index @returns {State} */
  dropDraft(s, key, index) {
    const { [`${key}:${index}`]: _, ...drafts } = s.drafts;
    return { ...s, drafts };
  },

  /** @param {State} s @param {TensorKey} key @param {[number, number][]} updates @returns {State} */
  setCells: (s, key, updates) => ({
    ...s,
    [key]: withValues(s[key], updates),
    drafts: Object.fromEntries(
      Object.entries(s.drafts).filter(([k]) => !updates.some(([i]) => k === `${key}:${i}`)),
    ),
    example: null,
  }),

  /** Fills the selected block of that tensor, or all of it. @param {State} s @param {TensorKey} key @param {import('./tensors.js').FillKind} kind @returns {State} */
  fillCells: (s, key, kind) => ({
    ...s,
    [key]: fill(s[key], s.range?.map === key ? s.range.indices : null, kind, s.seed),
    drafts: Object.fromEntries(Object.entries(s.drafts).filter(([k]) => !k.startsWith(`${key}:`))),
    example: null,
  }),

  /** @param {State} s @param {TensorKey} key @param {number[]|null} indices @returns {State} */
  setRange: (s, key, indices) =>
    indices || s.range ? { ...s, range: indices && { map: key, indices } } : s,

  /**
   * Puts a block of numbers into the map that holds cell `index`, from that cell on. A block that
   * does not fit enlarges the map, as far as the page's limits go.
   * @param {State} s @param {TensorKey} key @param {number} index @param {number[][]} rows @returns {State}
   */
  pasteBlock(s, key, index, rows) {
    const place = placeOf(s[key].shape, index);
    const field = key === 'input' ? 'inputSize' : 'kernelSize';
    let next = s;
    if (key !== 'bias') {
      const need = [place.row + rows.length, place.col + rows[0].length];
      const axes = s.text[field].length;
      const grown = s.text[field].map((t, i) => {
        const wanted = axes === 1 ? need[1] : i >= axes - 2 ? need[i - axes + 2] : 0;
        return Number(t) < wanted ? String(wanted) : t;
      });
      next = fitTensors({ ...s, text: { ...s.text, [field]: grown } });
    }
    const { rows: height, cols } = gridOf(next[key].shape);
    const start = place.map * height * cols;
    /** @type {[number, number][]} */
    const updates = [];
    for (const [r, row] of rows.entries())
      for (const [c, value] of row.entries()) {
        if (place.row + r < height && place.col + c < cols)
          updates.push([start + (place.row + r) * cols + place.col + c, value]);
      }
    return actions.setCells(next, key, updates);
  },

  /** Takes a picture as the input of a 2-D operation, in every channel. @param {State} s @param {number[][]} rows @returns {State} */
  setPicture(s, rows) {
    const text = {
      ...s.text,
      inputSize: [String(rows.length), String(rows[0].length)],
      batch: ['1'],
    };
    const next = fitTensors({ ...s, text, palette: 'grey', example: null, step: null });
    const cells = rows.flat();
    if (next.input.data.length % cells.length !== 0) return next; // refused: the fields say why
    const updates = Array.from(
      next.input.data,
      (_, i) => /** @type {[number, number]} */ ([i, cells[i % cells.length]]),
    );
    return actions.setCells(next, 'input', updates);
  },

  /** Text that is still to be read; what was read before stays until then. @param {State} s @param {string} text @returns {State} */
  setPasteText: (s, text) => ({ ...s, paste: { ...s.paste, text, file: null } }),

  /** What a paste turned out to hold, and the page that it fills, if it does. @param {State} s @param {Paste} paste @param {State|null} filled @returns {State} */
  setPaste: (s, paste, filled) => ({ ...(filled ?? s), paste }),

  /** How exact a comparison is, as typed. @param {State} s @param {'rtol'|'atol'} key @param {string} text @returns {State} */
  setTolerance: (s, key, text) => ({ ...s, paste: { ...s.paste, [key]: text } }),

  /** @param {State} s @param {Probe|null} probe @returns {State} */
  select: (s, probe) => ({ ...s, selected: probe, hovered: null }),

  /** Edits the gradient of the output, which is all ones until then. @param {State} s @param {number[]} shape of the output @param {[number, number][]} updates @returns {State} */
  setGradient(s, shape, updates) {
    const before = gradientFor(s, shape);
    return { ...s, gradient: withValues(before, updates) };
  },

  /** Goes to a step of the stepper and selects the cell that it has reached. @param {State} s @param {number|null} step @param {Probe|null} probe @returns {State} */
  setStep: (s, step, probe) => ({ ...s, step, selected: probe, hovered: null }),

  /** @param {State} s @param {boolean} playing @returns {State} */
  setPlaying: (s, playing) => ({ ...s, playing }),

  /** Pages through the depth slices of a map. @param {State} s @param {string} map @param {number} first @returns {State} */
  setSlice: (s, map, first) => ({ ...s, slices: { ...s.slices, [map]: first } }),

  /** What is copied out, and in which form. @param {State} s @param {Partial<import('./formats.js').CopyOut>} change @returns {State} */
  setCopyOut: (s, change) => ({ ...s, copyOut: { ...s.copyOut, ...change } }),

  /** @param {State} s @param {Probe|null} probe @returns {State} */
  hover: (s, probe) =>
    s.hovered?.map === probe?.map && s.hovered?.index === probe?.index
      ? s
      : { ...s, hovered: probe },

  /** @param {State} _ @param {State} next @returns {State} */
  replace: (_, next) => next,
};

/** The gradient of an output of that shape: ones, or as edited where the sizes agree. @param {State} s @param {number[]} shape */
export const gradientFor = (s, shape) =>
  s.gradient?.shape.join() === shape.join()
    ? s.gradient
    : makeTensor(shape, new Float64Array(sizeOf(shape)).fill(1));

/** Map (one grid of a tensor), row and column of a flat index. @param {number[]} shape @param {number} index */
function placeOf(shape, index) {
  const { rows, cols } = gridOf(shape);
  return {
    map: Math.floor(index / (rows * cols)),
    row: Math.floor((index % (rows * cols)) / cols),
    col: index % cols,
  };
}

/** Changes that come key by key, each into one field, cell or tolerance. */
const TYPED = { setField: 2, setCell: 2, setTolerance: 1 };

/** Changes that are not worth an undo step of their own. */
const TRANSIENT = new Set([
  'select',
  'hover',
  'setRange',
  'setSlice',
  'setStep',
  'setPlaying',
  'setPasteText',
  'setCopyOut',
]);

/**
 * @typedef {{ [K in keyof typeof actions]: typeof actions[K] extends (s: State, ...args: infer A) => State ? (...args: A) => void : never }} Dispatch
 */

/** @param {State} initial */
export const createStore = (initial) =>
  createHistory(initial, {
    actions,
    typed: TYPED,
    transient: TRANSIENT,
    passing: new Set(['hover']),
    settle: (state) => ({ ...state, hovered: null }),
    carry: ({ copyOut }, target) => ({ ...target, copyOut }),
  });
