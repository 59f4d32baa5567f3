// Looks for the cause of a difference in small portions, so that the page never stands still: the engine
// is asked for some of its hypotheses at a time until all are tried or somebody stops it.

/**
 * @typedef {{ list: any[], tried: number, total: number, running: boolean }} Findings
 * @typedef {import('./model.js').Compared} Compared
 */

/** Multiply-adds of one portion: some twenty milliseconds. */
const PORTION = 4e6;

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
    const { request, verdict, slack } = /** @type {Compared} */ (about);
    const worst = verdict?.comparisons.find((c) => c.verdict !== 'match');
    const { causes, next, total, tried } = whole().diagnose(request, worst?.expected, {
      first,
      budget: PORTION,
      ...(slack ? { slack: slack.reduce((a, b) => Math.max(a, b), 0) } : {}),
    });
    const all = [...list, ...causes].sort((a, b) => a.rank - b.rank);
    const running = next !== null;
    findings = {
      list: all.slice(0, MOST),
      tried: (running ? next : total) ?? tried,
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
      findings = { list: [], tried: 0, total: 1, running: true };
      timer = window.setTimeout(go, 0, 0, []);
    },
    cancel() {
      stop();
      changed();
    },
  };
}
