// Parts of the page that are fetched when somebody first asks for them: they are no part of what loads first.

const LOADERS = {
  export: () => import('./state/export/index.js'),
  translate: () => import('./state/translate/index.js'),
};

/**
 * @template T
 * @typedef {{ module: T|null, failed: boolean }} Tool `failed`: it could not be fetched; `load` tries again
 */
/** @typedef {{ [K in keyof typeof LOADERS]: Tool<Awaited<ReturnType<typeof LOADERS[K]>>> }} Tools */

/** @param {() => void} changed called when a tool has come, or will not come */
export function createTools(changed) {
  let tools = /** @type {Tools} */ ({
    export: { module: null, failed: false },
    translate: { module: null, failed: false },
  });
  /** @type {Set<string>} */
  const coming = new Set();
  return {
    /** A new object after each change. */
    all: () => tools,
    /** Does nothing for a tool that is there or on its way. @param {keyof Tools} name */
    load: async (name) => {
      if (coming.has(name)) return;
      coming.add(name);
      try {
        tools = { ...tools, [name]: { module: await LOADERS[name](), failed: false } };
      } catch {
        coming.delete(name);
        tools = { ...tools, [name]: { module: null, failed: true } };
      }
      changed();
    },
  };
}
