// Times several engines turn by turn in one process, so that whatever else the machine does hits all alike.

/** @typedef {{ run: () => unknown, dispose: () => unknown } | null} Prepared */

/** @param {number[]} times @returns {number} */
export const median = (times) => [...times].sort((a, b) => a - b)[times.length >> 1];

/**
 * @param {Prepared[]} engines null where one cannot compute the layer
 * @param {number} milliseconds to spend
 * @param {number} calls per turn: more than one where a call is shorter than the clock can tell
 * @returns {Promise<number[]>} the median time of a call, NaN for null
 */
export async function measure(engines, milliseconds, calls) {
  const times = engines.map(() => /** @type {number[]} */ ([]));
  // Optimised code replaces the first by and by: nothing counts before.
  for (const engine of engines) {
    for (let call = 0; engine && call < 10; call++) await engine.run();
  }
  const until = performance.now() + milliseconds;
  for (let turn = 0; turn < 7 || performance.now() < until; turn++) {
    for (const [at, engine] of engines.entries()) {
      if (!engine) continue;
      const from = performance.now();
      for (let call = 0; call < calls; call++) {
        const result = engine.run();
        if (result instanceof Promise) await result;
      }
      times[at].push((performance.now() - from) / calls);
    }
  }
  return times.map((list) => (list.length === 0 ? Number.NaN : median(list)));
}
