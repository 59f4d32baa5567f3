// From attributes to a state that the engine takes: what it refuses counts as not there, with the reason.

import { attributeText } from '../i18n/attribute.js';
import { t } from '../i18n/index.js';
import { middleOf, probeOf } from '../state/attributes/probe.js';
import { readAttributes } from '../state/attributes/read.js';
import { causesOf } from '../state/attributes/table.js';
import { probeAt } from '../state/steps.js';

/**
 * @typedef {import('../state/store.js').State} State
 * @typedef {import('../model.js').Model} Model
 * @typedef {Map<string, string>} Refusals what was refused, by attribute
 */

/** Attributes that hold values, not whole numbers. */
const LISTS = ['input', 'kernel', 'bias'];

/** @param {import('../state/attributes/read.js').Problem} problem */
export const refusalOf = (problem) => attributeText(problem, LISTS.includes(problem.attribute));

/**
 * @param {(state: State) => Model} modelOf
 * @param {State|null} base what is shown; null: nothing yet
 * @param {Map<string, string>} attributes all there are @param {Iterable<string>} changed those to be read
 * @param {State|null} opening what they add to, where there is no link that can be read; null: a ramp and ones
 * @param {Iterable<string>} [retried] of the changed, those that were refused and may fit now: else what is shown stays
 * @returns {{ state: State, refusals: Refusals }}
 */
export function settle(modelOf, base, attributes, changed, opening, retried = []) {
  const all = new Map(attributes);
  const names = new Set(changed);
  const again = new Set(retried);
  /** @type {Refusals} */
  const refused = new Map();
  /** Counts as not there, and, unless it has only been retried, as gone. @param {string} name @param {string} why */
  const refuse = (name, why) => {
    refused.set(name, why);
    all.delete(name);
    if (again.has(name)) names.delete(name);
    else names.add(name);
  };
  // What the reader has typed and not yet mended is no attribute's fault.
  const blame = !base || modelOf(base).errors.length === 0;
  for (;;) {
    const { state, problems } = readAttributes(base, all, names, opening);
    const stale = problems.filter(({ attribute }) => again.has(attribute));
    for (const problem of stale) refuse(problem.attribute, refusalOf(problem));
    if (stale.length) continue;
    const refusals = new Map([
      ...refused,
      ...problems.map((p) => /** @type {[string, string]} */ ([p.attribute, refusalOf(p)])),
    ]);
    const model = modelOf(state);
    const [error] = blame ? model.errors : [];
    const cause =
      error && [...causesOf(error.field), 'link', ...all.keys()].find((n) => all.has(n));
    if (!cause) return { state: looking(state, model, base, all, names, refusals), refusals };
    refuse(cause, t('attribute.refused', { attribute: cause, message: error.message }));
  }
}

/**
 * The state with the cell that is looked at first.
 * @param {State} state @param {Model} model @param {State|null} base @param {Map<string, string>} all
 * @param {Set<string>} names @param {Refusals} refusals @returns {State}
 */
function looking(state, { result, progress }, base, all, names, refusals) {
  if (!result) return state;
  const shapeOf = (/** @type {'input'|'weight'|'output'} */ map) =>
    map === 'output' ? result.maps.output.shape : result[map].shape;
  const text = all.get('selected');
  const isLost = base?.selected && !state.selected; // with the sizes it had
  if ((names.has('selected') || isLost) && text !== undefined) {
    const selected = probeOf(text, shapeOf);
    if (selected !== undefined) return { ...state, selected };
    refusals.set('selected', refusalOf({ attribute: 'selected', id: 'cell', values: { text } }));
  }
  if (state.step !== null && (names.has('step') || state.step !== base?.step))
    return { ...state, selected: progress && probeAt(progress.plan, state.step) };
  if (state.selected || (base && !isLost)) return state;
  return { ...state, selected: middleOf(shapeOf('output')) };
}
