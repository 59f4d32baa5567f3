// A state, the actions on it, and undo: what the page of one layer and that of a stack have in common.

/**
 * Holds the state; tells the listener of each change. Actions are pure: (state, …) → new state.
 * @template State
 * @template {Record<string, (state: State, ...args: any[]) => State>} Actions
 * @param {State} initial
 * @param {object} rules
 * @param {Actions} rules.actions
 * @param {Readonly<Record<string, number>>} rules.typed changes that come key by key, and how many of their first arguments
 *   say where: those of one place are one step of undo
 * @param {ReadonlySet<string>} rules.transient changes that are not worth an undo step of their own
 * @param {ReadonlySet<string>} [rules.passing] of these, those that do not end a typing
 * @param {(state: State) => State} [rules.settle] a state as it is kept once another is travelled to
 * @param {(now: State, target: State) => State} [rules.carry] the state that is travelled to, with what no step of undo is of
 */
export function createHistory(
  initial,
  { actions, typed, transient, passing, settle = (s) => s, carry = (_, target) => target },
) {
  let state = initial;
  /** @type {State[]} */
  let past = [];
  /** @type {State[]} */
  let future = [];
  /** the cell or field that the last change typed into: further keys there join the same step of undo */
  let typing = '';
  /** @type {(state: State) => void} */
  let listener = () => {};

  /** @typedef {{ [K in keyof Actions]: Actions[K] extends (s: State, ...args: infer A) => State ? (...args: A) => void : never }} Dispatch */
  const dispatch = /** @type {Dispatch} */ (
    Object.fromEntries(
      Object.entries(actions).map(([name, action]) => [
        name,
        /** @param {any[]} args */
        (...args) => {
          const next = action(state, ...args);
          if (next === state) return;
          const place = Object.hasOwn(typed, name)
            ? [name, ...args.slice(0, typed[name])].join()
            : '';
          if (!transient.has(name) && (!place || place !== typing))
            past = [...past.slice(-199), state];
          if (!transient.has(name)) future = [];
          if (!passing?.has(name)) typing = place;
          state = next;
          listener(state);
        },
      ]),
    )
  );

  /** @param {State[]} from @param {State[]} to */
  const travel = (from, to) => {
    const target = from.pop();
    if (!target) return;
    typing = '';
    to.push(settle(state));
    state = carry(state, target);
    listener(state);
  };

  return {
    get state() {
      return state;
    },
    dispatch,
    undo: () => travel(past, future),
    redo: () => travel(future, past),
    canUndo: () => past.length > 0,
    canRedo: () => future.length > 0,
    /** @param {(state: State) => void} fn */
    subscribe: (fn) => {
      listener = fn;
    },
  };
}
