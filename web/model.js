// From state to what the views show: asks the engine, keeps the last good result while something is
// wrong, and turns the engine's index lists into marks. The only file of the page that calls the engine.

import { comparedOf } from './compared.js';
import { ConvError } from './engine/index.js';
import { currentLanguage } from './i18n/index.js';
import { refusalText } from './i18n/refusal.js';
import { litCells } from './marks.js';
import {
  draftMessages,
  excessOf,
  nullIfRefused,
  refused,
  settingMessage,
  tooLarge,
  unlessRefused,
} from './problems.js';
import { agreementOf, gradientsOf, overlapOf, requestsOfGradients } from './reasons.js';
import { methodsOf } from './state/schema.js';
import { readSettings, requestOf } from './state/settings.js';
import { planOf, progressAt } from './state/steps.js';
import { multiplyAddsOf, PATIENCE } from './state/work.js';

/**
 * @typedef {import('./state/store.js').State} State
 * @typedef {import('./state/store.js').Probe} Probe
 * @typedef {import('./state/schema.js').FieldKey} FieldKey
 * @typedef {{ shape: number[], data: Float64Array, source?: Int32Array }} TraceMap
 * @typedef {{ field: FieldKey|'paddingKind'|'paddingMode'|null, axis: number|null, message: string, torch?: string|null }} FieldError
 * @typedef {{ name: string, axis: number, input: number, kernel: number, stride: number, dilation: number,
 *   paddingBegin: number, paddingEnd: number, outputPadding: number, output: number, effectiveKernel: number,
 *   padded: number, span: number, remainder: number, zeroInserted: number, borderBegin: number,
 *   borderEnd: number, uncropped: number }} AxisTerms
 * @typedef {{ output: Int32Array, input: Int32Array, weight: Int32Array, product: Float64Array, padded: Int32Array|null }} Terms
 * @typedef {{ request: any, method: string, geometry: { outputShape: number[], batched: boolean, axes: AxisTerms[], transposed: boolean,
 *   parameters: { weight: number, bias: number, total: number } }, maps: Record<string, TraceMap>,
 *   input: { shape: number[], data: Float64Array }, weight: { shape: number[], data: Float64Array },
 *   bias: { shape: number[], data: Float64Array }|null, methodRefusal: ConvError|null,
 *   phases?: { offset: number[], kernel: TraceMap, output: TraceMap }[] }} Result
 * @typedef {{ output: TraceMap, input: TraceMap, weight: TraceMap, bias: TraceMap|null, left: number, right: number }} Gradients
 *   `left` and `right` are the two sides of the adjoint identity
 * @typedef {{ state: State, errors: FieldError[], draftErrors: Record<'input'|'weight'|'bias', string|null>,
 *   stale: boolean, result: Result|null, probe: Probe|null, terms: Terms|null,
 *   lit: Record<string, Set<number>>, progress: import('./state/steps.js').Progress|null, gradients: Gradients|null,
 *   methodError: string|null, agreement: { methods: { method: string, difference: number }[], largest: number }|null,
 *   overlap: { layer: any, resize: any, subpixel: any }|null, sizes: any, compared: Compared|null,
 *   waits: Partial<Record<Awaited, import('./waiting.js').Wait|null>>,
 *   wholeOutput: () => { shape: number[], data: Float64Array }|null }} Model
 *   `waits` tells what is still computed in the background, and how far it is;
 *   `wholeOutput` is the output after all steps, also where the stepper has not come to its end
 * @typedef {'result'|'whole'|'gradients'|'beyond'|'slack'} Awaited
 * @typedef {{ request: any, output: { shape: number[], data: Float64Array }, slack: number,
 *   tolerance: { rtol?: number, atol?: number }, verdict: import('./verdict.js').Verdict|null }} Compared what was pasted beside what is computed
 */

/**
 * @typedef {import('./engine/index.js').Background} Background
 * @typedef {import('./engine/index.js').Watching} Watching
 * @typedef {import('./problems.js').Refused} Refused
 * @typedef {<T>(name: Awaited, parts: unknown[], work: number, here: () => T,
 *   there: (background: Background, watching: Watching) => Promise<T>) => T|null} Slow
 */

/** How often the output could be computed while its gradients are. */
const GRADIENT_RUNS = 3;

/**
 * @typedef {{ good: Result|null, cache: Map<string, { parts: unknown[], value: any }> }} Known what another has computed
 * @typedef {((state: State, settled?: boolean) => Model) & { beside: () => ModelOf }} ModelOf what may wait is computed only once
 *   the state has `settled`; `beside` makes one for other states, which begins with what this one has computed and leaves it that
 */

/**
 * @param {any} engine from createEngine()
 * @param {{ known?: Known, whole?: () => any, panels?: (state: State) => readonly string[], waiting?: import('./waiting.js').Waiting }} [options]
 *   `whole` gives the engine that can compare, once it is there; `panels` the reasons that are on show; where there is a
 *   `waiting`, what takes long is computed in the background
 * @returns {ModelOf}
 */
export function createModel(
  engine,
  { whole = () => null, panels = (state) => [state.panel], waiting, known } = {},
) {
  let good = known?.good ?? null;
  /** @type {Known['cache']} */
  const cache = new Map(known?.cache);

  /** The value made when these parts were last seen, else a new one. @template T @param {string} name @param {unknown[]} parts @param {() => T} make @returns {T} */
  const once = (name, parts, make) => {
    const kept = cache.get(name);
    if (kept && parts.every((part, i) => part === kept.parts[i])) return kept.value;
    const value = make();
    cache.set(name, { parts, value });
    return value;
  };

  /** Whether `once` would give a kept value. @param {string} name @param {unknown[]} parts */
  const seen = (name, parts) => parts.every((part, i) => part === cache.get(name)?.parts[i]);

  /** @param {Awaited} name of what nobody wants now */
  const drop = (name) => waiting?.drop(name);

  /** What is not there yet, in the model that is being made. @type {Model['waits']} */
  let waits = {};

  /**
   * As `once`, or in the background where that would take long: null until it is there.
   * @template T @param {Awaited} name @param {unknown[]} parts @param {number} work in multiply-adds
   * @param {() => T} here @param {(background: Background, watching: Watching) => Promise<T>} there
   * @returns {T|null}
   */
  const slow = (name, parts, work, here, there) => {
    if (!waiting || work <= PATIENCE) {
      drop(name);
      return once(name, parts, here);
    }
    const { value, wait } = waiting.take(name, parts, there);
    if (wait) waits[name] = wait;
    else cache.set(name, { parts, value });
    return value;
  };

  /** What the state asks for. @param {State} state @returns {{ request: any, geometry: Result['geometry'] } | Refused} */
  const prepare = (state) => {
    const { values, errors } = readSettings(state);
    if (errors.length)
      return {
        errors: () =>
          errors.map((e) => ({ field: e.field, axis: e.axis, message: settingMessage(state, e) })),
      };
    const request = requestOf(state, values);
    return refusing(state, () => {
      const geometry = engine.inferShape(request);
      const excess = excessOf(state, geometry);
      return excess ? { errors: () => [tooLarge(state, excess)] } : { request, geometry };
    });
  };

  /** Keeps the last good result. @param {State} state @param {unknown[]} arguments_ @param {number|null} step @returns {FieldError[]} */
  const compute = (state, arguments_, step) => {
    const prepared = once('request', arguments_, () => prepare(state));
    if ('errors' in prepared) {
      drop('result');
      return once('errors', [prepared, currentLanguage()], prepared.errors);
    }
    const { request, geometry } = prepared;
    const ways = waysOf(state);
    const found = slow(
      'result',
      [prepared, state.method, step],
      multiplyAddsOf(geometry),
      () => refusing(state, () => traced(ways, request, engine)),
      (background, watching) => tracedThere(state, ways, request, background, watching),
    );
    if (!found) return [];
    if ('errors' in found) return once('errors', [found, currentLanguage()], found.errors);
    good = found;
    return [];
  };

  /** @param {State} state @returns {Model} */
  const modelOf = (state, settled = false) => {
    waits = {};
    const arguments_ = [
      state.op,
      state.text,
      state.paddingKind,
      state.paddingMode,
      state.hasBias,
      state.flip,
      state.input,
      state.weight,
      state.bias,
    ];
    const step = state.method === 'scatter' ? state.step : null;
    const errors = compute(state, arguments_, step);
    const draftErrors = draftMessages(state);
    const stale =
      errors.length > 0 || Boolean(waits.result) || Object.values(draftErrors).some(Boolean);
    const probe = stale ? null : (state.hovered ?? state.selected);
    const terms =
      good && probe && probe.index < probeSize(good, probe)
        ? once('terms', [good, probe.map, probe.index], () =>
            termsOf(engine, /** @type {Result} */ (good), probe),
          )
        : null;
    const progress = good && !stale ? progressAt(planFor(good), state.step) : null;
    /**
     * What a panel shows; null where the engine refuses it (a limit), which never costs the page its maps.
     * @template T @param {string} name @param {boolean} wanted @param {(result: Result) => T} make @param {unknown[]} [more]
     */
    const reason = (name, wanted, make, more = []) => {
      const result = good;
      if (!result || stale || !wanted) return null;
      return once(name, [...arguments_, ...more], () => unlessRefused(() => make(result)));
    };
    /**
     * As `reason`, in the background where that would take long.
     * @template T @param {Awaited} name @param {boolean} wanted @param {number} runs how often the output could be computed meanwhile
     * @param {(result: Result) => T} here @param {(background: Background, watching: Watching, result: Result) => Promise<T>} there
     * @param {unknown[]} [more]
     */
    const slowReason = (name, wanted, runs, here, there, more = []) => {
      const result = good;
      if (!result || stale || !wanted) {
        drop(name);
        return null;
      }
      return slow(
        name,
        [...arguments_, ...more],
        runs * multiplyAddsOf(result.geometry),
        () => unlessRefused(() => here(result)),
        (background, watching) => there(background, watching, result).catch(nullIfRefused),
      );
    };
    // The stepper's scatter shows sums that are still running: those are not the output.
    const wholeOutput = () =>
      step === null
        ? (!stale && good?.maps.output) || null
        : slowReason(
            'whole',
            true,
            1,
            (r) => engine.run(r.request),
            (background, watching, r) => background.run(r.request, watching),
          );
    const open = panels(state);
    return {
      state,
      compared: comparedOf(whole(), state, good?.request, wholeOutput, { once, slow, drop }),
      progress,
      gradients: slowReason(
        'gradients',
        open.includes('gradient'),
        GRADIENT_RUNS,
        (r) => {
          const { request, linear, output } = requestsOfGradients(r, state);
          return gradientsOf(r, output, engine.gradients(request, output), engine.run(linear));
        },
        async (background, { signal, onProgress }, r) => {
          const { request, linear, output } = requestsOfGradients(r, state);
          const [found, run] = await Promise.all([
            background.gradients(request, output, { signal, onProgress }),
            background.run(linear, { signal }),
          ]);
          return gradientsOf(r, output, found, run);
        },
        [state.gradient],
      ),
      waits,
      methodError: stale || !good?.methodRefusal ? null : refusalText(good.methodRefusal),
      agreement:
        settled || seen('agreement', arguments_)
          ? reason('agreement', true, (r) => agreementOf(engine, r))
          : null,
      overlap: reason('overlap', open.includes('overlap'), (r) => overlapOf(engine, r)),
      wholeOutput,
      sizes: reason('sizes', open.includes('size'), (r) => engine.sizes(r.request)),
      errors,
      draftErrors,
      stale,
      result: good,
      probe: terms ? probe : null,
      terms,
      lit: terms && good && probe ? litCells(good, probe, terms) : {},
    };
  };
  return Object.assign(modelOf, {
    beside: () => createModel(engine, { known: { good, cache } }),
  });
}

/**
 * The options of the chosen method, and those of the first one, which is shown where the engine refuses the other (a matrix
 * may be too large to show).
 * @param {State} state
 */
function waysOf(state) {
  const options = { contributions: false };
  const walked = state.method === 'scatter' && state.step !== null ? { steps: state.step } : {};
  return [
    { ...options, ...walked, method: state.method },
    { ...options, method: methodsOf(state.op)[0] },
  ];
}

/** Whether another method may be shown in its place. @param {unknown} error @returns {ConvError} */
function aboutMethod(error) {
  if (error instanceof ConvError && error.field === 'method') return error;
  throw error;
}

/** @param {any} trace @param {any} request @param {ConvError|null} methodRefusal @returns {Result} */
const shown = ({ method, geometry, maps, phases }, request, methodRefusal) => ({
  ...{ request, method, geometry, maps, phases, methodRefusal },
  ...{ input: request.input, weight: request.weight, bias: request.bias },
});

/** @param {ReturnType<typeof waysOf>} ways @param {any} request @param {any} engine */
function traced([chosen, first], request, engine) {
  try {
    return shown(engine.trace(request, chosen), request, null);
  } catch (error) {
    const refusal = aboutMethod(error);
    return shown(engine.trace(request, first), request, refusal);
  }
}

/** The same in the background; what is refused is what it gives. @param {State} state @param {ReturnType<typeof waysOf>} ways @param {any} request @param {Background} background @param {Watching} watching @returns {Promise<Result | Refused>} */
async function tracedThere(state, [chosen, first], request, background, watching) {
  const trace = (/** @type {any} */ way) => background.trace(request, { ...way, ...watching });
  try {
    return shown(await trace(chosen), request, null);
  } catch (error) {
    if (!(error instanceof ConvError)) throw error;
    if (error.field !== 'method') return refused(error, state);
    return shown(await trace(first), request, error);
  }
}

/**
 * Where the engine refuses, what is wrong with which field; worded when it is shown.
 * @template T @param {State} state @param {() => T} make @returns {T | Refused}
 */
function refusing(state, make) {
  try {
    return make();
  } catch (error) {
    if (error instanceof ConvError) return refused(error, state);
    throw error;
  }
}

/** @param {Result} result */
const planFor = (result) =>
  planOf(
    /** @type {any} */ (result.method),
    result.geometry.transposed,
    result.maps.output.data.length,
    result.input.data.length,
  );

/** @param {Result} result @param {Probe} probe */
const probeSize = (result, probe) =>
  probe.map === 'output' ? result.maps.output.data.length : result[probe.map].data.length;

/** @param {any} engine @param {Result} result @param {Probe} probe @returns {Terms} */
const termsOf = (engine, result, probe) =>
  engine.contributions(result.request, { method: result.method, [probe.map]: probe.index });
