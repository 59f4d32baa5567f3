// From state to what the views show: asks the engine, keeps the last good result while something is
// wrong, and turns the engine's index lists into marks. The only file of the page that calls the engine.

import { ConvError } from './engine/index.js';
import { currentLanguage, t } from './i18n/index.js';
import { refusalText } from './i18n/refusal.js';
import { litCells } from './marks.js';
import { agreementOf, gradientsOf, overlapOf } from './reasons.js';
import { axisNames, isTransposed, methodsOf, PAGE_LIMITS } from './state/schema.js';
import { fieldAtFault, readSettings, requestOf } from './state/settings.js';
import { planOf, progressAt } from './state/steps.js';
import { readNumber, sizeOf } from './state/tensors.js';
import { slackOf, verdictOf } from './verdict.js';

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
 * @typedef {{ request: any, method: string, geometry: { outputShape: number[], axes: AxisTerms[], transposed: boolean,
 *   parameters: { weight: number, bias: number, total: number } }, maps: Record<string, TraceMap>,
 *   input: { shape: number[], data: Float64Array }, weight: { shape: number[], data: Float64Array },
 *   bias: { shape: number[], data: Float64Array }|null, methodError: string|null,
 *   phases?: { offset: number[], kernel: TraceMap, output: TraceMap }[] }} Result
 * @typedef {{ output: TraceMap, input: TraceMap, weight: TraceMap, bias: TraceMap|null, left: number, right: number }} Gradients
 *   `left` and `right` are the two sides of the adjoint identity
 * @typedef {{ state: State, errors: FieldError[], draftErrors: Record<'input'|'weight'|'bias', string|null>,
 *   stale: boolean, result: Result|null, probe: Probe|null, terms: Terms|null,
 *   lit: Record<string, Set<number>>, progress: import('./state/steps.js').Progress|null, gradients: Gradients|null,
 *   methodError: string|null, agreement: { methods: { method: string, difference: number }[], largest: number }|null,
 *   overlap: { layer: any, resize: any, subpixel: any }|null, sizes: any, compared: Compared|null,
 *   wholeOutput: () => { shape: number[], data: Float64Array }|null }} Model
 *   `wholeOutput` is the output after all steps, also where the stepper has not come to its end
 * @typedef {{ request: any, output: { shape: number[], data: Float64Array }, slack: number,
 *   tolerance: { rtol?: number, atol?: number }, verdict: import('./verdict.js').Verdict|null }} Compared what was pasted beside what is computed
 */

/**
 * @param {any} engine from createEngine()
 * @param {() => any} [whole] gives the engine that can compare, once it is there
 * @param {(state: State) => readonly string[]} [panels] the reasons that are on show
 * @returns {(state: State, settled?: boolean) => Model} what may wait is computed only once the state has `settled`
 */
export function createModel(engine, whole = () => null, panels = (state) => [state.panel]) {
  /** @type {Result|null} */
  let good = null;
  /** @type {Map<string, { parts: unknown[], value: any }>} */
  const cache = new Map();

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

  /** @param {State} state @returns {FieldError[]} */
  const compute = (state) => {
    const { values, errors } = readSettings(state);
    if (errors.length)
      return errors.map((e) => ({
        field: e.field,
        axis: e.axis,
        message: settingMessage(state, e),
      }));
    const request = requestOf(state, values);
    try {
      const geometry = engine.inferShape(request);
      const tooLarge = overPage(state, geometry);
      if (tooLarge) return [tooLarge];
      const { trace, methodError } = traced(engine, request, state);
      good = {
        request,
        method: trace.method,
        methodError,
        geometry: trace.geometry,
        maps: trace.maps,
        phases: trace.phases,
        input: request.input,
        weight: request.weight,
        bias: request.bias,
      };
      return [];
    } catch (error) {
      if (!(error instanceof ConvError)) throw error;
      const at = fieldAtFault(error.field ?? '', error.axis, state);
      return [
        {
          field: at?.field ?? null,
          axis: at?.axis ?? null,
          message: refusalText(error),
          torch: error.torch,
        },
      ];
    }
  };

  return (state, settled = false) => {
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
    const errors = once('result', [...arguments_, state.method, step, currentLanguage()], () =>
      compute(state),
    );
    const draftErrors = draftMessages(state);
    const stale = errors.length > 0 || Object.values(draftErrors).some(Boolean);
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
    // The stepper's scatter shows sums that are still running: those are not the output.
    const wholeOutput = () =>
      reason('whole', true, (r) => (step === null ? r.maps.output : engine.run(r.request)));
    const open = panels(state);
    return {
      state,
      compared: comparedOf(whole(), state, good?.request, wholeOutput, once),
      progress,
      gradients: reason(
        'gradients',
        open.includes('gradient'),
        (r) => gradientsOf(engine, r, state),
        [state.gradient],
      ),
      methodError: stale ? null : (good?.methodError ?? null),
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
}

/**
 * What was pasted beside what the page shows, or beside what it cannot show.
 * @param {any} engine @param {State} state @param {any} request what the page shows
 * @param {() => { shape: number[], data: Float64Array }|null} outputOf its output
 * @param {<T>(name: string, parts: unknown[], make: () => T) => T} once
 * @returns {Compared|null}
 */
function comparedOf(engine, state, request, outputOf, once) {
  const { paste, input, weight, bias } = state;
  if (!engine || paste.problem || !paste.parts.some((p) => p.role === 'output')) return null;
  const { beyond } = paste;
  const asked = beyond?.request ?? request;
  const output = beyond
    ? once('beyond', [beyond], () => unlessRefused(() => engine.run(beyond.request)))
    : outputOf();
  if (!output) return null;
  const [rtol, atol] = [paste.rtol, paste.atol].map((text) => readTolerance(text));
  const rounding = beyond?.rounding ?? {
    input: input.rounding ?? 0,
    weight: weight.rounding ?? 0,
    bias: bias.rounding ?? 0,
  };
  const slack = once('slack', [output, ...Object.values(rounding)], () =>
    slackOf(engine, asked, rounding),
  );
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

/**
 * The maps of the chosen method; where the engine refuses that one (a matrix may be too large to show),
 * those of the first, with the reason.
 * @param {any} engine @param {any} request @param {State} state
 */
function traced(engine, request, state) {
  const options = { contributions: false };
  const walked = state.method === 'scatter' && state.step !== null ? { steps: state.step } : {};
  try {
    return {
      trace: engine.trace(request, { ...options, ...walked, method: state.method }),
      methodError: null,
    };
  } catch (error) {
    if (!(error instanceof ConvError) || error.field !== 'method') throw error;
    const [first] = methodsOf(state.op);
    return {
      trace: engine.trace(request, { ...options, method: first }),
      methodError: refusalText(error),
    };
  }
}

/** @template T @param {() => T} make @returns {T|null} */
function unlessRefused(make) {
  try {
    return make();
  } catch (error) {
    if (error instanceof ConvError) return null;
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

/** @param {State} state @param {import('./state/settings.js').SettingError} e */
function settingMessage(state, e) {
  return t(`error.${e.id}`, { field: fieldLabel(state, e.field, e.axis), ...e.values });
}

/** "Stride height" @param {State} state @param {FieldKey} field @param {number|null} axis */
function fieldLabel(state, field, axis) {
  const name = axis === null ? '' : t(`axis.${axisNames(state.op)[axis]}`);
  if (field === 'paddingEnd') return t('field.paddingEnd', { axis: name });
  if (field === 'padding' && state.paddingKind === 'pairs')
    return t('field.paddingBegin', { axis: name });
  return axis === null ? t(`field.${field}`) : `${t(`field.${field}`)} ${name}`;
}

/** Refuses what the page cannot show, and names the argument that asks for most of it. @param {State} state @param {Result['geometry']} geometry @returns {FieldError|null} */
function overPage(state, geometry) {
  const { axes, outputShape } = geometry;
  const transposed = isTransposed(state.op);
  const maps = [
    ['output', sizeOf(outputShape)],
    ['padded', sizeOf(state.input.shape.slice(0, 2)) * sizeOf(axes.map((a) => a.padded))],
    [
      'uncropped',
      transposed ? sizeOf(outputShape.slice(0, 2)) * sizeOf(axes.map((a) => a.uncropped)) : 0,
    ],
  ];
  const worst = maps.find(([, cells]) => Number(cells) > PAGE_LIMITS.cells);
  if (!worst) return null;
  const shares = axes.flatMap((a, axis) => [
    { field: 'inputSize', axis, share: a.input },
    { field: 'padding', axis, share: Math.max(a.paddingBegin, a.paddingEnd) },
    { field: 'stride', axis, share: transposed ? (a.input - 1) * (a.stride - 1) : 0 },
    { field: 'dilation', axis, share: (a.kernel - 1) * (a.dilation - 1) },
  ]);
  const most = shares.reduce((a, b) => (b.share > a.share ? b : a));
  const field = /** @type {FieldKey} */ (most.field);
  return {
    field,
    axis: most.axis,
    message: t('error.pageLimit', {
      field: fieldLabel(state, field, most.axis),
      map: t(`mapName.${worst[0]}`),
      cells: Number(worst[1]),
      max: PAGE_LIMITS.cells,
    }),
  };
}

/** @param {State} state @returns {Model['draftErrors']} */
function draftMessages(state) {
  const first = (/** @type {string} */ key) =>
    Object.entries(state.drafts).find(([k]) => k.startsWith(`${key}:`))?.[1];
  const message = (/** @type {string} */ key) => {
    const text = first(key);
    if (text === undefined) return null;
    return t(/^\s*[+-]?\d+,\d+\s*$/.test(text) ? 'error.cellComma' : 'error.cell', {
      text,
      point: text.replace(',', '.'),
    });
  };
  return { input: message('input'), weight: message('weight'), bias: message('bias') };
}
