// What the stepper walks through: first the maps that are laid out at once, then one cell after the
// other. Counts and order only; every number on the way comes from the engine.

/**
 * @typedef {{ stages: string[], cells: number, walks: 'output'|'input', crop: boolean }} Plan
 *   `stages` are names of maps; `walks` says whose cells follow; `crop` is one last step
 * @typedef {{ plan: Plan, at: number, total: number, done: number, shown: Set<string>|null }} Progress
 *   `done` cells have been walked; `shown` are the maps laid out so far, null once all is shown
 */

/**
 * @param {import('./schema.js').Method} method @param {boolean} transposed
 * @param {number} outputs cells of the output @param {number} inputs cells of the input @returns {Plan}
 */
export function planOf(method, transposed, outputs, inputs) {
  if (method === 'zero-insertion')
    return {
      stages: ['zeroInserted', 'paddedInput', 'flippedWeight'],
      cells: outputs,
      walks: 'output',
      crop: false,
    };
  if (method === 'scatter') return { stages: [], cells: inputs, walks: 'input', crop: transposed };
  return {
    stages: transposed ? [] : ['paddedInput'],
    cells: outputs,
    walks: 'output',
    crop: false,
  };
}

/** @param {Plan} plan @param {number|null} step null: all is shown @returns {Progress} */
export function progressAt(plan, step) {
  const total = plan.stages.length + plan.cells + Number(plan.crop);
  const at = step === null ? total : Math.max(0, Math.min(total, step));
  const done = Math.max(0, Math.min(plan.cells, at - plan.stages.length));
  return { plan, at, total, done, shown: at === total ? null : new Set(plan.stages.slice(0, at)) };
}

/** The cell that a step has just reached. @param {Plan} plan @param {number} at @returns {import('./store.js').Probe|null} */
export function probeAt(plan, at) {
  const cell = at - plan.stages.length - 1;
  return cell >= 0 && cell < plan.cells ? { map: plan.walks, index: cell } : null;
}
