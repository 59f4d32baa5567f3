// The reference of the API: nothing public without words, and every example gives what it says.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'vite';
import { readModule } from '../../scripts/lib/reference/jsdoc.mjs';
import { readApi } from '../../scripts/lib/reference/public.mjs';
import * as convscope from '../../web/engine/index.js';

const { groups, types } = readApi();
const entries = groups.flatMap((group) => group.entries);
/** @param {string} id */
const namesOf = (id) => groups.find((group) => group.id === id)?.entries.map(({ name }) => name);

/** What follows an arrow in a comment behind an expression is its value. */
const ARROW = /^ → /;

/**
 * An example as a program that calls `check(value, expected, text)` wherever it says what a value is.
 * @param {string} example
 */
function checking(example) {
  const { program, comments, errors } = parseSync('example.js', example);
  assert.deepEqual(errors, [], example);
  /** @type {{ start: number, end: number, code: string }[]} */
  const changes = [];
  new Visitor({
    ImportDeclaration: ({ start, end }) => changes.push({ start, end, code: '' }),
    ExpressionStatement({ start, end, expression }) {
      const [line] = example.slice(end).split('\n');
      const told = comments.find(
        (comment) => comment.start > end && comment.end <= end + line.length,
      );
      if (!told || !ARROW.test(told.value)) return;
      const text = example.slice(expression.start, expression.end);
      const expected = told.value.replace(ARROW, '');
      const code = `check((${text}), (${expected}), ${JSON.stringify(text)});`;
      changes.push({ start, end, code });
    },
  }).visit(program);
  let code = example;
  for (const { start, end, code: by } of changes.sort((a, b) => b.start - a.start))
    code = code.slice(0, start) + by + code.slice(end);
  return code;
}

/** Typed arrays as plain ones, in which the examples write them. @param {any} value @returns {any} */
function plain(value) {
  if (Array.isArray(value) || ArrayBuffer.isView(value))
    return Array.from(/** @type {any} */ (value), plain);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
}

const AsyncFunction = /** @type {any} */ (async () => {}).constructor;
const opening = String(entries.find(({ name }) => name === 'createEngine')?.example);

/** @param {string} example goes on where that of createEngine ends @returns {Promise<number>} how many values it states */
async function run(example) {
  let checks = 0;
  const check = (
    /** @type {unknown} */ value,
    /** @type {unknown} */ expected,
    /** @type {string} */ text,
  ) => {
    checks++;
    assert.deepEqual(plain(value), plain(expected), text);
  };
  const before = example === opening ? '' : checking(opening);
  await new AsyncFunction(
    'createEngine',
    'createBackground',
    'ConvError',
    'check',
    `${before}\n{\n${checking(example)}\n}`,
  )(convscope.createEngine, convscope.createBackground, convscope.ConvError, check);
  return checks - (before ? 1 : 0);
}

test('every function and property of the package is described, and nothing else', async () => {
  const whole = Object.keys(await convscope.createEngine());
  const core = Object.keys(await convscope.createEngine({ part: 'core' }));
  assert.deepEqual(namesOf('loading')?.toSorted(), Object.keys(convscope).toSorted());
  assert.deepEqual(namesOf('core'), core);
  assert.deepEqual(
    namesOf('background')?.toSorted(),
    Object.keys(await convscope.createBackground())
      .map((name) => `background.${name}`)
      .toSorted(),
  );
  assert.deepEqual(
    [...(namesOf('whole') ?? []), ...(namesOf('stacks') ?? [])].toSorted(),
    whole.filter((name) => !core.includes(name)).toSorted(),
  );
});

test('every type that the package names is described', () => {
  const index = fileURLToPath(new URL('../../web/engine/index.js', import.meta.url));
  const named = readModule(index).types.map(({ name }) => name);
  const described = [
    ...types.map(({ name }) => name),
    ...groups.flatMap((group) => group.describes),
  ];
  assert.ok(named.length > 10);
  assert.deepEqual(
    named.filter((name) => !described.includes(name)),
    [],
  );
});

for (const entry of entries) {
  test(`${entry.name} has words for all that goes in and comes out`, () => {
    assert.ok(entry.text);
    for (const { name, type, text } of entry.params) {
      assert.ok(type, `${name} has a type`);
      assert.ok(text || type === 'object', `${name} has words`);
    }
    if (entry.kind !== 'function') return;
    assert.ok(entry.returns?.text, 'what it returns');
    assert.ok(entry.throws.length && entry.throws.every(({ text }) => text), 'what it throws');
  });

  test(`the example of ${entry.name} gives what it says`, async () => {
    assert.ok((await run(String(entry.example))) > 0, 'states a value');
  });
}

test('an example that says something wrong is found', async () => {
  const example = String(entries.find(({ name }) => name === 'run')?.example);
  await assert.rejects(run(example.replace('[1, 1, 5, 5]', '[1, 1, 5, 4]')), {
    name: 'AssertionError',
  });
  await assert.rejects(run('engine.runs(request);'), TypeError);
});
