// Looks for the cause of a difference in small portions, so that the page never stands still: the engine
// is asked for some of its hypotheses at a time until all are tried or somebody stops it.

/**
 * @typedef {{ list: any[], nearest: any|null, summary: string, tried: number, total: number, running: boolean }} Findings
 * @typedef {import('./model.js').Compared} Compared
 */

/** Multiplications of one portion: some thirty milliseconds. */
const PORTION = 3e6;

/** Causes that are shown. */
const MOST = 5;

/**
 * @param {() => any} whole gives the engine that can diagnose
 * @param {() => void} changed called when there is more to show
 */
export function createDiagnosis(whole, changed) {
  /** @type {Compared|null} */
  let about = null;
  /** @type {Findings|null} */
  let findings = null;
  let timer = 0;

  const stop = () => {
    clearTimeout(timer);
    if (findings?.running) findings = { ...findings, running: false };
  };

  /** @param {number} first @param {any[]} list */
  const go = (first, list) => {
    const { request, verdict, tolerance } = /** @type {Compared} */ (about);
    const worst = verdict?.comparisons.find((c) => c.verdict !== 'match');
    const found = whole().diagnose(request, worst?.expected, {
      ...tolerance,
      first,
      budget: PORTION,
    });
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
      timer = window.setTimeout(go, 0, 0, []);
    },
    cancel() {
      stop();
      changed();
    },
  };
}
