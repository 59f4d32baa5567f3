// Times several engines turn by turn in one process, so that whatever else the machine does hits all alike.

/** @typedef {{ run: () => unknown, dispose: () => unknown } | null} Prepared */

/** @param {number[]} times @returns {number} */
export const median = (times) => [...times].sort((a, b) => a - b)[times.length >> 1];

/** Milliseconds of the fastest engine's turn, at least: browsers round their clock to a tenth of one. */
const TURN = 5;

/** Optimised code replaces the first by and by: nothing counts before. */
const WARM_UP = 10;

/** @param {NonNullable<Prepared>} engine @param {number} calls @returns {Promise<number>} milliseconds of one */
async function time(engine, calls) {
  const from = performance.now();
  for (let call = 0; call < calls; call++) {
    const result = engine.run();
    if (result instanceof Promise) await result;
  }
  return (performance.now() - from) / calls;
}

/** How many calls of an engine make a turn. @param {NonNullable<Prepared>} engine */
async function callsOf(engine) {
  for (let calls = 1; ; calls *= 2) {
    const each = await time(engine, calls);
    if (each * calls >= TURN) return Math.ceil(TURN / each);
  }
}

/**
 * @param {Prepared[]} engines null where one cannot compute the layer
 * @param {number} milliseconds to spend
 * @returns {Promise<number[]>} the median time of a call, NaN for null
 */
export async function measure(engines, milliseconds) {
  const times = engines.map(() => /** @type {number[]} */ ([]));
  let calls = 1;
  for (const engine of engines) {
    if (!engine) continue;
    await time(engine, WARM_UP);
    calls = Math.max(calls, await callsOf(engine));
  }
  const until = performance.now() + milliseconds;
  for (let turn = 0; turn < 7 || performance.now() < until; turn++) {
    for (const [at, engine] of engines.entries())
      if (engine) times[at].push(await time(engine, calls));
  }
  return times.map((list) => (list.length === 0 ? Number.NaN : median(list)));
}
