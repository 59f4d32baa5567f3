// What a picture shows, before anything has a place or a colour: the maps of one model, the signs between them, the
// words around them. The numbers and marks are those of the page.

import { figureEn } from '../i18n/figure.en.js';
import { addWords, phrases, sentences, t, tn } from '../i18n/index.js';
import { channelOf, gridOf } from '../state/tensors.js';
import { arrowsOf } from '../views/arrows.js';
import {
  copyingAxes,
  MARK,
  MOST_NUMBERS,
  MOST_NUMBERS_IN_ALL,
  mapName,
  marksOf,
  slicesOf,
  toneOf,
} from '../views/cells.js';
import { chooseFormat, formatAlone, formatNumber, formatSize, placeText } from '../views/format.js';
import { mapOf, matrixMaps, phaseMaps } from '../views/method-maps.js';
import { sentence } from '../views/sentence.js';
import { titleOf } from '../views/title.js';

// A statement of this module, not a module of its own: the package declares its modules free of side effects.
addWords(figureEn);

/**
 * @typedef {import('../model.js').Model} Model
 * @typedef {import('../model.js').Result} Result
 * @typedef {import('../views/method-maps.js').Map} MapSpec
 * @typedef {{ caption: string, rows: number, cols: number, values: Float64Array, texts: string[]|null,
 *   bits: Uint8Array, tones: Int8Array|null, arrows: [number, number][] }} Grid
 *   one channel (or slice) of a map; `texts` null: colours alone; `tones` null: not tinted
 * @typedef {{ type: 'map', name: string, label: string, size: string, kind: import('../views/method-maps.js').Kind,
 *   grey: boolean, largest: number, negative: boolean, lines: Grid[][] }} MapItem
 * @typedef {{ type: 'sign', text: string }} Sign
 * @typedef {{ heading: string, units: (MapItem|Sign)[][] }} Row  a unit is never parted by a line break
 * @typedef {{ text: string, tone: 'plain'|'soft'|'input'|'kernel'|'output' }} Run  a piece of a sentence
 * @typedef {{ title: string, facts: string, caption: string, rows: Row[], story: Run[], legend: ('lit'|'padding'|'inserted'|'cut')[],
 *   description: string }} Figure
 */

/** More factors than this are no longer added up by eye. */
const MOST_TERMS = 12;

/** Whole volumes of so few slices are shown; of others those that the page shows. */
const MOST_SLICES = 4;

/**
 * @param {Model} model with a result @param {{ title?: string, caption?: string }} [words]
 * @returns {Figure}
 */
export function figure(model, { title, caption = '' } = {}) {
  const result = /** @type {Result} */ (model.result);
  const rows = [{ heading: '', units: equation(model, result) }];
  const way = wayOf(model, result);
  if (way.length) rows.push({ heading: t(`method.${result.method}`), units: way });
  const head = title ?? titleOf(model);
  const op = t(`op.${model.state.op}`);
  const facts = [...(head.includes(op) ? [] : [op]), ...factsOf(result)].join(' · ');
  const story = storyOf(model, result);
  const spoken = story.map((run) => run.text).join('');
  return {
    title: head,
    facts,
    caption,
    rows,
    story,
    legend: legendOf(rows),
    description: sentences(...[facts, spoken, caption].map(asSentence)),
  };
}

/** @param {string} text */
const asSentence = (text) =>
  text === '' || /[.!?。！？]$/.test(text) ? text : t('figure.sentence', { text });

/** "kernel 3", "stride 2", "padding 0", and what is not as it is by itself. @param {Result} result */
function factsOf({ geometry, request }) {
  const { axes } = geometry;
  const each = (/** @type {(a: import('../model.js').AxisTerms) => number|string} */ term) =>
    axes.every((a) => term(a) === term(axes[0]))
      ? String(term(axes[0]))
      : axes.map((a) => term(a)).join('×');
  const fact = (/** @type {string} */ id, /** @type {string} */ value) =>
    t('figure.fact', { name: t(`figure.fact.${id}`), value });
  const facts = [
    fact(
      'kernel',
      each((a) => a.kernel),
    ),
    fact(
      'stride',
      each((a) => a.stride),
    ),
    fact(
      'padding',
      each((a) =>
        a.paddingBegin === a.paddingEnd ? a.paddingBegin : `${a.paddingBegin}|${a.paddingEnd}`,
      ) + (request.paddingMode === 'zeros' ? '' : ` ${t(`paddingMode.${request.paddingMode}`)}`),
    ),
  ];
  if (axes.some((a) => a.dilation > 1))
    facts.push(
      fact(
        'dilation',
        each((a) => a.dilation),
      ),
    );
  if (axes.some((a) => a.outputPadding > 0))
    facts.push(
      fact(
        'outputPadding',
        each((a) => a.outputPadding),
      ),
    );
  if (request.groups > 1) facts.push(fact('groups', String(request.groups)));
  return facts;
}

/** @param {string} text @returns {Sign} */
const sign = (text) => ({ type: 'sign', text });

/** Input ∗ kernel (+ bias) = output. @param {Model} model @param {Result} result @returns {Row['units']} */
function equation(model, result) {
  const { input, weight, bias, maps, geometry } = result;
  const spec = (/** @type {any} */ s) => mapItem(model, { label: t(`map.${s.name}`), ...s });
  const units = [
    [spec({ name: 'input', kind: 'input', probeMap: 'input', tensor: input })],
    [
      sign(t(geometry.transposed ? 'board.transposedGlyph' : 'board.glyph')),
      spec({ name: 'weight', kind: 'kernel', probeMap: 'weight', tensor: weight }),
    ],
    [sign('='), spec({ name: 'output', kind: 'output', probeMap: 'output', tensor: maps.output })],
  ];
  if (bias) {
    const tensor = { ...bias, shape: [1, 1, 1, bias.data.length] };
    units.splice(2, 0, [sign('+'), spec({ name: 'bias', kind: 'kernel', probeMap: null, tensor })]);
  }
  return units;
}

/** The maps between, as the chosen method has them. @param {Model} model @param {Result} result @returns {Row['units']} */
function wayOf(model, result) {
  const { method, geometry } = result;
  const item = (/** @type {MapSpec} */ spec) => mapItem(model, spec);
  if (method === 'matrix') {
    const [matrix, turned, input, back] = matrixMaps(result).map(item);
    return [[matrix], [turned], [input, sign('→'), back]];
  }
  if (method === 'phases') {
    return phaseMaps(result).flatMap(({ kernel, output }) => {
      const maps = [kernel, output].flatMap((spec) => (spec ? [item(spec)] : []));
      return maps.length === 2 ? [[maps[0], sign('→'), maps[1]]] : maps.map((map) => [map]);
    });
  }
  const has = stagesIn(result);
  if (method === 'zero-insertion')
    return [
      [item(mapOf(result, 'zeroInserted'))],
      [sign('→'), item(mapOf(result, 'paddedInput'))],
      [sign('∗'), item(mapOf(result, 'flippedWeight'))],
    ];
  if (method === 'scatter') return geometry.transposed ? [[item(mapOf(result, 'uncropped'))]] : [];
  return has.includes('paddedInput') ? [[item(mapOf(result, 'paddedInput'))]] : [];
}

/** The maps of the stepper that a picture shows: a padding of nothing is left out. @param {Result} result @returns {string[]} */
export function stagesIn({ method, geometry }) {
  if (method === 'zero-insertion') return ['zeroInserted', 'paddedInput', 'flippedWeight'];
  if (geometry.transposed || method !== 'direct') return [];
  return geometry.axes.some((a) => a.paddingBegin || a.paddingEnd) ? ['paddedInput'] : [];
}

/** @param {Model} model @param {MapSpec} spec @returns {MapItem} */
function mapItem(model, spec) {
  const { tensor } = spec;
  const [outer, inner] = tensor.shape;
  const depth = tensor.shape.length === 5 ? tensor.shape[2] : 1;
  const { rows, cols } = gridOf(tensor.shape);
  const perMap = rows * cols;
  const format = chooseFormat(tensor.data);
  const marks = marksOf(model, spec);
  const copies = copyingAxes(model, spec);
  const asColours = perMap > MOST_NUMBERS || tensor.data.length > MOST_NUMBERS_IN_ALL;
  const largest = tensor.data.reduce(
    (most, v) => (Math.abs(v) > most && Number.isFinite(v) ? Math.abs(v) : most),
    0,
  );
  const slices =
    depth <= MOST_SLICES
      ? Array.from({ length: depth }, (_, d) => d)
      : slicesOf(model, spec, depth);
  /** @param {number} o @param {number} i @param {number} d @returns {Grid} */
  const one = (o, i, d) => {
    const start = ((o * inner + i) * depth + d) * perMap;
    const values = tensor.data.subarray(start, start + perMap);
    const bits = Uint8Array.from(values, (_, n) => marks(start + n));
    return {
      caption: phrases(
        [
          mapName(model, spec, o, i, outer, inner).short,
          depth > 1 ? t('channel.depth', { depth: d }) : '',
        ].filter(Boolean),
      ),
      rows,
      cols,
      values,
      texts: asColours
        ? null
        : Array.from(values, (v, n) => (bits[n] & MARK.later ? '' : formatNumber(v, format))),
      bits,
      tones: model.state.tint
        ? Int8Array.from(values, (v) => (Number.isNaN(v) ? 0 : toneOf(v, largest)))
        : null,
      arrows:
        copies && tensor.source
          ? arrowsOf(copies, tensor.source.subarray(start, start + perMap), rows, cols)
          : [],
    };
  };
  return {
    type: 'map',
    name: spec.name,
    label: spec.label,
    size:
      spec.name === 'bias' || spec.name.startsWith('matrix')
        ? formatSize(spec.name === 'bias' ? [tensor.data.length] : [rows, cols])
        : formatSize(tensor.shape.slice(2)),
    kind: spec.kind,
    grey: model.state.palette === 'grey' && spec.kind !== 'kernel',
    largest,
    negative: tensor.data.some((v) => v < 0),
    lines: Array.from({ length: tensor.data.length ? outer : 0 }, (_, o) =>
      Array.from({ length: inner }, (_, i) => slices.map((d) => one(o, i, d))).flat(),
    ),
  };
}

/** The sum behind the selected output, else what the step has done. @param {Model} model @param {Result} result @returns {Run[]} */
function storyOf(model, result) {
  const { probe, terms, progress } = model;
  const plain = (/** @type {string} */ text) => [{ text, tone: /** @type {const} */ ('plain') }];
  if (probe?.map === 'output' && terms) return sumOf(model, result);
  if (progress && progress.at < progress.total) return plain(sentence(model));
  if (!probe || probe.map === 'output' || !terms) return [];
  const place = placeText(result[probe.map].shape, probe.index);
  const value = formatAlone(result[probe.map].data[probe.index]);
  const cells = new Set(terms.output).size;
  return plain(
    sentences(
      asSentence(t(`terms.of.${probe.map}`, { place })),
      tn(`figure.reach.${probe.map}`, cells, { value }),
    ),
  );
}

/** Output [1, 2] = 1·1 + 2·0 = 1; products of zeros that were put in are left out. @param {Model} model @param {Result} result @returns {Run[]} */
function sumOf(model, result) {
  const { probe, terms } = /** @type {{ probe: any, terms: import('../model.js').Terms }} */ (
    model
  );
  const { output } = result.maps;
  const real = Array.from(terms.input, (_, i) => i).filter((i) => terms.input[i] >= 0);
  const shown = real.length > MOST_TERMS ? real.slice(0, MOST_TERMS - 2) : real;
  const inputs = chooseFormat(result.input.data);
  const weights = chooseFormat(result.weight.data);
  const soft = (/** @type {string} */ text) => ({ text, tone: /** @type {const} */ ('soft') });
  /** @type {Run[]} */
  const runs = [
    { text: t('terms.of.output', { place: placeText(output.shape, probe.index) }), tone: 'plain' },
    soft(' = '),
  ];
  for (const [n, i] of shown.entries()) {
    if (n) runs.push(soft(' + '));
    runs.push(
      { text: signed(result.input.data[terms.input[i]], inputs), tone: 'input' },
      soft('·'),
      {
        text: signed(result.weight.data[terms.weight[i]], weights),
        tone: 'kernel',
      },
    );
  }
  if (shown.length < real.length)
    runs.push(soft(` + ${t('figure.moreTerms', { n: real.length - shown.length })}`));
  if (result.bias) {
    if (real.length) runs.push(soft(' + '));
    const bias = result.bias.data[channelOf(output.shape, probe.index)];
    runs.push(
      { text: signed(bias, chooseFormat(result.bias.data)), tone: 'kernel' },
      soft(` ${t('terms.bias')}`),
    );
  }
  if (real.length || result.bias) runs.push(soft(' = '));
  runs.push({
    text: inSum(output.data[probe.index], chooseFormat(output.data)),
    tone: 'output',
  });
  return runs;
}

/** As its cell has it, but without a power of ten where that can be. @param {number} value @param {import('../views/format.js').NumberFormat} format */
const inSum = (value, format) =>
  format.kind === 'scientific'
    ? formatAlone(Number(value.toPrecision(4)))
    : formatNumber(value, format);

/** @param {number} value @param {import('../views/format.js').NumberFormat} format */
const signed = (value, format) => (value < 0 ? `(${inSum(value, format)})` : inSum(value, format));

/** What the marks in these maps mean. @param {Row[]} rows @returns {Figure['legend']} */
function legendOf(rows) {
  let all = 0;
  for (const item of rows.flatMap((row) => row.units.flat()))
    if (item.type === 'map')
      for (const grid of item.lines.flat()) for (const bits of grid.bits) all |= bits;
  return /** @type {const} */ (['lit', 'padding', 'inserted', 'cut']).filter(
    (name) => all & MARK[name],
  );
}
