// What the parts of a stack's model have in common: answers that are kept, and refusals.

/**
 * The last answer of a function, for the same arguments.
 * @template {unknown[]} A @template R
 * @param {(...args: A) => R} compute @returns {(...args: A) => R}
 */
export function kept(compute) {
  /** @type {{ args: A, result: R }|null} */
  let last = null;
  return (...args) => {
    const known = last?.args;
    if (!last || args.some((arg, i) => arg !== known?.[i]))
      last = { args, result: compute(...args) };
    return last.result;
  };
}

/** What the engine says to a request that it refuses; other errors are ours. @param {unknown} error */
export function refusalOf(error) {
  if (!(error instanceof Error) || !('code' in error)) throw error;
  return /** @type {any} */ (error);
}
