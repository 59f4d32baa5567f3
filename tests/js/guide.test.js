// The guide in its two languages: they are one in all but their words, and every number of the text is the engine's.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { figuresIn, withTables } from '../../scripts/lib/tables.mjs';
import { createEngine } from '../../web/engine/index.js';
import { LANGUAGES } from '../../web/i18n/index.js';
import { englishIn } from './english.js';

/** @param {string} file */
const read = (file) => readFileSync(new URL(`../../web/${file}`, import.meta.url), 'utf8');

const guides = { en: read(LANGUAGES.en.guide), zh: read(LANGUAGES.zh.guide) };
const { en, zh } = guides;
const engine = await createEngine({ part: 'core' });
const figures = figuresIn(en);

/** @param {string} html */
const mainOf = (html) => html.slice(html.indexOf('<main>'), html.indexOf('</main>'));

/** Every tag with its attributes, in their order; only the language that a link asks for is left out. @param {string} html */
const tagsOf = (html) =>
  Array.from(mainOf(html).matchAll(/<[^>]+>/g), ([tag]) => tag.replace('?lang=zh', ''));

/** The texts of paragraphs, entries, headings and cells. @param {string} html */
const textsOf = (html) =>
  Array.from(mainOf(html).matchAll(/<(p|li|h1|h2|th|td|span)\b[^>]*>(.*?)<\/\1>/g), ([, , text]) =>
    text.replace(/<code>.*?<\/code>/g, '').replace(/<[^>]+>/g, ''),
  );

/** Figures and code that a text holds, whatever their order in the sentence. @param {string} text */
const numbersIn = (text) => (text.match(/\d+(?:\.\d+)?|[½⟨⟩ᵀ°→=]/g) ?? []).sort();

/** The cells of the tables in the text, row by row. @param {string} html */
const tablesOf = (html) =>
  Array.from(html.matchAll(/<tbody>(.*?)<\/tbody>/gs), ([, body]) =>
    Array.from(body.matchAll(/<tr>(.*?)<\/tr>/g), ([, row]) =>
      Array.from(row.matchAll(/<td>(.*?)<\/td>/g), ([, cell]) => cell),
    ),
  );

/** A layer on one axis. @param {Record<string, any>} settings @param {number} input @param {number} kernel */
const axis = ({ op = 'conv1d', ...settings }, input, kernel) =>
  engine.inferShape({
    op,
    input: { shape: [1, 1, input] },
    weight: { shape: [1, 1, kernel] },
    ...settings,
  }).axes[0];

/** @param {ArrayLike<number>} a @param {ArrayLike<number>} b */
const dot = (a, b) => Array.from(a).reduce((sum, value, i) => sum + value * b[i], 0);

test('the guides have the same sections, figures, tables and links', () => {
  const tags = tagsOf(en);
  assert.ok(tags.filter((tag) => tag.startsWith('<conv-scope')).length >= 15);
  assert.deepEqual(tagsOf(zh), tags);
});

test('every paragraph has the same numbers and code in both languages', () => {
  const [english, chinese] = [textsOf(en), textsOf(zh)];
  assert.ok(english.length > 90);
  for (const [i, text] of english.entries())
    assert.deepEqual(numbersIn(chinese[i]), numbersIn(text), `${text}\n${chinese[i]}`);
  const code = (/** @type {string} */ html) => html.match(/<code>.*?<\/code>/g);
  assert.deepEqual(code(zh), code(en));
});

test('the contents list every section by its heading', () => {
  for (const html of [en, zh]) {
    const [, ...headings] = html.matchAll(/<h2 id="([^"]+)">([^<]+)<\/h2>/g);
    const entries = [...html.matchAll(/<li><a href="#([^"]+)">([^<]+)<\/a><\/li>/g)];
    const parts = (/** @type {RegExpExecArray} */ [, id, title]) => `${id}: ${title}`;
    assert.ok(entries.length >= 12);
    assert.deepEqual(entries.map(parts), headings.map(parts));
  }
});

test('each guide names its language and where the other is', () => {
  for (const [code, html] of Object.entries(guides)) {
    assert.ok(html.includes(`<html lang="${LANGUAGES[code].tag}">`));
    for (const { tag, guide } of Object.values(LANGUAGES))
      assert.ok(html.includes(`rel="alternate" hreflang="${tag}" href="${guide}"`), tag);
    const [other] = Object.values(LANGUAGES).filter(({ tag }) => tag !== LANGUAGES[code].tag);
    const { guide, name, tag } = other;
    assert.ok(html.includes(`<a href="${guide}" hreflang="${tag}" lang="${tag}">${name}</a>`));
  }
});

test('no English is left in the Chinese guide, and its punctuation is Chinese', () => {
  for (const text of textsOf(zh)) {
    assert.deepEqual(englishIn(text), [], text);
    assert.doesNotMatch(text, /[\u4e00-\u9fff][,;:!?](?!\d)|[\u4e00-\u9fff]\.(?!\.|\w)/, text);
  }
});

test('figures get their maps as tables, named as in the figure', async () => {
  const [chinese, english] = await Promise.all([withTables(zh), withTables(en)]);
  assert.equal(chinese.match(/<div class="tables">/g)?.length, figures.length);
  assert.ok(chinese.includes('<caption>卷积核 从输入通道 1 到输出通道 2</caption>'));
  assert.ok(english.includes('<caption>Output channel 2</caption>'));
  await assert.rejects(withTables('<html lang="en">\n<conv-scope stride="x">'), /stride/);
});

test('the tables of sizes are what the engine gives', () => {
  const [collapse, same] = tablesOf(en);
  const settings = { stride: 2, padding: 1 };
  assert.equal(collapse.length, 3);
  for (const [inputs, output, ...back] of collapse) {
    const sizes = inputs.split(' and ').map(Number);
    assert.equal(sizes.length, 2);
    for (const size of sizes) assert.equal(axis(settings, size, 3).output, Number(output));
    for (const outside of [sizes[0] - 1, sizes[1] + 1])
      assert.notEqual(axis(settings, outside, 3).output, Number(output));
    for (const [outputPadding, size] of back.entries()) {
      const there = axis({ op: 'conv_transpose1d', ...settings, outputPadding }, Number(output), 3);
      assert.equal(there.output, Number(size));
      const named = { op: 'conv_transpose1d', ...settings, outputSize: [Number(size)] };
      assert.equal(axis(named, Number(output), 3).outputPadding, outputPadding);
    }
  }
  assert.equal(same.length, 4);
  for (const [kernel, dilation, begin, end] of same.map((row) => row.map(Number))) {
    const { output, paddingBegin, paddingEnd } = axis({ dilation, padding: 'same' }, 6, kernel);
    assert.deepEqual([output, paddingBegin, paddingEnd], [6, begin, end]);
  }
});

test('the numbers of the text are the engine’s', () => {
  const there = /** @type {any} */ (figures[1].request);
  const output = engine.run(there);
  const y = [1, 2, 0, 1];
  const gradient = engine.gradients(there, { shape: [1, 1, 2, 2], data: Float64Array.from(y) });
  const sum = dot(output.data, y);
  const products = Array.from(output.data, (value, i) => `${value}·${y[i]}`).join(' + ');
  assert.ok(en.includes(`${products} = ${sum}`));
  assert.equal(dot(there.input.data, gradient.input.data), sum);
  assert.deepEqual(gradient.input.data, engine.run(figures[2].request).data);

  // The way back begins with what the way there gave, and other values return.
  const back = figures.findIndex(({ request }) => request.input.data.join() === '3,4,6,4');
  assert.deepEqual(Array.from(output.data), [3, 4, 6, 4]);
  assert.notDeepEqual(engine.run(figures[back].request).data, there.input.data);

  const haar = {
    weight: {
      shape: [4, 1, 2, 2],
      data: [1, 1, 1, 1, 1, -1, 1, -1, 1, 1, -1, -1, 1, -1, -1, 1].map((v) => v / 2),
    },
    stride: 2,
  };
  const x = {
    shape: [1, 1, 4, 4],
    data: Float64Array.from({ length: 16 }, (_, i) => (i * 7) % 11),
  };
  const moved = engine.run({ op: 'conv2d', input: x, ...haar });
  assert.deepEqual(engine.run({ op: 'conv_transpose2d', input: moved, ...haar }).data, x.data);

  const crop = (/** @type {number} */ padding) =>
    axis({ op: 'conv_transpose1d', padding }, 1, 3).output;
  assert.deepEqual([crop(0), crop(1)], [3, 1]);
  assert.throws(() => crop(2), { torch: /Output size is too small/ });
  assert.ok(en.includes('<code>Output size is too small</code>'));

  const chain = [1];
  for (const [stride, padding] of [
    [1, 0],
    [2, 1],
    [2, 1],
    [2, 1],
    [2, 1],
  ])
    chain.push(axis({ op: 'conv_transpose1d', stride, padding }, chain.at(-1) ?? 0, 4).output);
  assert.ok(en.includes(chain.join(' → ')));

  const parameters = figures.map(({ request }) => engine.inferShape(request).parameters);
  assert.ok(en.includes(`3 · (2 · 2 · 2 + 1) = ${parameters.at(-3)?.total}.`));
  assert.ok(en.includes(`2 · (1 · 2 · 2) = ${parameters.at(-1)?.weight} weights instead of 16.`));
  const [layer, reversed] = figures.slice(-3).map(({ request }) => request.weight);
  assert.deepEqual([reversed.shape, reversed.data], [layer.shape, layer.data]);
  assert.ok(en.includes(`shape (${layer.shape.join(', ')})`));

  const padded = axis({ stride: 2, padding: [[0, 1]] }, 6, 3);
  assert.deepEqual([padded.output, axis({ stride: 2, padding: 1 }, 6, 3).output], [3, 3]);
});
