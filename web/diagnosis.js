// Looks for the cause of a difference so that the page never stands still: the engine is asked for some of its hypotheses
// at a time until all are tried or somebody stops it. Each portion computes the request anew: where that alone takes
// long, all are tried in the background.

import { multiplyAddsOf } from './state/work.js';

/**
 * @typedef {{ list: any[], nearest: any|null, summary: string, tried: number, total: number|null, running: boolean }} Findings
 *   where the total is not known yet, `tried` is a share of it
 * @typedef {import('./model.js').Compared} Compared
 */

/** Multiplications of one portion: some thirty milliseconds. */
const PORTION = 3e6;

/** Multiply-adds of a request that may be computed for each portion, in some ten milliseconds. */
const PORTIONED = 1e6;

/** Causes that are shown. */
const MOST = 5;

/**
 * @param {() => any} whole gives the engine that can diagnose
 * @param {() => Promise<import('./engine/index.js').Background>} background does it where it takes long
 * @param {() => void} changed called when there is more to show
 */
export function createDiagnosis(whole, background, changed) {
  /** @type {Compared|null} */
  let about = null;
  /** @type {Findings|null} */
  let findings = null;
  let timer = 0;
  let controller = new AbortController();

  const stop = () => {
    clearTimeout(timer);
    controller.abort();
    if (findings?.running) findings = { ...findings, running: false };
  };

  /** @param {Compared} compared */
  const expectedOf = ({ verdict }) =>
    verdict?.comparisons.find((c) => c.verdict !== 'match')?.expected;

  /** @param {Compared} compared */
  const isLong = ({ request }) => {
    try {
      return multiplyAddsOf(whole().inferShape(request)) > PORTIONED;
    } catch {
      return false; // it is refused, and only its shapes will be tried
    }
  };

  /** @param {Compared} compared */
  const goElsewhere = async (compared) => {
    controller = new AbortController();
    const { signal } = controller;
    const nothing = { list: [], nearest: null, summary: '', total: null };
    const onProgress = (/** @type {number} */ tried) => {
      if (signal.aborted) return;
      findings = { ...nothing, tried, running: true };
      changed();
    };
    try {
      const engine = await background();
      if (signal.aborted) return;
      const options = { ...compared.tolerance, signal, onProgress };
      take(await engine.diagnose(compared.request, expectedOf(compared), options), []);
    } catch (error) {
      if (signal.aborted) return;
      findings = { ...nothing, tried: 0, running: false };
      changed();
      throw error;
    }
  };

  /** @param {number} first @param {any[]} list */
  const go = (first, list) => {
    const compared = /** @type {Compared} */ (about);
    const options = { ...compared.tolerance, first, budget: PORTION };
    take(whole().diagnose(compared.request, expectedOf(compared), options), list);
  };

  /** @param {any} found @param {any[]} list of what was found before */
  const take = (found, list) => {
    const { next, total, singles, nearest, summary } = found;
    const all = [...list, ...found.causes].sort((a, b) => Number(a.near) - Number(b.near));
    // Pairs are no news where one cause alone explains everything.
    const running = next !== null && !(all.length > 0 && next >= singles);
    findings = {
      list: all.slice(0, MOST),
      nearest: all.length ? null : nearest,
      summary,
      tried: next ?? total,
      total,
      running,
    };
    if (running) timer = window.setTimeout(go, 0, next, all);
    changed();
  };

  return {
    get findings() {
      return findings;
    },
    /** Begins anew where there is another difference. @param {Compared|null} compared @param {boolean} settled */
    follow(compared, settled) {
      if (compared === about) return;
      stop();
      findings = null;
      about = null;
      if (!settled || !compared?.verdict || compared.verdict.kind === 'match') return;
      about = compared;
      findings = { list: [], nearest: null, summary: '', tried: 0, total: 1, running: true };
      timer = isLong(about)
        ? window.setTimeout(goElsewhere, 0, about)
        : window.setTimeout(go, 0, 0, []);
    },
    cancel() {
      stop();
      changed();
    },
  };
}
