// What was pasted beside the output that it is compared with: computed where there is something to compare, in the
// background where that takes long. Asks the engine.

import { nullIfRefused, unlessRefused } from './problems.js';
import { readNumber } from './state/tensors.js';
import { multiplyAddsOf } from './state/work.js';
import { slackBetween, verdictOf, widened } from './verdict.js';

/**
 * @typedef {import('./state/store.js').State} State
 * @typedef {import('./model.js').Compared} Compared
 * @typedef {import('./model.js').Awaited} Awaited
 * @typedef {import('./model.js').Slow} Slow
 */

/**
 * What was pasted beside what the page shows, or beside what it cannot show.
 * @param {any} engine @param {State} state @param {any} request what the page shows
 * @param {() => { shape: number[], data: Float64Array }|null} outputOf its output
 * @param {{ once: <T>(name: string, parts: unknown[], make: () => T) => T, slow: Slow, drop: (name: Awaited) => void }} kept
 * @returns {Compared|null}
 */
export function comparedOf(engine, state, request, outputOf, { once, slow, drop }) {
  const { paste, input, weight, bias } = state;
  const { beyond } = paste;
  const isThere = engine && !paste.problem && paste.parts.some((p) => p.role === 'output');
  if (!isThere || !beyond) drop('beyond');
  if (!isThere) {
    drop('slack');
    return null;
  }
  const asked = beyond?.request ?? request;
  const work = once('work', [asked], () => workOf(engine, asked));
  const output = beyond
    ? slow(
        'beyond',
        [beyond],
        work,
        () => unlessRefused(() => engine.run(asked)),
        (background, watching) => background.run(asked, watching).catch(nullIfRefused),
      )
    : outputOf();
  if (!output) return null;
  const [rtol, atol] = [paste.rtol, paste.atol].map((text) => readTolerance(text));
  const rounding = beyond?.rounding ?? {
    input: input.rounding ?? 0,
    weight: weight.rounding ?? 0,
    bias: bias.rounding ?? 0,
  };
  const wider = once('wider', [asked, ...Object.values(rounding)], () => widened(asked, rounding));
  if (!wider) drop('slack');
  const slack = !wider
    ? 0
    : slow(
        'slack',
        [output, ...Object.values(rounding)],
        2 * work,
        () => slackBetween(engine.run(wider[0]), engine.run(wider[1])),
        async (background, { signal, onProgress }) =>
          slackBetween(
            await background.run(wider[0], {
              signal,
              onProgress: (share) => onProgress?.(share / 2),
            }),
            await background.run(wider[1], {
              signal,
              onProgress: (share) => onProgress?.((1 + share) / 2),
            }),
          ),
      );
  if (slack === null) return null;
  return once('compared', [output, paste.items, paste.parts, rtol, atol, slack], () => {
    const tolerance = {
      ...(rtol === null ? {} : { rtol }),
      ...(atol === null && !slack ? {} : { atol: (atol ?? 0) + slack }),
    };
    const verdict = unlessRefused(() => verdictOf(engine, asked, output, paste, tolerance));
    return { request: asked, output, slack, tolerance, verdict };
  });
}

/** A tolerance as typed; null where nothing usable is. @param {string} text */
function readTolerance(text) {
  const value = readNumber(text);
  return text.trim() === '' || value === null || !(value >= 0) ? null : value;
}

/** @param {any} engine @param {any} request */
const workOf = (engine, request) =>
  unlessRefused(() => multiplyAddsOf(engine.inferShape(request))) ?? 0;
