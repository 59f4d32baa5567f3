// The steps of the stepper as frames of an animation: every one of them, or, where there are too many, every n-th.

import { probeAt } from '../state/steps.js';
import { figure, stagesIn } from './figure.js';

/**
 * @typedef {import('../model.js').Model} Model
 * @typedef {import('../state/store.js').State} State
 * @typedef {import('./figure.js').Figure} Figure
 */

/** More frames would be a large file that nobody watches to its end. */
export const MOST_FRAMES = 150;

/** Milliseconds a step is shown, by how many there are: [up to so many frames, milliseconds]. */
const PACE = [
  [12, 900],
  [40, 600],
  [90, 350],
  [Number.POSITIVE_INFINITY, 180],
];
const FIRST = 1200;
const LAST = 2600;

/**
 * Which steps are shown; the last one is the whole result.
 * @param {Model} model with a result that is not stale
 * @param {number} [most] frames
 */
export function stepsOf(model, most = MOST_FRAMES) {
  const { plan, total } = /** @type {import('../state/steps.js').Progress} */ (model.progress);
  const shown = stagesIn(/** @type {import('../model.js').Result} */ (model.result));
  const before = plan.stages.length;
  const stages = plan.stages.flatMap((name, n) => (shown.includes(name) ? [n + 1] : []));
  const every = Math.max(1, Math.ceil(plan.cells / Math.max(1, most - 2 - stages.length)));
  const steps = [0, ...stages];
  for (let cell = every; cell < plan.cells; cell += every) steps.push(before + cell);
  steps.push(before + plan.cells);
  // The last cell has its frame; then comes everything, without a mark.
  return { steps: [...steps, total], every };
}

/** @param {number} count frames @param {number} [speed] 1: as usual */
export function delaysOf(count, speed = 1) {
  const pace = PACE.find(([most]) => count <= most)?.[1] ?? 180;
  return Array.from({ length: count }, (_, n) =>
    Math.round(
      (n === 0 ? FIRST : n === count - 1 ? LAST : pace) / (n === 0 || n === count - 1 ? 1 : speed),
    ),
  );
}

/**
 * The figures of these steps, in portions: the page stays responsive in between.
 * @param {(state: State) => Model} modelOf @param {Model} model @param {number[]} steps
 * @param {{ title?: string, caption?: string }} words
 * @param {{ signal?: AbortSignal, progress?: (done: number, total: number) => void }} [how]
 * @returns {Promise<Figure[]>} refuses with the signal's reason
 */
export async function framesOf(modelOf, model, steps, words, { signal, progress } = {}) {
  const { plan } = /** @type {import('../state/steps.js').Progress} */ (model.progress);
  /** @type {Figure[]} */
  const figures = [];
  let since = performance.now();
  for (const [n, step] of steps.entries()) {
    const isLast = n === steps.length - 1;
    const selected = isLast ? null : probeAt(plan, step);
    const state = { ...model.state, step: isLast ? null : step, selected, hovered: null };
    figures.push(figure(modelOf(state), words));
    progress?.(n + 1, steps.length);
    if (performance.now() - since > 12) {
      await rest();
      since = performance.now();
    }
    signal?.throwIfAborted();
  }
  evenOut(figures);
  return figures;
}

/** Colours mean the same in each frame, also where sums are still growing. @param {Figure[]} figures */
function evenOut(figures) {
  /** @type {Map<string, number>} */
  const largest = new Map();
  const maps = figures.flatMap((f) =>
    f.rows.flatMap((row) => row.units.flat()).flatMap((i) => (i.type === 'map' ? [i] : [])),
  );
  for (const map of maps) largest.set(map.name, Math.max(largest.get(map.name) ?? 0, map.largest));
  const negative = new Set(maps.filter((map) => map.negative).map((map) => map.name));
  for (const map of maps) {
    map.largest = largest.get(map.name) ?? map.largest;
    map.negative = negative.has(map.name);
  }
}

/** Lets the page draw and hear. */
export const rest = () => new Promise((resolve) => setTimeout(resolve, 0));
