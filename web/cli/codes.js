// How the program ends.

export const DONE = 0;
/** Not what was expected: another output, or no answer in the ranges. */
export const DIFFERS = 1;
export const USAGE = 2;
export const REFUSED = 3;
export const FAILED = 4;

/**
 * What is printed, the exit code if it is not DONE, and what goes to standard error.
 * @typedef {{ text: string|Uint8Array, code?: number, refusal?: string }} Answer
 */
