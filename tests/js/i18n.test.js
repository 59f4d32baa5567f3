// The languages side by side: none lacks a word that another has, none has other values in a sentence, and no English is
// left in the Chinese. Then how a language is chosen, and how plurals and refusals are worded.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, test } from 'node:test';
import { en } from '../../web/i18n/en.js';
import { figureEn } from '../../web/i18n/figure.en.js';
import { findingText } from '../../web/i18n/finding.js';
import {
  chooseLanguage,
  currentLanguage,
  LANGUAGES,
  sentences,
  t,
  tn,
  useLanguage,
} from '../../web/i18n/index.js';
import { refusalText } from '../../web/i18n/refusal.js';
import { stackEn } from '../../web/i18n/stack.en.js';
import { catalogue } from '../../web/i18n/zh.js';
import { englishIn } from './english.js';
import { sentencesOfEngine, sentencesOfFiles, sentencesOfFindings } from './refusal-templates.js';

const english = /** @type {Record<string, string>} */ ({ ...en, ...figureEn, ...stackEn });
const chinese = /** @type {Record<string, string>} */ (catalogue.words);
const { sentences: refusals, values } = catalogue.refusals;
const sources = [...sentencesOfEngine(), ...sentencesOfFiles()];

/** @param {string} text */
const placeholders = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

/** A form for one of several: Chinese has none. @param {string} key */
const isSingular = (key) => key.endsWith('.one') && key.replace(/one$/, 'other') in english;

afterEach(() => useLanguage('en'));

test('Chinese has every word of English, but for the singular, and no other', () => {
  const wanted = Object.keys(english).filter((key) => !isSingular(key));
  assert.deepEqual(Object.keys(chinese).sort(), wanted.sort());
});

test('no text is empty but the space between Chinese sentences', () => {
  for (const words of [english, chinese]) {
    const empty = Object.keys(words).filter((key) => words[key] === '');
    assert.deepEqual(empty, words === chinese ? ['sentenceSpace'] : []);
  }
});

test('every sentence takes the same values in both languages', () => {
  for (const [key, text] of Object.entries(chinese))
    assert.deepEqual(placeholders(text), placeholders(english[key]), key);
});

test('no English is left in the Chinese', () => {
  for (const [key, text] of [...Object.entries(chinese), ...Object.entries(refusals)])
    assert.deepEqual(englishIn(text), [], `${key}: ${text}`);
});

test('English is found where it is', () => {
  assert.deepEqual(englishIn('步幅 stride 为 {value}，PyTorch 的 Conv2d'), ['stride']);
});

test('Chinese sentences have Chinese punctuation', () => {
  for (const [key, text] of Object.entries(chinese))
    assert.doesNotMatch(text, /[\u4e00-\u9fff][,;:!?](?!\d)|[\u4e00-\u9fff]\.(?!\.|\w)/, key);
});

test('every refusal in the sources has a Chinese wording with the same values', () => {
  assert.ok(sentencesOfEngine().length > 100 && sentencesOfFiles().length > 30, 'all are found');
  for (const { file, template } of sources) {
    assert.ok(template in refusals, `${file}: no Chinese for "${template}"`);
    assert.deepEqual(placeholders(refusals[template]), placeholders(template), template);
  }
});

test('every text that stands in a value of a refusal has a Chinese word', () => {
  const same = ['float32', 'float64', "'", ' x ', '.', '×', ', '];
  for (const { file, texts } of sources)
    for (const text of texts)
      assert.ok(text in values || same.includes(text), `${file}: no Chinese for "${text}"`);
});

test('no Chinese wording is left of a refusal that no longer exists', () => {
  const templates = new Set(sources.map(({ template }) => template));
  templates.add('Line {0}, column {1}: ');
  assert.deepEqual(
    Object.keys(refusals).filter((template) => !templates.has(template)),
    [],
  );
});

test('everything that compare and diagnose say has a Chinese wording', () => {
  const { sentences, clauses, values } = catalogue.findings;
  const all = { ...sentences, ...clauses, ...values };
  /** Pieces of which longer ones are made, in these words or with nothing to say. */
  const pieces = ['', '{0}', "'{0}'", '{0}{1}', 'and {0}', 'of the'];
  /** @param {string} template as it stands in the whole: with what is put before, or behind, or in between */
  const forms = (template) => [
    template,
    template.trim(),
    `${template}{0}.`,
    `${template}{0}`,
    `${template}.`,
    template.replace(/\{\d+\}$/, ''),
    template.replace(/^\{0\} (.*)$/, (_, rest) => renumbered(rest)),
  ];
  const renumbered = (/** @type {string} */ text) =>
    text.replace(/\{(\d+)\}/g, (_, n) => `{${Number(n) - 1}}`);
  const found = sentencesOfFindings();
  assert.ok(found.length > 50, `only ${found.length} found`);
  for (const { file, template, texts } of found)
    for (const text of [template, ...texts])
      assert.ok(
        pieces.includes(text.trim()) || forms(text).some((form) => form in all),
        `${file}: no Chinese for "${text}"`,
      );
  for (const [english, text] of Object.entries(all)) {
    const placed = placeholders(english).filter((name) => placeholders(text).includes(name));
    assert.deepEqual(placed, placeholders(english), english);
    assert.deepEqual(englishIn(text), [], text);
  }
});

test('what is found is worded clause by clause', async () => {
  const both =
    'The numbers agree if the stride of the height is 1 instead of 2 and the kernel has height and width exchanged.';
  const scaled =
    'The numbers agree if the output is multiplied by 0.5 and 3 is added. No argument of the request does that.';
  const shapes =
    'The shapes differ: [1, 1, 5, 5] here, [1, 1, at least 6, at least 4] expected. Axis 2 has 5 cells instead of at least 6.';
  assert.equal(findingText(both), both);
  await useLanguage('zh');
  assert.equal(
    findingText(both),
    '如果高度步幅是 1 而不是 2，并且卷积核的高度与宽度互换了，这些数就相符。',
  );
  assert.equal(
    findingText(scaled),
    '如果输出乘以了 0.5 并加上了 3，这些数就相符。请求中没有参数能做到这一点。',
  );
  assert.equal(
    findingText(shapes),
    '形状不同：算得 [1, 1, 5, 5]，期望 [1, 1, 至少 6, 至少 4]。第 2 轴有 5 格，而不是 至少 6。',
  );
  assert.equal(findingText('Something new if a b.'), 'Something new if a b.');
});

test('the language is the first wish that there is, else English', () => {
  assert.equal(chooseLanguage(['zh', 'en']), 'zh');
  assert.equal(chooseLanguage([null, undefined, 'zh-CN']), 'zh');
  assert.equal(chooseLanguage(['fr', 'ZH-hans']), 'zh');
  assert.equal(chooseLanguage(['toString', '', 'de']), 'en');
  assert.equal(chooseLanguage([]), 'en');
});

test('another language is used once it is loaded; English never has to be', async () => {
  assert.equal(t('map.output'), 'Output');
  await useLanguage('zh');
  assert.equal(currentLanguage(), 'zh');
  assert.equal(t('map.output'), '输出');
  assert.equal(t('stepper.output', { place: '[0, 0]', value: 3 }), '输出 [0, 0] 为 3。');
  assert.equal(Object.keys(LANGUAGES).join(), 'en,zh');
});

test('a language counts by its own plural forms', async () => {
  assert.match(tn('paste.ask', 1), /^One tensor/);
  assert.match(tn('paste.ask', 2), /^2 tensors/);
  assert.match(tn('step.insert', -1, { zeros: -1, stride: 0 }), /-1 zero between/);
  await useLanguage('zh');
  assert.match(tn('paste.ask', 1), /^有 1 个张量/);
  assert.match(tn('paste.ask', 2), /^有 2 个张量/);
});

test('sentences follow each other with a space in English and none in Chinese', async () => {
  assert.equal(sentences('One.', '', 'Two.'), 'One. Two.');
  await useLanguage('zh');
  assert.equal(sentences('一。', '', '二。'), '一。二。');
});

test('a refusal is worded in the language of the page, what somebody typed stays', async () => {
  const stride = {
    message: 'Stride height is 0, but a stride must be at least 1. Use 1 to visit every position.',
    template: 'Stride{0} is {1}, but a stride must be at least 1. Use 1 to visit every position.',
    values: [' height', '0'],
  };
  const found = {
    message: 'Line 2, column 5: expected a number, but found "row".',
    template: 'Line {0}, column {1}: expected {2}, but found "{3}".',
    values: ['2', '5', 'a number', 'row'],
  };
  const typed = {
    message:
      "`stride` must be a whole number, but it is the text 'a (b) {0}'. Give a number such as 1.",
    template: '`{0}` must be a whole number, but it is {1}. Give a number such as 1.',
    values: ['stride', "the text 'a (b) {0}'"],
  };
  assert.equal(refusalText(stride), stride.message);
  await useLanguage('zh');
  assert.equal(refusalText(stride), '高度步幅为 0，但步幅至少为 1。用 1 可走遍每个位置。');
  assert.equal(refusalText(found), '第 2 行第 5 列：这里应当是一个数，却是“row”。');
  assert.equal(
    refusalText(typed),
    "`stride` 必须是整数，现在却是文本 'a (b) {0}'。请给出一个数，例如 1。",
  );
  const unknown = { message: 'Something new.', template: 'Something new.', values: [] };
  assert.equal(refusalText(unknown), 'Something new.');
});

test('the page as it comes says of itself what the English words say', () => {
  const html = readFileSync(new URL('../../web/index.html', import.meta.url), 'utf8');
  assert.ok(html.includes(`<title>${en['page.title']}</title>`));
  assert.ok(html.includes(`content="${en['page.description']}"`));
});
