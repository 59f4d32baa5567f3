// What would make the page stand still: asked of the engine in the background, once for the same thing, with how far it
// is, until it is there, nobody wants it any more, or somebody stops it.

/**
 * @typedef {import('./engine/index.js').Background} Background
 * @typedef {import('./engine/index.js').Watching} Watching
 * @typedef {{ share: number, stopped: boolean, failed: string|null }} Wait `stopped` by the reader; `failed`: why there will
 *   be no answer
 */

/**
 * @template T
 * @typedef {{ parts: unknown[], ask: (background: Background, watching: Watching) => Promise<T>, value: T|null, wait: Wait|null,
 *   controller: AbortController, timer: number }} Task `wait` is null once the value is there
 */

/** Milliseconds without another wish before the work begins: while one types, each key is another wish. */
const PAUSE = 120;

/**
 * Loads once, and anew where that failed.
 * @template T @param {() => Promise<T>} load @returns {() => Promise<T>}
 */
export function loadedOnce(load) {
  /** @type {Promise<T>|null} */
  let loading = null;
  return () => {
    loading ??= load().catch((error) => {
      loading = null; // so that another try is possible
      throw error;
    });
    return loading;
  };
}

/**
 * @param {() => Promise<Background>} load
 * @param {() => void} changed called when there is more to show
 */
export function createWaiting(load, changed) {
  /** @type {Map<string, Task<any>>} */
  const tasks = new Map();

  /** @param {Task<any>} task */
  const end = (task) => {
    clearTimeout(task.timer);
    task.controller.abort();
  };

  /** @param {Task<any>} task */
  const go = async (task) => {
    const { controller, ask } = task;
    const { signal } = controller;
    /** @param {Partial<Task<any>>} change */
    const tell = (change) => {
      if (signal.aborted) return;
      Object.assign(task, change);
      changed();
    };
    try {
      const background = await load();
      if (signal.aborted) return;
      const onProgress = (/** @type {number} */ share) =>
        tell({ wait: { share, stopped: false, failed: null } });
      const value = await ask(background, { signal, onProgress });
      tell({ value, wait: null });
    } catch (error) {
      const failed = error instanceof Error ? error.message : String(error);
      tell({ wait: { share: 0, stopped: false, failed } });
    }
  };

  /** @param {Task<any>} task */
  const begin = (task) => {
    task.controller = new AbortController();
    task.wait = { share: 0, stopped: false, failed: null };
    task.timer = window.setTimeout(go, PAUSE, task);
  };

  return {
    /**
     * The answer to the same question as before, or a new one on its way. `ask` may refuse by what it gives, not by throwing.
     * @template T
     * @param {string} name of what is waited for: a new question takes the place of the one before
     * @param {unknown[]} parts what the answer depends on
     * @param {Task<T>['ask']} ask
     * @returns {{ value: T|null, wait: Wait|null }}
     */
    take(name, parts, ask) {
      const kept = tasks.get(name);
      if (kept?.parts.every((part, i) => part === parts[i])) return kept;
      if (kept) end(kept);
      /** @type {Task<T>} */
      const task = {
        ...{ parts, ask, value: null, wait: null },
        ...{ controller: new AbortController(), timer: 0 },
      };
      tasks.set(name, task);
      begin(task);
      return task;
    },
    /** Nobody wants it any more. @param {string} name */
    drop(name) {
      const task = tasks.get(name);
      if (task) end(task);
      tasks.delete(name);
    },
    /** Nobody wants anything any more. */
    end() {
      for (const task of tasks.values()) end(task);
      tasks.clear();
    },
    /** As a reader says. @param {string} name */
    stop(name) {
      const task = tasks.get(name);
      if (!task?.wait) return;
      end(task);
      task.wait = { share: 0, stopped: true, failed: null };
      changed();
    },
    /** After it was stopped, or failed. @param {string} name */
    again(name) {
      const task = tasks.get(name);
      if (!task?.wait) return;
      begin(task);
      changed();
    },
  };
}

/** @typedef {ReturnType<typeof createWaiting>} Waiting */
