// Pictures without a browser: every number as the oracle has it, text that stays text, XML that is whole, and the
// page's own colours.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createEngine } from '../../web/engine/index.js';
import { useLanguage } from '../../web/i18n/index.js';
import { createModel } from '../../web/model.js';
import { toAnimatedSvg } from '../../web/picture/animate.js';
import { CELL_LINES, coloursOf, HEAT_ZERO, mix, TOKENS } from '../../web/picture/colours.js';
import { figure } from '../../web/picture/figure.js';
import { delaysOf, framesOf, MOST_FRAMES, stepsOf } from '../../web/picture/frames.js';
import { layoutOf } from '../../web/picture/layout.js';
import { toSvg } from '../../web/picture/svg.js';
import { widthOf, wrap } from '../../web/picture/text.js';
import { makeState } from '../../web/state/initial.js';
import { escapeXml } from '../../web/state/markup.js';
import { OPENING, PRESETS } from '../../web/state/presets.js';
import { englishIn } from './english.js';

const engine = await createEngine();
const read = (/** @type {string} */ path) =>
  readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const { examples } = JSON.parse(read('tests/oracle/worked_examples.json'));

/** @param {any} settings @param {Partial<import('../../web/state/store.js').State>} [more] */
const modelOf = (settings, more = {}) =>
  createModel(engine)({ ...makeState(settings), ...more }, true);
const opening = (/** @type {any} */ more = {}) => modelOf(OPENING, more);

/** @param {any} e of the oracle */
const settingsOf = (e) => ({
  op: e.op === 'Conv2d' ? 'conv2d' : 'conv_transpose2d',
  inputSize: e.input_shape.slice(2),
  kernelSize: e.kernel_size,
  ...{ stride: e.stride, padding: e.padding, dilation: e.dilation, groups: e.groups },
  outputPadding: e.output_padding,
  ...{ inChannels: e.in_channels, outChannels: e.out_channels },
  ...{ input: e.input.flat(3), weight: e.weight.flat(3), bias: e.bias },
});

/** @param {import('../../web/picture/figure.js').Figure} picture */
const mapsOf = (picture) =>
  new Map(
    picture.rows
      .flatMap((row) => row.units.flat())
      .flatMap((item) => (item.type === 'map' ? [/** @type {const} */ ([item.name, item])] : [])),
  );

/** What the cells of a map say, and the values they stand for. @param {import('../../web/picture/figure.js').Figure} picture @param {string} name */
function numbersIn(picture, name) {
  const grids = mapsOf(picture).get(name)?.lines.flat() ?? [];
  return {
    inCells: grids.flatMap((grid) => grid.texts ?? []),
    behind: grids.flatMap((grid) => Array.from(grid.values)),
  };
}

test('every number of every worked example is in its picture', () => {
  let compared = 0;
  for (const e of examples) {
    if (!e.output) continue; // PyTorch refuses it
    const { maps = {} } = e;
    const check = (/** @type {any} */ method, /** @type {[string, any][]} */ expected) => {
      const picture = figure(modelOf(settingsOf(e), { method }));
      const svg = toSvg(picture);
      for (const [name, values] of expected) {
        if (!values) continue;
        const { inCells, behind } = numbersIn(picture, name);
        assert.deepEqual(behind, values.flat(3), `${e.name}: ${name}`);
        // A cell shows four decimals; whole numbers are written as they are.
        for (const [n, text] of inCells.entries())
          assert.ok(Math.abs(Number(text) - behind[n]) <= 5.1e-5, `${e.name}: ${name} ${text}`);
        compared++;
      }
      assert.deepEqual(writtenIn(svg), drawnBy(picture), `${e.name}: what is written`);
    };
    const plain = /** @type {[string, any][]} */ ([
      ['input', e.input],
      ['weight', e.weight],
      ['output', e.output],
    ]);
    if (e.op === 'Conv2d') {
      const isPadded = e.padding.length ? e.padding.some(Boolean) : e.padding > 0;
      check('direct', [...plain, ['paddedInput', isPadded ? maps.padded_input : null]]);
    } else {
      check('zero-insertion', [
        ...plain,
        ['zeroInserted', maps.zero_inserted],
        ['paddedInput', maps.padded],
        ['flippedWeight', maps.flipped_weight],
      ]);
      check('scatter', [...plain, ['uncropped', maps.uncropped]]);
    }
  }
  assert.ok(compared > 20, `${compared} maps`);
});

/** Numbers that stand in cells, sorted: the picture draws cells of one look together. @param {string} svg */
const writtenIn = (svg) =>
  [...svg.matchAll(/<text x="[^"]+" y="[^"]+">(-?[\d.]+)<\/text>/g)].map((m) => m[1]).sort();

/** @param {import('../../web/picture/figure.js').Figure} picture */
const drawnBy = (picture) =>
  layoutOf([picture], { width: 720 })
    .grids.filter((place) => place.numbers)
    .flatMap(({ item, line, at }) => item.lines[line][at].texts ?? [])
    .sort();

test('the sum of the selected cell is told, without the zeros that were put in', () => {
  const picture = figure(opening({ selected: { map: 'output', index: 12 } }));
  const told = picture.story.map((run) => run.text).join('');
  assert.equal(told, 'Output [2, 2] = 1·1 + 2·0 + 0·1 + 1·1 = 2');
  assert.deepEqual(picture.legend, ['lit', 'padding', 'inserted']);
});

/** Whether every element is closed in order, every attribute quoted, every & an entity. @param {string} xml */
function assertWellFormed(xml) {
  const open = /** @type {string[]} */ ([]);
  const attribute = /\s+[\w:-]+="[^"<]*"/g;
  for (const [tag, close, name, attributes, empty] of xml.matchAll(
    /<(\/?)([a-zA-Z]+)((?:"[^"]*"|[^">])*?)(\/?)>/g,
  )) {
    if (close) assert.equal(open.pop(), name, tag);
    else {
      assert.equal(attributes.replace(attribute, '').trim(), '', tag);
      if (!empty) open.push(name);
    }
  }
  assert.deepEqual(open, []);
  const text = xml.replace(/<(?:"[^"]*"|[^">])*>/g, '');
  assert.doesNotMatch(text, /[<>]/);
  assert.doesNotMatch(xml, /&(?!(amp|lt|gt|quot|#39);)/);
  assert.doesNotMatch(xml, /undefined|NaN|\[object/);
}

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onload='alert(1)",
  ']]><!--</title></svg>',
  '&amp;&#0;\u0000\u0008\ud800 \udfff\uffff',
  'javascript:alert(1) \u202e תג',
  `${'x'.repeat(3000)} ${'y '.repeat(500)}`,
];

test('titles and captions stay text, whatever they hold', async () => {
  const model = opening();
  for (const text of HOSTILE) {
    const words = { title: text, caption: text };
    const frames = await framesOf(createModel(engine), model, [0, 5, 28], words);
    for (const svg of [
      toSvg(figure(model, words)),
      toAnimatedSvg(frames, { delays: delaysOf(3) }),
    ]) {
      assertWellFormed(svg);
      assert.doesNotMatch(svg, /<(script|img|foreignObject|a|use|image|set|animate)\b/i);
      assert.doesNotMatch(svg, /<[^>]*\son\w+=/i);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these must be gone
      assert.doesNotMatch(svg, /[\u0000-\u0008\uffff]|\p{Surrogate}/u);
    }
  }
  assert.equal(escapeXml('a<b & "c"\u0000'), 'a&lt;b &amp; &quot;c&quot;\ufffd');
});

test('a picture stands alone: nothing is fetched, and it says what it is', () => {
  const svg = toSvg(figure(opening({ example: OPENING.id }), { caption: 'A caption' }));
  assert.doesNotMatch(
    svg.replace('xmlns="http://www.w3.org/2000/svg"', ''),
    /https?:|href|@import/,
  );
  for (const [, inner] of svg.matchAll(/url\(([^)]*)\)/g))
    assert.ok(svg.includes(`id="${inner.slice(1)}"`), inner);
  assert.match(svg, /<title>2×2 becomes 5×5<\/title>/);
  assert.match(svg, /<desc>[^<]*A caption[^<]*MIT/);
  assert.match(svg, /Made with Convscope/);
});

/** "--name: light-dark(a, b)" in a block of rules. @param {string} css */
const pairsIn = (css) =>
  new Map(
    [...css.matchAll(/--([\w-]+): light-dark\((#\w+), (#\w+)\)/g)].map((m) => [m[1], [m[2], m[3]]]),
  );

test('the colours are those of the page', () => {
  const tokens = pairsIn(read('web/styles/tokens.css'));
  for (const [name, pair] of Object.entries(TOKENS)) assert.deepEqual(tokens.get(name), pair, name);
  const grid = read('web/styles/grid.css');
  for (const [kind, pair] of Object.entries(CELL_LINES)) {
    const [block] = /** @type {RegExpExecArray} */ (
      new RegExp(`\\.grid\\.${kind}\\b[^}]*}`).exec(grid)
    );
    assert.deepEqual(pairsIn(block).get('cell-line'), pair, kind);
  }
  assert.deepEqual(pairsIn(grid).get('zero'), HEAT_ZERO);
  assert.equal(mix('#ffffff', 0.5, '#000000'), '#808080');
  assert.equal(coloursOf('dark').card, TOKENS.card[1]);
});

test('everything lies inside the picture, for every entry of the gallery and both widths', () => {
  for (const preset of PRESETS) {
    const picture = figure(modelOf(preset, { selected: { map: 'output', index: 0 } }));
    for (const width of [720, 1080]) {
      const { grids, height } = layoutOf([picture], { width });
      for (const { x, y, cw, ch, item, line, at } of grids) {
        const { rows, cols } = item.lines[line][at];
        const where = `${preset.id}, ${item.name} at ${width}`;
        assert.ok(x > 0 && x + cols * cw < width, where);
        assert.ok(y > 0 && y + rows * ch < height, where);
      }
      assertWellFormed(toSvg(picture, { width }));
    }
  }
});

test('text is broken into lines that fit, and none of it is lost', () => {
  const text = `one two three ${'long'.repeat(30)} 四个中文字符在这里 end`;
  const lines = wrap(text, 12);
  for (const line of lines) assert.ok(widthOf(line) <= 12, line);
  assert.equal(lines.join('').replace(/\s/g, ''), text.replace(/\s/g, ''));
});

test('an animation has a frame for each step, and ends with all of the output', async () => {
  const model = opening();
  const { steps, every } = stepsOf(model);
  assert.equal(every, 1);
  assert.deepEqual(steps, [...Array.from({ length: 29 }, (_, i) => i), 28]);
  const frames = await framesOf(createModel(engine), model, steps, {});
  const output = (/** @type {number} */ n) =>
    (mapsOf(frames[n]).get('output')?.lines[0][0].texts ?? []).join(' ').trim();
  assert.equal(output(0), '');
  assert.equal(output(4), '1');
  assert.equal(output(29).replaceAll(' ', ''), '1030211220002030011000001');
  const svg = toAnimatedSvg(frames, { delays: delaysOf(frames.length) });
  assertWellFormed(svg);
  assert.match(svg, /prefers-reduced-motion:reduce/);
  assert.ok(svg.length < 100_000, `${svg.length} characters`);
});

test('too many steps become several output cells a frame', () => {
  const large = modelOf({ op: 'conv2d', inputSize: [32, 32], kernelSize: [3, 3] });
  const { steps, every } = stepsOf(large);
  assert.equal(every, 7);
  assert.ok(steps.length <= MOST_FRAMES, String(steps.length));
  assert.equal(steps.at(-1), large.progress?.total);
});

test('an aborted animation ends with the reason', async () => {
  const stop = new AbortController();
  const made = framesOf(
    createModel(engine),
    opening(),
    [0, 1, 2, 3],
    {},
    {
      signal: stop.signal,
      progress: (done) => done === 2 && stop.abort(),
    },
  );
  await assert.rejects(made, { name: 'AbortError' });
});

test('maps too large for numbers are colours', () => {
  const large = figure(modelOf({ op: 'conv2d', inputSize: [32, 32], kernelSize: [3, 3] }));
  const placed = layoutOf([large], { width: 720 }).grids;
  assert.deepEqual(
    placed.map(({ item, numbers }) => [item.name, numbers]),
    [
      ['input', false],
      ['weight', true],
      ['output', false],
    ],
  );
});

test('in Chinese all words of a picture are Chinese, and its numbers the same', async () => {
  const states = [
    opening({ selected: { map: 'output', index: 12 } }),
    opening({ selected: { map: 'input', index: 1 }, method: 'scatter' }),
    ...PRESETS.map((preset) => modelOf({ ...preset, example: preset.id })),
  ];
  const english = states.map((model) => figure(model));
  await useLanguage('zh');
  try {
    for (const [n, model] of states.entries()) {
      const picture = figure(model);
      const numbers = (/** @type {import('../../web/picture/figure.js').Figure} */ of) =>
        [...mapsOf(of).values()].map((map) => map.lines.flat().map((grid) => grid.texts));
      assert.deepEqual(numbers(picture), numbers(english[n]));
      for (const text of writtenIn(toSvg(picture))) assert.deepEqual(englishIn(text), [], text);
      assert.deepEqual(englishIn(picture.description), []);
      assert.doesNotMatch(picture.description, /[.。][.。]/);
    }
  } finally {
    await useLanguage('en');
  }
});
