// From the attributes of <conv-scope> to a state. An attribute that cannot be read counts as one that is not there,
// and a problem says so; what the engine refuses is its caller's to find out.

import { makeState } from '../initial.js';
import { fieldOf, isTransposed, methodsOf, OPS, PADDING_MODES, spatialAxes } from '../schema.js';
import { readWhole } from '../settings.js';
import { actions, fitTensors } from '../store.js';
import { fill, makeTensor } from '../tensors.js';
import { readLink } from '../url.js';
import { BESIDE, NUMBERS } from './table.js';
import { readList, readValues } from './values.js';

/**
 * @typedef {import('../store.js').State} State
 * @typedef {import('../schema.js').FieldKey} FieldKey
 * @typedef {import('./values.js').Problem & { attribute: string }} Problem
 * @typedef {Map<string, string>} Attributes those there are, by name
 */

/** Where nothing else is said. */
const OP = 'conv_transpose2d';

/** The longest link that is read: more numbers than a page shows do not fit into it. */
export const LONGEST_LINK = 1 << 22;

/**
 * @param {State|null} base what is shown; null: nothing yet
 * @param {Attributes} all @param {Iterable<string>} changed the names to be read (again)
 * @param {State|null} [opening] what other attributes add to, where there is no link that can be read
 * @returns {{ state: State, problems: Problem[] }}
 */
export function readAttributes(base, all, changed, opening = null) {
  const names = withDependents(new Set(changed), all);
  const reader = new Reader(all, names);
  let state = base;
  let filled = base !== null;
  if (names.has('link') || !state) {
    const found = reader.link() ?? opening;
    if (found) filled = true;
    state = found ?? makeState({ op: OP });
  }
  state = fitTensors(reader.settings(state));
  state = reader.values(state, filled, base);
  return { state: reader.view(state), problems: reader.problems };
}

/**
 * Another operation may not know a named padding, a mode or a method, and another method has other steps: those that are
 * said are read again. @param {Set<string>} names @param {Attributes} all
 */
function withDependents(names, all) {
  const add = (/** @type {string} */ name) => all.has(name) && names.add(name);
  if (names.has('op')) {
    if (/^\s*[a-z]/i.test(all.get('padding') ?? '')) names.add('padding');
    add('padding-mode');
    add('method');
  }
  if (names.has('op') || names.has('method')) add('step');
  return names;
}

class Reader {
  /** @param {Attributes} all @param {Set<string>} names */
  constructor(all, names) {
    this.all = new Map(all);
    this.names = names;
    /** @type {Problem[]} */
    this.problems = [];
    /** @type {Map<string, import('./values.js').Values>} */
    this.read = new Map();
  }

  /** @param {string} attribute @param {string} id @param {Record<string, string|number>} [values] @returns {null} */
  refuse(attribute, id, values = {}) {
    this.all.delete(attribute); // as if it were not there
    this.problems.push({ attribute, id, values });
    return null;
  }

  /** The text of an attribute that is there, else null. @param {string} name */
  text(name) {
    return this.all.get(name) ?? null;
  }

  link() {
    const text = this.text('link');
    if (text === null) return null;
    if (text.length > LONGEST_LINK) return this.refuse('link', 'long', { max: LONGEST_LINK });
    const link = readLink(text.slice(text.indexOf('#') + 1));
    if (link && 'state' in link) return link.state;
    return this.refuse('link', `link.${link?.problem ?? 'settings'}`);
  }

  /** Operation and numbers; the tensors do not have their sizes yet. @param {State} state @returns {State} */
  settings(state) {
    if (this.names.has('op')) state = actions.setOp(state, this.op());
    for (const [name, key] of Object.entries(NUMBERS)) {
      if (!this.names.has(name)) continue;
      const { initial } = fieldOf(key);
      state = withTexts(state, key, this.numbers(name, key, state) ?? [initial]);
    }
    if (this.names.has('padding')) state = this.padding(state);
    if (this.names.has('padding-mode'))
      state = { ...state, paddingMode: this.choice('padding-mode', PADDING_MODES) ?? 'zeros' };
    const before = state.text.inChannels[0];
    for (const name of /** @type {const} */ (['input', 'kernel'])) {
      const isSaid = ['op', name, `${name}-size`].some((other) => this.names.has(other));
      const isBeside = BESIDE[name].some((other) => this.names.has(other));
      if (!isSaid && !isBeside && state.text.inChannels[0] === before) continue;
      state = this.sizesOf(name, state, isSaid);
      if (this.problems.some((p) => p.attribute === name)) this.names.add(name);
    }
    return state;
  }

  op() {
    const text = this.text('op');
    if (text === null) return OP;
    const name = text
      .trim()
      .toLowerCase()
      .replace(/^(torch\.)?nn\./, '')
      .replace(/^convtranspose/, 'conv_transpose');
    const op = OPS.find((o) => o === name);
    return op ?? this.refuse('op', 'choice', { text, list: OPS.join(', ') }) ?? OP;
  }

  /** @template {string} T @param {string} name @param {readonly T[]} list @returns {T|null} */
  choice(name, list) {
    const text = this.text(name);
    if (text === null) return null;
    const found = list.find((item) => item === text.trim().toLowerCase());
    return found ?? this.refuse(name, 'choice', { text, list: list.join(', ') });
  }

  /** One whole number, or one per axis. @param {string} name @param {FieldKey} key @param {State} state @returns {number[]|null} */
  numbers(name, key, state) {
    const text = this.text(name);
    if (text === null) return null;
    const parts = text
      .replace(/(\d)\s*[x×]\s*(?=\d)/g, '$1 ')
      .split(/[\s,]+/)
      .filter(Boolean);
    const count = fieldOf(key).perAxis ? spatialAxes(state.op) : 1;
    if (parts.length > 1 && parts.length !== count)
      return this.refuse(name, 'axes', { text, count });
    return this.whole(name, key, parts.length ? parts : ['']);
  }

  /** @param {string} name @param {FieldKey} key @param {string[]} parts @returns {number[]|null} */
  whole(name, key, parts) {
    const { max } = fieldOf(key);
    const least = key.endsWith('Size') || key.endsWith('Channels') || key === 'batch' ? 1 : null;
    const values = [];
    for (const text of parts) {
      const read = readWhole(text);
      if ('id' in read) return this.refuse(name, read.id, { text });
      const { value } = read;
      if (value > max) return this.refuse(name, 'overLimit', { value, max });
      if (least !== null && value < least) return this.refuse(name, 'sizeBelowOne', { value });
      values.push(value);
    }
    return values;
  }

  /** "1", "1 0", "1:2, 0:1", "same", "valid". @param {State} state @returns {State} */
  padding(state) {
    const text = (this.text('padding') ?? '').trim().toLowerCase();
    const plain = withTexts({ ...state, paddingKind: 'each' }, 'padding', [0]);
    if (text === 'same' || text === 'valid') return { ...plain, paddingKind: text };
    if (!text.includes(':'))
      return withTexts(plain, 'padding', this.numbers('padding', 'padding', state) ?? [0]);
    const pairs = text.split(/[\s,]+/).map((part) => part.split(':'));
    const count = spatialAxes(state.op);
    if ((pairs.length > 1 && pairs.length !== count) || pairs.some((p) => p.length !== 2)) {
      this.refuse('padding', 'pairs', { text, count });
      return plain;
    }
    const flat = this.whole('padding', 'padding', pairs.flat());
    if (!flat) return plain;
    const begins = withTexts(
      { ...plain, paddingKind: 'pairs' },
      'padding',
      flat.filter((_, i) => i % 2 === 0),
    );
    return withTexts(
      begins,
      'paddingEnd',
      flat.filter((_, i) => i % 2 === 1),
    );
  }

  /**
   * What the values themselves say of sizes and channels; kept for `values`, unless they contradict another attribute.
   * @param {'input'|'kernel'} name @param {State} state
   * @param {boolean} isSaid whether their size was said anew; else it may be another by now, of the reader's choice
   * @returns {State}
   */
  sizesOf(name, state, isSaid) {
    const text = this.text(name);
    if (text === null) return state;
    const found = readValues(text, spatialAxes(state.op));
    if ('id' in found) {
      this.refuse(name, found.id, found.values);
      return state;
    }
    const key = name === 'input' ? 'inputSize' : 'kernelSize';
    const sizes = this.whole(name, key, found.sizes.map(String));
    if (!sizes) return state;
    const said = this.all.has(`${name}-size`) ? state.text[key].map(Number) : sizes;
    if (isSaid && said.join() !== sizes.join()) {
      this.refuse(name, 'size', { size: sizes.join('×'), said: said.join('×') });
      return state;
    }
    const next = name === 'input' ? this.inputMaps(found, state) : this.kernelMaps(found, state);
    if (!next) return state;
    this.read.set(name, found);
    return isSaid ? withTexts(next, key, sizes) : next;
  }

  /** Channels and samples from the number of maps. @param {import('./values.js').Values} found @param {State} state @returns {State|null} */
  inputMaps({ maps }, state) {
    const fixed = this.all.has('in-channels');
    const batch = fixed && !this.all.has('batch') ? maps / number(state, 'inChannels') : null;
    const samples = batch ?? (this.all.has('batch') ? number(state, 'batch') : 1);
    const channels = fixed ? number(state, 'inChannels') : maps / samples;
    if (samples * channels !== maps || !Number.isInteger(samples) || !Number.isInteger(channels))
      return this.refuse('input', 'maps', { maps });
    if (!this.whole('input', 'inChannels', [String(channels)])) return null;
    if (!this.whole('input', 'batch', [String(samples)])) return null;
    return withTexts(withTexts(state, 'inChannels', [channels]), 'batch', [samples]);
  }

  /** Output channels from the number of maps. @param {import('./values.js').Values} found @param {State} state @returns {State|null} */
  kernelMaps({ maps }, state) {
    const [inputs, groups] = [number(state, 'inChannels'), number(state, 'groups')];
    const outputs = isTransposed(state.op) ? (maps / inputs) * groups : maps / (inputs / groups);
    const said = this.all.has('out-channels') ? number(state, 'outChannels') : outputs;
    if (!Number.isInteger(outputs) || outputs !== said)
      return this.refuse('kernel', 'maps', { maps });
    if (!this.whole('kernel', 'outChannels', [String(outputs)])) return null;
    return withTexts(state, 'outChannels', [outputs]);
  }

  /**
   * Numbers that are not said anew stay, for the reader may have typed some: where an attribute has as many of them in
   * another shape, in its order, else as far as they fit.
   * @param {State} state whose tensors have their sizes @param {boolean} filled whether they hold something
   * @param {State|null} base what was there before @returns {State}
   */
  values(state, filled, base) {
    let next = this.bias(state, base);
    for (const [name, key, kind] of /** @type {const} */ ([
      ['input', 'input', 'ramp'],
      ['kernel', 'weight', 'ones'],
    ])) {
      const tensor = next[key];
      const { length } = tensor.data;
      const isNew = !filled || this.names.has(name);
      const found = this.read.get(name);
      const numbers = isNew ? found?.data : found && base?.[key].data;
      if (numbers?.length === length && (isNew || tensor.shape.join() !== base?.[key].shape.join()))
        next = { ...next, [key]: makeTensor(tensor.shape, numbers) };
      else if (isNew) next = { ...next, [key]: fill(tensor, null, kind, state.seed) };
    }
    return next === state ? state : { ...next, drafts: {}, example: null };
  }

  /**
   * A number for each output channel; read again where other attributes have changed how many there are.
   * @param {State} state @param {State|null} base what was there before @returns {State}
   */
  bias(state, base) {
    const isOther = base !== null && base.bias.data.length !== state.bias.data.length;
    if (!this.names.has('bias') && !(isOther && this.all.has('bias'))) return state;
    const text = this.text('bias');
    const none = { ...state, hasBias: false };
    if (text === null) return none;
    const list = readList(text);
    if (!Array.isArray(list)) return this.refuse('bias', list.id, list.values) ?? none;
    let next = state;
    const free = !this.all.has('out-channels') && !this.all.has('kernel') && !this.all.has('link');
    if (free && this.whole('bias', 'outChannels', [String(list.length)]))
      next = fitTensors(withTexts(state, 'outChannels', [list.length]));
    const count = next.bias.data.length;
    if (list.length !== count)
      return this.refuse('bias', 'count', { found: list.length, count }) ?? none;
    return { ...next, hasBias: true, bias: makeTensor(next.bias.shape, list) };
  }

  /** What is looked at: method, step, selection (resolved once the sizes are known, by `probeOf`). @param {State} state @returns {State} */
  view(state) {
    let next = state;
    if (this.names.has('true-convolution')) {
      const text = this.text('true-convolution');
      next = { ...next, flip: text !== null && text.trim().toLowerCase() !== 'false' };
    }
    if (this.names.has('method')) {
      const methods = methodsOf(next.op);
      next = { ...next, method: this.choice('method', methods) ?? methods[0], step: null };
    }
    if (this.names.has('step')) next = { ...next, step: this.step(), playing: false };
    return next;
  }

  step() {
    const text = this.text('step');
    if (text === null) return null;
    if (/^\s*\d{1,7}\s*$/.test(text)) return Number(text);
    return this.refuse('step', 'step', { text });
  }
}

/** @param {State} state @param {FieldKey} key */
const number = (state, key) => Number(state.text[key][0]);

/** @param {State} state @param {FieldKey} key @param {number[]} values one, or one per axis @returns {State} */
function withTexts(state, key, values) {
  const count = state.text[key].length;
  const list = Array.from({ length: count }, (_, axis) => String(values[axis] ?? values[0]));
  return { ...state, text: { ...state.text, [key]: list } };
}
