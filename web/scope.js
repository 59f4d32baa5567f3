// One running scope, as the page and each <conv-scope> have it: state → model → what draws it, and back only
// through the store's actions. Knows no address, no theme and no element: those are its callers'.

import { createCopier } from './copier.js';
import { createModel } from './model.js';
import { createPlayer } from './player.js';
import { createStore } from './state/store.js';

/**
 * @typedef {import('./state/store.js').State} State
 * @typedef {import('./model.js').Model} Model
 * @typedef {{ dispatch: import('./state/store.js').Dispatch, notes: Record<string, string|null>,
 *   note: (key: string, text: string|null) => void, copy: (what: string, text: string) => Promise<void>,
 *   copied: string|null, stop: (name: string) => void, again: (name: string) => void, undo: () => void, redo: () => void, canUndo: boolean, canRedo: boolean }} ScopeContext
 *   `notes` are messages on pasted text, by tensor; `copied` is what has just been copied; `stop` ends what is computed in
 *   the background, `again` begins it anew
 * @typedef {ReturnType<typeof createScope>} Scope
 */

/** Milliseconds without a change after which what may wait is computed. */
const SETTLE = 150;

/**
 * @param {{ engine: any, whole?: () => any, waitingFor?: (changed: () => void) => import('./waiting.js').Waiting, state: State|((modelOf: (state: State) => Model) => State), panels?: (state: State) => readonly string[],
 *   draw: (model: Model, context: ScopeContext, settled: boolean) => void,
 *   waits?: (model: Model, settled: boolean) => boolean, changed?: () => void }} options
 *   `state` to begin with, or what finds it by trying; `engine` has the core and `whole` gives what has more, once it is there; `waitingFor` makes
 *   what has it computed in the background that takes long; `panels` are the reasons on show;
 *   `waits` follows each model and says whether something is to come once the state has settled; `changed` is
 *   told of each change of the state before it is drawn
 */
export function createScope({ engine, whole, waitingFor, state, panels, draw, waits, changed }) {
  const waiting = waitingFor?.(() => show(true));
  const compute = createModel(engine, { whole, panels, waiting });
  const store = createStore(typeof state === 'function' ? state(compute) : state);
  const player = createPlayer(store);
  /** @type {Record<string, string|null>} */
  let notes = {};
  let settling = 0;

  const show = (settled = false) => {
    const model = compute(store.state, settled);
    player.follow(model);
    clearTimeout(settling);
    const more = waits?.(model, settled) ?? false;
    if (!settled && !model.stale && more && !store.state.playing)
      settling = window.setTimeout(show, SETTLE, true);
    draw(model, context(), settled);
  };
  const copier = createCopier(show);

  /** @returns {ScopeContext} */
  const context = () => ({
    dispatch: store.dispatch,
    notes,
    note: (key, text) => {
      if (notes[key] === text) return;
      notes[key] = text;
      show();
    },
    copy: copier.copy,
    copied: copier.copied,
    stop: (name) => waiting?.stop(name),
    again: (name) => waiting?.again(name),
    undo: store.undo,
    redo: store.redo,
    canUndo: store.canUndo(),
    canRedo: store.canRedo(),
  });

  let before = store.state;
  store.subscribe((now) => {
    // A message on something pasted is answered by the next change of what one typed.
    for (const key of /** @type {const} */ (['text', 'input', 'weight', 'bias', 'op'])) {
      if (now[key] !== before[key]) notes = {};
    }
    before = now;
    changed?.();
    show();
  });

  return {
    store,
    show,
    /** The model of another state: what it would show. @param {State} other */
    modelOf: (other) => compute(other),
    beside: compute.beside,
    /** @param {KeyboardEvent} e */
    undoByKey: (e) => travelByKey(e, store),
    /** Draws anew after the language was changed. */
    reword() {
      notes = {}; // they were worded when they came
      show();
    },
    /** Nothing more happens of itself: no step, no drawing, nothing in the background. */
    stop() {
      if (store.state.playing) store.dispatch.setPlaying(false);
      clearTimeout(settling);
      waiting?.end();
      copier.stop();
    },
  };
}

/**
 * Undo and redo by keyboard; not while a text is typed, which has its own.
 * @param {KeyboardEvent} e @param {{ undo: () => void, redo: () => void }} store
 */
export function travelByKey(e, store) {
  const { target } = e;
  const isTyped =
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && !['checkbox', 'range'].includes(target.type));
  if (!(e.ctrlKey || e.metaKey) || isTyped) return;
  const key = e.key.toLowerCase();
  if (key === 'z') (e.shiftKey ? store.redo : store.undo)();
  else if (key === 'y') store.redo();
  else return;
  e.preventDefault();
}
